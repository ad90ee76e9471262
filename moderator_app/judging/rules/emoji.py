"""Too many emoji, or a text that is mostly emoji."""

import re
from collections.abc import Iterable
from itertools import islice

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Message
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.folded import Folded
from moderator_app.judging.spans import MOST, merged

# Announcements of decent communities are full of them, too, and hold a link.
_SCORE = 0.25
_TWICE_SCORE = 0.35

_ANY = re.compile("[\u203c-\U0010ffff]")
# Pictures by themselves, and signs that the selector after them makes pictures.
_PICTURE = (
    "(?:[\u231a\u231b\u23e9-\u23fa\u25fd\u25fe\u2600-\u27bf\u2b1b\u2b1c\u2b50\u2b55"
    "\U0001f000-\U0001f1e5\U0001f200-\U0001faff]|[©®\u203c-\u3299]\ufe0f)"
    "[\ufe0f\U0001f3fb-\U0001f3ff]*[\U000e0020-\U000e007f]*"
)
_FLAG = "[\U0001f1e6-\U0001f1ff]{1,2}"
_KEYCAP = "[0-9#*]\ufe0f?\u20e3"
# What a reader sees as one: a family joined of four, a flag of two letters.
_CLUSTER = re.compile(f"{_PICTURE}(?:\u200d{_PICTURE})*|{_FLAG}|{_KEYCAP}")
_RUN = re.compile(f"(?:{_CLUSTER.pattern})+")


class Emoji:
    id = "emoji"

    def __init__(self, book: RuleBook) -> None:
        self._book = book

    def look(self, message: Message, folded: Folded) -> Iterable[Finding]:
        text = message.text
        if text.isascii() or _ANY.search(text) is None:
            return ()
        number = self._book.policy(message.key.community_key).number
        most, share = number(self.id, "count"), number(self.id, "share")
        count = sum(1 for _ in _CLUSTER.finditer(text))
        letters = sum(map(len, folded.words))
        # Emoji alone are an answer as good as any; some words between them are an advert's head.
        if count >= most:
            text_id = "finding.emoji.many"
        elif letters and 2 * count >= most and count >= share * (count + letters):
            text_id = "finding.emoji.mostly"
        else:
            return ()
        score = _TWICE_SCORE if count >= 2 * most else _SCORE
        spans = merged(match.span() for match in islice(_RUN.finditer(text), MOST))
        return (Finding(self.id, Label.SPAM, score, text_id, spans, (("count", count),)),)
