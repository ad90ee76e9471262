"""Russian obscene words in Latin letters, by every common way to write them."""

from moderator_app.judging.profane.grammar import Family

OBSCENE, STRONG, COARSE = 0.9, 0.6, 0.3

# Endings are listed, not left open: a bare root is part of too many English words and names.
_PREFIX = "(?:za|na|do|po|v[yi]|pro|pere|ot|pri|raz|u|ob|pod|s[yj]|dolbo|dalbo)"
_YE, _KH, _SOFT, _I = "(?:e|yo|ye|jo|je|io)", "(?:h|kh|x)", "[jy']?", "[yij]"
_PAST = f"al(?:[aoi]|s{_SOFT}a?|as|is|os)?"
_ADJECTIVE = rf"(?:{_I}{{1,2}}|aya|aja|aia|oe|oye|ogo|omu|oi|oy|oj|uyu|uju|{_I}e|{_I}x|{_I}h|{_I}mi?)"
_FUCKING = rf"an(?:n?{_ADJECTIVE}|ut{_ADJECTIVE}?|ul[aio]?|k[oi]|ash\w{{1,6}}|at\w{{0,4}})"

FAMILIES = (
    Family(
        "пизда",
        OBSCENE,
        r"\w{0,8}pizd\w*|p[ie][sz]d(?:[aeouiy]|ts|tc|c)\w*|\w{0,8}pizz?(?:zh|j)\w+"
        r"|pzd(?:c|ts|ec)",
    ),
    Family(
        "хуй",
        OBSCENE,
        rf"(?:na|ni|po|do|o|a|za|ne){_KH}u(?:{_I}|[yji]?[ji]?[yji]a|ye|{_I}n\w+|{_I}l\w*|[yji]a(?:r|ch)\w+)"
        rf"|[oa]{_KH}u(?:el[aio]?|et{_SOFT}|enn?\w+|ev\w+|{_I}t\w+)|{_KH}uishe"
        rf"|{_KH}u{_I}(?:n{_I}?a\w*|st\w*|[yji]?a(?:r|k|ch|q)\w+|kam\w?)|{_KH}uet(?:a|u|y|o[iyj]|ami?|ah)"
        rf"|(?!huynh){_KH}u[yj](?:n\w{{1,6}}|l\w{{0,6}}|[aeu]|ov\w*|om|ami?|ev\w*|et[sc]|ec|ak\w*|ar\w*)?"
        rf"|(?:na|po|ni|do)?xy[ij]|{_KH}ui(?:l(?:om?|u)|n(?:ya|ja|ia|yu|ju|i|e|e[yij]))|{_KH}u{_YE}(?:sos\w*"
        rf"|plet\w*|v(?:[oy]|i[yj]|a[yj]a|{_I}e)\w*)",
    ),
    Family("хули", STRONG, rf"{_KH}ul[iey]"),
    Family("долбоеб", OBSCENE, rf"d[oa]lb[oa]?{_YE}b\w*"),
    Family(
        "ебать",
        OBSCENE,
        rf"{_YE}b(?:at{_SOFT}|at[sj]{_SOFT}a|al|al[aio]|aln?ik\w*|{_FUCKING}|ash(?:it|u|il|im)\w*|lan\w*|lom?"
        rf"|uc?h(?:i|y|a|e)\w*|nu(?:t|l)\w*|is{_SOFT}|tvoyu?\w*)"
        rf"|{_PREFIX}{_YE}b(?:at{_SOFT}|at[sj]{_SOFT}a|{_PAST}|{_FUCKING}|a|ash\w+"
        rf"|is{_SOFT}|i|ite|u|ut|et|esh|em|nu[tl]\w*"
        rf"|lo\w*|lan\w*|o?ki?|ka|ku|is[hc]+e|en{_SOFT}|on[ys]?|uc?h\w*|[yi]va\w+)?"
        rf"|(?:za|na|po|v[yi]|pro|pere|ot|raz){_YE}b[aiuonl]\w{{0,10}}"
        r"|[yj]ob(?:an{_I}\w*|tv\w+|nut\w*)".replace("{_I}", _I),
    ),
    Family(
        "блядь",
        OBSCENE,
        rf"bl[yj]a+|bl[yj]a[dt]\w{{0,6}}|blia[dt](?:i|{_SOFT}|sk\w+|stv\w+|ina)?|v[yi]bl[yj]ad\w+",
    ),
    Family(
        "пидор",
        OBSCENE,
        r"p[iy]d[oa]r(?:[aoe]?s\w*|[aiyuo]|o[mv]|am\w*|ok|k\w+|as\w*)?|p[ei]d[ei]?rast\w*"
        r"|pidr\w{1,3}",
    ),
    Family("мудак", 0.8, r"muda(?:k|ch|zv)\w*|mudil[aoy]?\w{0,2}|mudoz?vo\w+"),
    Family("гондон", 0.8, r"g[ao]ndon\w*"),
    Family("залупа", 0.8, r"zalup\w*"),
    Family("дрочить", 0.7, rf"(?:na|po|vz|ot)?droch(?:it{_SOFT}|u|er\w{{0,2}}|ish|il[aioy]?|at|i)"),
    Family("сука", STRONG, r"(?:s|ss|c|ts)uk(?:a|i|u|oy|oi|oj)"),
    Family("шлюха", STRONG, rf"shl(?:yu|iu|ju|u)(?:{_KH}|sh)\w+"),
    Family("жопа", COARSE, r"(?:zh|j)op(?:[aeuyi]|oi|oy)"),
    Family("говно", COARSE, r"g[oa]vn(?:[oaeu]|om|yu\w+|iu\w+)"),
    Family("хер", COARSE, rf"(?:na|po|ni)?{_KH}ern(?:ya|ja|ia|yu|ju|ey|ei)|(?:na|po){_KH}er"),
    Family("дерьмо", COARSE, r"d[ei]r[jy']?mo"),
)

_STEMS = """
xy cyk xep pizd pezd pyzd pisd pesd pizj pizh pizz pzd huy huj hui hue huye huyo huli hule huly xuy xuj xui xue xul
uhu ohu ahu aher oher hern xern ebat ebal eban ebas eblan eblo ebuc ebuh ebnu ebis ebtv obat obal oban obas oblan
obuc obnu obtv aeb ieb oeb ueb yeb reb zeb dyeb teb deb beb jeb aio oyo uyo ayo iyo ryo zyo ajo ojo ujo job yob blya
blja blia pidor pidar pydo pyda pidr peder pider pidera mudak mudac mudaz mudil mudoz gandon gondon zalup droch suka
suki suku suko cuka cuki cuku cuko shlyu shliu shlju shlu zhop jop govn gavn dermo derjmo dermyo derymo dirmo
"""
STEMS = tuple(_STEMS.split())
