"""English obscene words, slurs, and Russian ones in Latin letters."""

from moderator_app.judging.profane.grammar import Family

OBSCENE, COARSE = 0.9, 0.3

FAMILIES = (
    Family("fuck", OBSCENE, r"\w*f[uv]ck\w*|\w*fuck?er\w*|fuk(?:ed|er|ers|in|ing|s|u|wit\w*)?|\w{0,6}fc?[ku]k\w{0,6}"),
    Family("fuck", OBSCENE, r"f(?:ck|cuk)\w*|phu(?:ck|k)(?:e[dr]s?|ings?|in|s|up)?|m[ou]th(?:er|a)f\w+|mofos?|stfu"),
    Family(
        "shit", 0.7, r"(?:bull|horse|bat|dip|dog|dumb|ape|pig|ass|cock|chicken)?shit(?:s|e|es|ed|ers?|y|ty|ter|ting)?"
    ),
    Family("shit", 0.7, r"(?:dip|dumb)?shit(?:head|hole|face|bag|show|load|post|storm|less|stain|ass|dick|freak)\w*"),
    Family("cunt", OBSCENE, r"cunt\w*"),
    Family("bitch", 0.7, r"\w{0,10}bitch\w*|bi[ao]tch\w*"),
    Family("asshole", OBSCENE, r"(?:ass|arse)(?:h[ao]l|wipe|face|hat|clown|munch|lick|fuck|bandit)\w*"),
    Family("asshole", 0.6, r"(?:dumb|jack|smart|fat|kiss|lard|wise|stupid)ass(?:es)?"),
    Family("ass", COARSE, r"ass|asses|arse"),
    Family("dick", 0.8, r"dick(?:head|face|suck|wad|hole|lick|less)\w*"),
    Family("dick", COARSE, r"dicks?"),
    Family("cock", OBSCENE, r"cock(?:suc[kc]|head|face|munch|smok|gobbl|lick|monger)\w*"),
    Family("cock", 0.4, r"cocks?"),
    Family("nigger", OBSCENE, r"(?!niggard)nigg(?:er|a|uh|az)\w*"),
    Family("faggot", OBSCENE, r"fagg[oi]\w*|f(?:ag|ags)|phagg?ot\w*"),
    Family("whore", 0.7, r"whor(?:e|es|ing|ish)\w*"),
    Family("slut", 0.7, r"(?!slutsk)slut\w*"),
    Family("pussy", 0.5, r"(?!pussycat|pussywillow)puss(?:y|ies)\w*"),
    Family("twat", 0.8, r"twat(?!ch)\w*"),
    Family("wank", 0.7, r"wank\w*"),
    Family("bastard", 0.5, r"bastard\w*"),
    Family("cum", 0.6, r"cum(?:shot|slut|dump)\w*|jizz\w*|blowjobs?"),
    Family("kike", OBSCENE, r"k[iy]kes?"),
    Family("spic", OBSCENE, r"spick?s?"),
    Family("chink", 0.7, r"chinks?|gooks?|wetbacks?|ragheads?|towelheads?|coons"),
    Family("tranny", 0.6, r"trann(?:y|ies)"),
    Family("skank", 0.5, r"skank\w*"),
    Family("prick", COARSE, r"pricks?|bollo(?:ck|x)\w*|piss(?:ed|ing|off)?|douche\w*"),
    Family("пизда", OBSCENE, r"\w{0,8}pizd(?:[aeiouyj]|ts|c)\w*|p[ie][sz]d(?:[aeou]|ts|c)\w*"),
    Family("хуй", OBSCENE, r"(?:na|ni|po|do|o|a|za|ne)(?:h|kh|x)u(?:[yj]\w{0,8}|i)|(?:ni|do|po)(?:h|x)u(?:ya|ja|ia)"),
    Family(
        "хуй", OBSCENE, r"(?:h|kh|x)u[yj](?:n\w+|l\w+|a|u|ov\w*|om|e\w*)?|huilo\w*|hui(?:nya|nja|nia)\w*|[hx]ues?os\w*"
    ),
    Family("хули", 0.6, r"[hx]uli"),
    Family("ебать", OBSCENE, r"(?:za|na|do|po|vy|pro|pere|ot|pri)(?:e|yo|ye)b(?:a|i|u|l|n)\w*|u(?:e|yo)b(?:a|o|i)\w*"),
    Family("ебать", OBSCENE, r"d[oa]lb[oa](?:e|yo|ye|jo)b\w*|(?:e|yo)ba(?:t|l|la|li|lo)|eban(?:y|i|at|ut|ko)\w*"),
    Family("блядь", OBSCENE, r"bl(?:y|i|j)a(?:d|t)\w*|bl(?:y|j)a"),
    Family("мудак", 0.8, r"muda(?:k|ch|zv)\w*|mudil\w*"),
    Family("пидор", OBSCENE, r"pid[oa]r\w*"),
    Family("гондон", 0.8, r"g[ao]ndon\w*"),
    Family("залупа", 0.8, r"zalup\w*"),
    Family("сука", 0.6, r"suk(?:a|i|u|oy|oi)|ssuka"),
)

# With those of Cyrillic words written in nothing but look-alikes: xy, cyk.
_STEMS = """
fuck fuk fvck fck fcuk phuc phuk mothe moth muth mofo stfu shit cunt bitch biatch biotch ass arse dick cock
nigg fag phag whor slut puss twat wank bastard cum jizz blowj kike kyke spic chin gook wetb ragh towelh coon
trann skank prick bollo piss douche pizd pezd pisd pesd huy huj hui huk hue xuy xuj xui xue khu huli xuli hux
xu aeb oeb eba yeb yob ueb uyob ryeb reb ieb teb bly blia blja muda mudi pido pida gand gond zalu suk nahu
nihu pohu xy cyk
"""
STEMS = tuple(_STEMS.split())

_MASKED = "fuck shit bitch cunt nigger nigga faggot asshole dick cock whore slut pussy twat bastard"
_ENDINGS = ("", "s", "ed", "er", "ers", "ing", "in", "y", "head")
MASKED = tuple(word + ending for word in _MASKED.split() for ending in _ENDINGS)
