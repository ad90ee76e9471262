"""English obscene words and slurs. Mild ones score below the threshold; names of groups of people are none."""

from moderator_app.judging.profane.grammar import Family

OBSCENE, STRONG, MILD = 0.9, 0.6, 0.4

# Parts of the body and what compounds do with them: `cock` alone is mild, `cocksucker` is not.
_ORGANS = (
    "(?:co(?:c+k+|k)s?|cawks?|cuk|kok|dic?ks?|pricks?|pussy|pussies|puss|cunts?|twats?|ass|azz|arse|anal|anus|butt"
    "|k?nobs?|clits?|bum|choad|chode|schlong|wang|willy|penis|muff|snatch|minge|slut|whore|fag|bitch|turd|shit(?:ty)?)"
)
_DEEDS = (
    "(?:suc[kc]|suk|suq|lick|munch|eat(?=er|ing)|rid(?=er|ing)|smok|gobb?l|jock(?=[eiy])|jok(?=[eiy])|breath|fac(?=e)"
    "|head|hol(?=e)|wad|wip(?=e)|bandit|pirat|clown|hats?$|bag|stain|weed|nugget|nibb?l|milk|monger|master|monkey"
    "|burger|sniff|plug|fuc?k|beat(?=er|ing)|chok(?=er|ing)|whack|wrangl|div(?=er|ing|e)|puff|slap|skin|droplet|boy"
    "|shot|dump|guzz?l|pump|tongu|teas|drill|ramm|raid|wit|tard|cheese|sock|jack(?=er)|bit(?=er|ing)|kiss(?=er|ing)"
    "|freak|shit|hore|nectar|cutter|burglar|pok(?=er|ing)|lov(?=er|ing)|rag$|rocket|sandwich|asaur|zilla|waffle)"
)
_MOTHER = r"m(?:[aou]|uh)?t{0,2}h?[td]{0,3}(?:[aeou]r?|r)?"
_FUCK_ENDINGS = (
    r"(?:ed|e?r[sz]?|k?in[gs]?|k?ings|[sz]|up|k?a[hsz]?|k?ahz|wit\w*|face\w*|heads?|tards?|u|you|off|boys?|whore|shit)"
)

FAMILIES = (
    Family("fuck", OBSCENE, r"\w*(?:f|ph)[uvx](?:ck|kk|cc)\w*|\w*f(?:ck|cuk|kk)\w*"),
    Family(
        "fuck",
        OBSCENE,
        rf"(?!fuku$|fuka$)(?:\w{{2,}}[^uo])?(?:f|ph)u(?:[kq]|c{_FUCK_ENDINGS}){_FUCK_ENDINGS}{{0,3}}",
    ),
    Family(
        "fuck",
        OBSCENE,
        rf"fk{_FUCK_ENDINGS}|fkbny|f[aeo]c?kers?|fugg(?:ed|ings?|in|ers?|ly)|fux(?:or|ed|ing|ers?)?",
    ),
    Family(
        "fuck",
        OBSCENE,
        rf"{_MOTHER}(?:f|ph)(?:[aeouvx][ckqg]+|ck|c{{2}}k|kk?(?=[eia]))\w+|m[ou]th(?:er|a)c?k(?:ers?|ing)",
    ),
    Family("fuck", OBSCENE, r"mof(?:o|oe?s|oz|uc|uk)|foth(?:er|a)muck\w*|m[ou]th?(?:er|a)f\w{1,12}|stfu|mf'?ers?"),
    Family(
        "shit",
        STRONG,
        r"\w*sh[iy]t(?:t?y|e)?(?:head|hole|fac|bag|stain|ass|dick|freak|heel|lick|eater|lord|wad|cunt|ful+)\w*",
    ),
    Family("shit", STRONG, r"dipsh[iy](?:t|d)\w*|dumbshits?|shittastic\w*|darkshits?"),
    Family(
        "shit",
        MILD,
        r"(?!shit(?:ov|ik|ak|a[rwh]?|tim))(?:bull|horse|bat|dog|ape|pig|ass|chicken)?shi(?:t|te)\w{0,5}",
    ),
    Family("cunt", OBSCENE, rf"\w{{0,10}}cunt(?:s|y|ed|ish|ing|less|ness|t?its|boll\w+|{_DEEDS}\w*)?|kunts?"),
    Family("asshole", STRONG, r"(?:as+|az+|arse)hol(?:e|ez|es|ed)?"),
    Family(
        "nigger",
        OBSCENE,
        r"(?!niggard|niggl|niggahi|nigger?ia)nigg\w*|nigers|ni(?:g|gg)(?:s|z|lets?"
        r"|nogs?|nigs?|as|az|ahz?|asses|uhz?|re|ros?)",
    ),
    Family(
        "nigger",
        OBSCENE,
        r"ni(?:cc|qq)(?:er|a|ah|uh)[sz]?|ni(?:kk|ck)(?:as|az)|ni(?:kk|ckk)ers?|higgas?"
        r"|wh?igg(?:er|a|az)s?|nuckas?|n(?:ee|e)gros?nigs?|kneegrows?",
    ),
    Family(
        "nigger",
        OBSCENE,
        r"j[ie]gg?[aey]?(?:boo|bu)s?|jiggas?|jigros?|coon(?:s|y|ies|asse?s?)|dark(?:ie|y)s?"
        r"|darkies|dotheads?",
    ),
    Family("faggot", OBSCENE, r"(?:f|ph)agg(?:[oie]\w*|s)|(?:f|ph)ag(?:s|ots?|shit|hags?|tards?)?|bulldykes?|lesbos?"),
    Family("kike", OBSCENE, r"k[iy]kes?"),
    Family("spic", OBSCENE, r"spick?s?"),
    Family(
        "chink",
        STRONG,
        r"chinks?|ch[iy]ngchong\w*|gooks?|wetbacks?|(?:rag|towel|taco|wop|diaper|camel)heads?"
        r"|beaners?|slant(?:freak|eye[sd]?)",
    ),
    Family(
        "gook",
        STRONG,
        r"abbos?|groids?|africoons?|boongs?|gol+[iy]wogs?|heebs?|honk(?:y|ey|ies)|injuns?"
        r"|kaff[ie]rs?|muzzies?|pakis?|wogs?",
    ),
    Family(
        "gook",
        STRONG,
        r"p[ei]ckan+in+\w+|pikeys?|polacks?|yids?|zipperheads?|gyppos?|gippos?|japs"
        r"|dagos|(?!woop)wops|peckerwoods?|shvartse\w*",
    ),
    Family("tranny", STRONG, r"trann(?:y|ies)|shemales?|lad(?:y|ie)boy[sz]?"),
    Family("retard", STRONG, r"retard(?:s|ed)?|(?:fuck|rag|lib|dum|ass)tards?|mongoloids?"),
    Family("cock", OBSCENE, rf"co(?:c+k+|k)s?u?{_DEEDS}\w*|c(?:aw|u|o)c?ks?u[ckq]\w*"),
    Family(
        "asshole",
        STRONG,
        rf"(?!butthead|ass(?:ess|ist|ault)|arse?wip|bum(?:bag|hole)|knob(?:h?ead|end)){_ORGANS}{_DEEDS}\w*",
    ),
    Family(
        "cock",
        STRONG,
        r"cocks|clits?|cum[sz]?(?:shot|slut|dump|bucket|guzz?l|rag|stain|whore|lick|eat|swap)\w*"
        r"|cumz|jizz\w*",
    ),
    Family(
        "cock",
        STRONG,
        r"rimjobs?|jerkoffs?|an[ai]lingus|cunn?ilingus|fellat(?:io|or|e)\w*|muff?(?:in)?div\w*"
        r"|punan[iy]|poontang",
    ),
    Family(
        "cock",
        STRONG,
        r"fudge?pack\w*|pack\w{0,6}fudge\w*|saladtoss\w*|cooterpuff\w*|milfs?|knob(?:ed|face)s?"
        r"|prickheads?",
    ),
    Family(
        "cock",
        STRONG,
        r"felch\w*|gangbang\w*|bukkake\w*|deepthroat\w*|teabagg\w+|queef\w*|smegma"
        r"|circlejerk\w*|gloryholes?|handjobs?",
    ),
    Family(
        "whore",
        STRONG,
        r"whoa?re?[sz]?|whor(?:ing|ish|edom)|skank[sz]?|hoe(?:s|z|bags?)|gaywads?|putas?",
    ),
    Family("slut", STRONG, r"slut(?!sk)\w*"),
    Family("pussy", STRONG, r"puss(?:ys|ies|less)"),
    Family("twat", STRONG, r"twat(?!ch)\w*"),
    Family("bitch", STRONG, r"bitch(?:es)?|\w{3,10}bitch|bitch(?:hole|tit|ness|fac|ass|boy)\w*"),
    Family("bitch", STRONG, r"(?:queer|mark|nigg?a?|trick|punk)asses|soabs?|k?nobblers?|chochas?|pedos?|pedobears?"),
    Family("bastard", STRONG, r"ba[sz]t[ae]r?d(?:s|ed)?"),
    Family("bitch", MILD, r"\w*bitch\w*|b(?:ia|ee?o|ei|ey|io|ea)t?ch\w{0,3}"),
    Family(
        "asshole",
        MILD,
        r"(?:dumb?|jack|smart|fat|kiss|lard|wise|stupid|bad|hard)ass(?:es)?|butthead"
        rf"|arse?wip\w*|bumhole|{_ORGANS}hol(?:e|es)",
    ),
    Family("ass", MILD, r"(?!assess)(?:ass|asses|arse|azz)|butth?oles?"),
    Family(
        "dick",
        MILD,
        r"dic?ks?|pricks?|cock|c[oa]cks|cawk|cums|(?!bonner)boners?|k?nob(?:h?ead|end)\w*",
    ),
    Family("pussy", MILD, r"pussy"),
    Family("tits", MILD, r"tits|titt(?:y|ies)|boob(?:s|ies)"),
    Family(
        "wank",
        MILD,
        r"wank\w*|blowjobs?|spunk",
    ),
    Family("bollocks", MILD, r"bollo(?:ck|x)\w*"),
    Family("piss", MILD, r"piss(?:ed|ing|off)?"),
    Family("douche", MILD, r"douche\w*"),
    Family("crap", MILD, r"turds?|crapp?y?"),
    Family("whore", MILD, r"skanky|hoe"),
    Family("damn", MILD, r"goddam+n?\w*|fack|f[ae]c?k(?:in|ing)|gtfo|goddam\w*|homos?"),
)

PHRASES = (
    rf"{_ORGANS}[ -]+{_DEEDS}\w*"
    r"|suck[ -]my[ -](?:cock|dick|balls|d|ass)|(?:lick|eat|kiss)[ -]my[ -](?:ass"
    r"|pussy|balls|dick|cock)|eat[ -]a[ -]dick"
    r"|(?:camel|sand|rice|dune|porch|cotton|curry)[ -](?:jockey|monkey|picker"
    r"|coon|pilot|muncher)s?|jungle[ -]bunn(?:y|ies)"
    r"|oven[ -]dodgers?|salad[ -]toss(?:er|ers|ing)|(?:fudge|pole|carpet|rug)[ -](?:pack|suck|munch)(?:er|ing)\w*"
    r"|pack(?:ing|ed)[ -]fudge|kid+(?:y|ie)?[ -](?:diddl|touch|fiddl)\w*|gay[ -]wads?|tar[ -]bab(?:y|ies)|wet[ -]backs?"
    r"|slant[ -]eyes?|rim[ -]jobs?|jerk(?:ing)?[ -]off|suck(?:ing|s|ed)?[ -]off|f'(?:ed|er|ing)"
    r"|(?:circle[ -]jerk|dirty[ -]sanchez|cleveland[ -]steamer|spear[ -]chucker"
    r"|uncle[ -]tom|shit[ -]for[ -]brain|glory[ -]hole)s?"
)
_HEADS = """
cock cocks cok coks cawk cawks cuk kok dick dik dicks diks prick pricks pussy pussies puss cunt cunts twat twats ass
azz arse anal anus butt knob knobs nob nobs clit clits bum choad chode schlong wang willy penis muff snatch minge
slut whore fag bitch turd shit shitty suck sucks sucked sucking lick eat kiss camel sand rice dune porch cotton
curry jungle oven salad fudge pole carpet rug packing packed kid kiddy kiddie gay tar wet slant rim jerk jerking f
circle dirty cleveland spear uncle glory
"""
PHRASE_HEADS = frozenset(_HEADS.split())
PHRASE_BASE = "obscene phrase"

# With those of Cyrillic words written in nothing but look-alikes: xy, cyk.
_STEMS = """
fuck fuk fvck fck fcuk fucc fuc fuq phuq phuc phuk phvck fxck fxck fked fker fkk fkin fkbny facker fecker focker
fack feck fugg fux mfu mfck mfer mof moth muth mthf mtf madaf maderf madderf mudaf mudda mudder stfu gtfo shit shyt
dipsh cunt kunt bitch biatch biotch beotch beeotch beitch beych beatch batch azz arse ass asho dick dik cock cok
cawk cuk nigg nigs nigz nigl nign niga nigu nigr nige nicc niqq nikk nicka nickk nucka neegro kneegr jiga jigg jigr
jegg higga wigg whigg coon dark doth fag phag whor whoar hores slut puss twat wank bastard bastad bastrd bazt cum
jizz blowj kike kyke spic chink ching gook wetb ragh towelh tacoh woph diaperh camelh beaner slant trann shemale
ladyb ladib retard tard mongolo abbo groid soab choch pedo africoon boong golliw gollyw heeb honk injun kaffi kaffe
muzzi paki peckan pickan pickan pikey polack yid zipperh gyppo gippo japs dagos wops peckerw shvart rimj rimming
jerk analin anilin cunn cuni fellat muffd mufd muffin punan poont fudg pack salad cooter milf prick hoe clit lesbo
bulldy homo bollo piss douche skank turd crap spunk goddam godam goda boner boob tits titt nob butt anal anus choad
chode schlong wang willy penis snatch minge bum gaywad puta felch gangb bukk deept teab queef smegma gloryh handj
suck kiss fother fotha f'e f'i
"""
# Everyday by themselves, they begin phrases.
_PAIRS = """
camel sand rice dune porch cotton curry jungle oven pole carpet rug kid kiddy kiddie gay tar wet slant rim circle
dirty cleveland spear uncle glory muff
"""
STEMS = tuple(dict.fromkeys([*_STEMS.split(), *(word + sign for word in _PAIRS.split() for sign in " -")]))

_MASKED = (
    "fuck shit bitch cunt nigger nigga faggot fag asshole ass dick cock whore slut pussy twat bastard retard kike spic "
    "motherfuck bullshit"
)
_ENDINGS = ("", "s", "ed", "er", "ers", "ing", "in", "y", "head", "face", "es")
MASKED = tuple(word + ending for word in _MASKED.split() for ending in _ENDINGS)
