"""Folding single characters: compatibility forms, case, marks and invisible ones, with a map back."""

import html
import re
import unicodedata
from collections.abc import Sequence

Offsets = Sequence[int]

# Nothing but lower() and ё is needed for these: ASCII without the & of entities, Russian, everyday signs and emoji.
_UNUSUAL = re.compile(
    "[^\t-\r\x20-\x25\x27-\x7eА-яЁёЄєІіҐґ«»—–“”„‘’‚…•·№™©®€₽°×\u2600-\u27bf\U0001f300-\U0001f64f\U0001f680-\U0001faff]"
)
# Runs of letters and digits where nothing is unusual: to name them is faster than to ask Unicode about each.
ORDINARY_WORD = re.compile("[0-9a-zа-яёєіґ\u2776-\u2793]+")
_ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][\da-fA-F]{2,6}|[A-Za-z]{2,8});")
_REGIONAL = re.compile("[\U0001f1e6-\U0001f1ff]+")
_BREVE = "\u0306"

# Their compatibility forms are letters, which would stick to the word beside them.
_KEPT = frozenset("йЙ…№™℠℡℃℉℅")
_UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")
# White letters in black circles and squares, which Unicode does not trace back to letters.
_LETTER_SIGNS = {chr(first + index): chr(ord("a") + index) for first in (0x1F150, 0x1F170) for index in range(26)}
_FIRST_REGIONAL = 0x1F1E6
_COUNTRIES = """
ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by bz ca cc
cd cf cg ch ci ck cl cm cn co cp cr cu cv cw cx cy cz de dg dj dk dm do dz ea ec ee eg eh er es et eu fi fj fk fm fo fr
ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu ic id ie il im in io iq ir is it je jm jo jp
ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu
mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb
sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz ta tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug um un
us uy uz va vc ve vg vi vn vu wf ws xk ye yt za zm zw
"""
_FLAGS = frozenset(_COUNTRIES.split())
_TABLE_LIMIT = 100_000


def fold_characters(text: str) -> tuple[str, Offsets | None]:
    """The folded text and, for each of its characters, the index of the one it came from; None where they agree."""
    if _UNUSUAL.search(text) is None:
        return text.lower().replace("ё", "е"), None
    folded, offsets = _fold_unusual(text)
    return folded.lower().replace("ё", "е"), offsets


class _Folds(dict[str, str]):
    """What each unusual character folds to, worked out when first met."""

    def __missing__(self, char: str) -> str:
        if len(self) >= _TABLE_LIMIT:
            self.clear()
        self[char] = folded = _fold(char)
        return folded


_folds = _Folds()


def _fold_unusual(text: str) -> tuple[str, list[int]]:
    """`text` with only its unusual characters folded."""
    parts: list[str] = []
    offsets: list[int] = []
    end = 0
    while (match := _UNUSUAL.search(text, end)) is not None:
        start = match.start()
        parts.append(text[end:start])
        offsets += range(end, start)
        folded, end = _read(text, start)
        if folded == _BREVE:
            _put_breve(parts)
        else:
            parts.append(folded)
            offsets += range(start, end) if len(folded) == end - start else [start] * len(folded)
    parts.append(text[end:])
    offsets += range(end, len(text))
    return "".join(parts), offsets


def _read(text: str, start: int) -> tuple[str, int]:
    """What stands at `start`, folded, and where it ends."""
    char = text[start]
    if _REGIONAL.match(char) is not None:
        run = _REGIONAL.match(text, start)
        assert run is not None
        return _read_regional(run[0]), run.end()
    if char == "&":
        entity = _ENTITY.match(text, start)
        decoded = html.unescape(entity[0]) if entity else ""
        if entity and len(decoded) == 1:
            return _folds[decoded], entity.end()
    return _folds[char], start + 1


def _read_regional(run: str) -> str:
    """Flags stay; other letters of this kind are there to be read."""
    letters = "".join([chr(ord(char) - _FIRST_REGIONAL + ord("a")) for char in run])
    pairs = [letters[index : index + 2] for index in range(0, len(letters), 2)]
    return run if _FLAGS.issuperset(pairs) else letters


def _put_breve(parts: list[str]) -> None:
    """и with a combining breve is й; on any other letter the mark is dropped like the rest."""
    last = next((index for index in (-1, -2) if len(parts) >= -index and parts[index]), None)
    if last is not None and parts[last][-1] in "иИ":
        parts[last] = parts[last][:-1] + "й"


def _fold(char: str) -> str:
    if (capital := _LETTER_SIGNS.get(char)) is not None:
        return capital
    if char in _KEPT or char == _BREVE:
        return char.lower()
    category = unicodedata.category(char)
    if category == "Cs":
        return "\ufffd"
    if category == "Cf" or char in _UNSEEN or (category == "Cc" and not char.isspace()):
        return ""
    return _without_marks(_without_marks(char).casefold())


def _without_marks(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    kept = "".join(part for part in parts if unicodedata.category(part) not in ("Mn", "Me"))
    return unicodedata.normalize("NFC", kept)
