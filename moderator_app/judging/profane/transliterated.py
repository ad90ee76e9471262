"""Russian obscene words in Latin letters: by their sound, whatever the way to write it, and by their looks."""

from moderator_app.judging.profane.grammar import Family

OBSCENE, STRONG, COARSE = 0.9, 0.6, 0.3

_PREFIX = "(?:za|na|do|po|vi|pro|pere|pri|ra[zs]|ot|ob|pod|nedo|i[sz]|vz|u|s|v|ne|ni|o|a)"
_BEFORE_E = "(?:za|na|do|po|pro|raz|ot|ob|nedo|vz|iz|d[oa]lb[oa]|mozgo|hudo|zlo)"
_ADJECTIVE = "(?:i|aia|oe|e|oi|oiu|ogo|omu|om|uiu|im|imi|ih)"
_PARTICIPLE = "w(?:i|aia|e|ego|emu|em|ei|eiu|uiu|im|imi|ih)(?:sia)?"
_PAST = "l(?:a|o|i|as|os|is|sia|sa)?"
_INFINITIVE = "(?:ti?|ca|cia)"

# Sounds are as `sound_of_latin` gives them: j is ж, q ч, w ш and щ, i also й and ы, e also ё, ие and ье; no letter
# stands twice. Endings are left open where no word of another language begins like this, otherwise they are listed.
SOUNDS = (
    Family("пизда", OBSCENE, r"\w{0,8}p[ie]zd\w*|p[ie]zj\w*|pzde?c(?:a|u|om|i|e)?"),
    Family(
        "хуй",
        OBSCENE,
        rf"{_PREFIX}{{0,2}}huia[rqkw](?!ob|irin)\w+|(?:ra|i)?wuia[rqkw]\w+|huin(?:i|ia|iu|e|eiu?|iam?i?|iah)"
        r"|hui(?:l(?:o|om|u|iu|ov\w*)|a|u|a(?!h$|kob|kir|nd)\w+|u(?!ng)\w+|t(?:a|u|i|oi)|s[ot]\w+|[kv][aio]\w{1,4}|c[iae])"
        r"|hue(?:[mv]|(?:pl|pr|gl|gr|dr|tv|m[oru]|liu|put|vert)\w+|s[oa]s\w*|ta|tu|ti|toi|te|tami?|tah|ten)"
        rf"|huev(?:{_ADJECTIVE}|o|a|at\w+|ina\w?)"
        r"|(?!ahuia?$)(?:za|na|do|po|ot|ne|ni|o|a|s|k)hui(?:a\w*|u|m|[nltzw]\w+|s[ot]\w*|v[ao]\w+)?"
        r"|(?:za|na|do|po|ni)hue|dohue[mv]"
        rf"|{_PREFIX}hue(?:{_INFINITIVE}|{_PAST}|i|ite|iut?|w|wi|m|te|mte|iw\w+|vw?\w*|n(?:i|a|o|e|u)\w*)",
    ),
    Family("долбоеб", OBSCENE, r"d[oa]lb[oa]?eb\w*"),
    Family(
        "ебать",
        OBSCENE,
        rf"{_BEFORE_E}{{1,2}}eb(?!i[dkql]n|wirn|eno|onit)\w+|podeb[anuk]\w+|uebi|ueb(?:a|ok|on|iw|nu|k[aiu]|ur|eh)\w*"
        rf"|seba(?:em|et|iu|ew|ia|vw)\w*|veba(?:em|et|iu)\w*|[sv]eb(?:a{_PAST}|a(?:t[is]\w*|cia)|iva\w+|a?nul\w*|on\w{{0,3}})"
        rf"|eb(?:a{_INFINITIVE}|a{_PAST}|aln?ik\w*|al[ue]|alom|alniq\w+|aw\w*|av(?:wis?|{_PARTICIPLE})|atn\w+|asos\w*|arei)"
        rf"|eba(?:n{_ADJECTIVE}|na|iu\w*|et\w*|eca|ecia|ew\w*|em\w*|ia|ias|ite|ites|isia)"
        r"|eban(?:u|u[lstvwc]\w*|e[mtwc]\w{0,4}|k[oia]|at\w{0,4}|ite|iw\w*|aw\w+|is)"
        r"|eb(?:lan\w*|lo|lom|lu|li[vw]\w*|n(?:u|e[tmwc]|ite|is)\w*|is|uq\w+|uw\w+|ut|uca|ucia|eca|ecia|enia\w{0,3}|tvo\w+)",
    ),
    Family("блядь", OBSCENE, rf"{_PREFIX}?bliad(?!h)\w*|bliat\w{{0,4}}|suka(?:blia|na)\w*"),
    Family(
        "пидор",
        OBSCENE,
        r"pid[oa]r\w*|pidr(?:[aiue]|om|ov|ami?|il\w*|iuk\w*|an\w+)|pider(?:i|u|om|ov|ami?|as\w*|sk\w+|q\w+)?"
        r"|ped[oa]r[ai]s\w*|pide?rast\w*",
    ),
    Family("мудак", 0.8, r"muda(?:k|q|zv)\w*|mudil\w*|mudoz?vo\w+"),
    Family("манда", 0.8, r"mandavo\w+"),
    Family("гондон", 0.8, r"g[ao]ndon\w*"),
    Family("залупа", 0.8, r"zalup(?!i(?:[ltvmwsc]|$)|l)\w*"),
    Family("дрочить", 0.7, rf"{_PREFIX}?droq(?!ia$|en|n|r|om|t|$)\w+|{_PREFIX}droq(?:en\w+|i)"),
    Family("шлюха", STRONG, r"wli?u(?:h|wk)\w*"),
    Family("сука", COARSE, r"suq(?:ka|ar[aiu]?|aroi)"),
    Family("срать", COARSE, r"(?:na|obo?|po|pro|za|u|vi)sra(?:ti?|ca|cia|l[aoi]?(?:s|sia)?|n[aioek]\w*)"),
    Family("ублюдок", COARSE, r"ubliud\w+"),
    Family("шалава", COARSE, r"walav\w*"),
)

_KH = "(?:h|kh|x)"

# Of the letters themselves: words of other languages sound the same, or letters are chosen by their looks.
LETTERS = (
    Family("пизда", OBSCENE, r"pisd(?:[aeouiy]|ts|tc|c)\w*|\w{0,8}pizz?(?:zh|j)\w+"),
    Family(
        "хуй",
        OBSCENE,
        rf"{_KH}u[yj]|(?:kh|x)ui|{_KH}u[yj](?:e|l[ae]?|et)|(?:kh|x)u[yj]a(?:h|kh|x)|a{_KH}uy|(?:na|po|ni|do)?xy[ij]",
    ),
    Family("хули", STRONG, rf"{_KH}ul[iey]"),
    Family(
        "ебать",
        OBSCENE,
        r"[yj]eb(?:et|yot|u|ut|i|em)|ebyot|[yj]ebano|ebanno|v(?:y[yj]?|i[yj]|i(?!ebahn))eb\w+"
        r"|pere[yj]?eb\w+|pri[yj]?eb(?:al|at|yv|iv|is|en|nu|et|ut)\w*",
    ),
    Family("блядь", OBSCENE, r"bl[yj]a+"),
    Family("сука", STRONG, r"(?:s|ss|c|ts)uk(?:a|am|ami|ah|akh|i|u|oy|oi|oj|o[yij]u)"),
    Family("жопа", COARSE, r"(?:zh|j)op(?:[aeuyi]|oi|oy)"),
    Family("говно", COARSE, r"g[oa]vn(?:[oaeu]|om|yu\w+|iu\w+)"),
    Family("хер", COARSE, rf"(?:na|po|ni)?(?!hernia){_KH}ern(?:ya|ja|ia|yu|ju|ey|ei)|(?:na|po){_KH}er"),
    Family("дерьмо", COARSE, r"d[ei]r[jy']?mo"),
)

_STEMS = """
xy cyk xep pizd pezd pyzd pisd pesd pizj pizh pizz pzd huy huj hui hue xuy xuj xui xue huli hule huly xul aher oher
hern xern ebat ebal eban ebas ebayu ebaye ebayt ebays ebaya ebaj ebai ebae ebav eblan eblo eblu ebliv eblyu eblis ebnu
ebne ebni ebis ebuc ebus ebut ebec ebets ebeny ebenj ebeni ebtv ebare yeb jeb aeb oeb ieb ueb razeb oteb obeb podeb vzeb
izeb dyob yoba yobn yobt joba jobn jobt ayob oyob iyob uyob ajob ojob ujob aiob blya blja blia pidor pidar pydo pyda
pidr peder pider pedor pedar mudak mudac mudaz mudil mudoz mandavo gandon gondon zalup droch drotch suka suki suku suko
cuka cuki cuku cuko sucha suchk shlyu shliu shlju shlu zhop jop govn gavn dermo derjmo dermyo derymo dirmo nasra osra
bosra zasra usra isra ysra ubly ublj ubliu shalav
"""
STEMS = tuple(_STEMS.split())
