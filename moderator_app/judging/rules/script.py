"""Letters of a script that the community does not write in."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import islice

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Message
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.folded import Folded
from moderator_app.judging.spans import MOST, as_written

# A quotation among familiar letters is one thing, a message in them another.
_SCORE = 0.35
_MOSTLY_SCORE = 0.55

# Blocks of Unicode, as they are after folding. Cherokee to Canadian syllabics, Cham to Meetei Mayek and so on are
# `other`; additions to Latin, Greek and Cyrillic are left out.
_SCRIPTS = {
    "hebrew": "\u0590-\u05ff",
    "arabic": "\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefe",
    "cjk": (
        "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3040-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
        "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
    ),
    "other": (
        "\u0530-\u058f\u0700-\u074f\u0780-\u086f\u0900-\u10ff\u1200-\u1c7f\u1c90-\u1cff\u2c00-\u2c5f\u2d00-\u2ddf"
        "\ua000-\ua63f\ua6a0-\ua6ff\ua800-\ua95f\ua980-\uab2f\uab70-\uabff\U00010280-\U00011fff\U00016000-\U00018fff"
    ),
}
_TEXT_IDS = {
    "hebrew": "finding.script.hebrew",
    "arabic": "finding.script.arabic",
    "cjk": "finding.script.cjk",
    "other": "finding.script.other",
}
# One range is searched for faster than all those blocks: most texts have nothing beyond Cyrillic.
_BEYOND = re.compile("[\u0530-\U0010ffff]")
_ANY = re.compile(f"[{''.join(_SCRIPTS.values())}]")
_RUN = re.compile("|".join(f"(?P<{name}>[{blocks}]+)" for name, blocks in _SCRIPTS.items()))


class Script:
    id = "script"

    def __init__(self, book: RuleBook) -> None:
        self._book = book

    def look(self, message: Message, folded: Folded) -> Iterable[Finding]:
        plain = folded.plain
        if plain.isascii() or (beyond := _BEYOND.search(plain)) is None or _ANY.search(plain, beyond.start()) is None:
            return ()
        policy = self._book.policy(message.key.community_key)
        return self._judged(folded, lambda name: policy.number(self.id, name))

    def _judged(self, folded: Folded, number: Callable[[str], float]) -> tuple[Finding, ...]:
        unwanted = frozenset(name for name in _SCRIPTS if number(name))
        letters = Counter[str]()
        for match in _RUN.finditer(folded.plain):
            if match.lastgroup in unwanted:
                letters[match.lastgroup] += sum(map(str.isalpha, match[0]))
        foreign = letters.total()
        if foreign < number("letters"):
            return ()
        every = sum(map(str.isalpha, folded.plain))
        if foreign < number("share") * every:
            return ()
        ((most, count),) = letters.most_common(1)
        score = _MOSTLY_SCORE if 2 * foreign >= every else _SCORE
        runs = (match.span() for match in _RUN.finditer(folded.plain) if match.lastgroup in unwanted)
        spans = as_written(folded, islice(runs, MOST))
        return (Finding(self.id, Label.SPAM, score, _TEXT_IDS[most], spans, (("count", count),)),)
