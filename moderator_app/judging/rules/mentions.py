"""Many people mentioned in one message."""

import re
from collections.abc import Iterable

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Message
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.folded import Folded
from moderator_app.judging.numbers import least_number
from moderator_app.judging.spans import as_written

_SCORE = 0.4
_MORE = 0.05
_MOST_SCORE = 0.7
# `@name`, `@id1 (Name)`, `*id1 (Name)`, `[id1|Name]`; not the host of an e-mail.
_MENTION = re.compile(
    r"(?<![\w.@/+-])@(?P<name>[a-z_]\w{1,63})(?!\w|\.\w)|(?<!\w)\*(?P<starred>(?:id|club|public)\d{1,20})(?!\w)"
    r"|\[(?P<tag>(?:id|club|public)\d{1,20})\|(?:[^\[\]\n]{0,200}\])?"
)
_HIDDEN = re.compile(r"tg://(?:user\?id=|openmessage\?user_id=)(\d{1,20})")


class Mentions:
    id = "mentions"

    def __init__(self, book: RuleBook) -> None:
        self._book = book
        self._least = least_number(book, self.id, "count")

    def look(self, message: Message, folded: Folded) -> Iterable[Finding]:
        plain = folded.plain
        if plain.count("@") + plain.count("[") + plain.count("*") + len(message.links) < self._least:
            return ()
        found = list(_MENTION.finditer(plain))
        names = {match[match.lastgroup or 0] for match in found}
        names.update(match[1] for link in message.links if (match := _HIDDEN.match(link.address)))
        least = self._book.policy(message.key.community_key).number(self.id, "count")
        if len(names) < least:
            return ()
        score = min(_MOST_SCORE, _SCORE + _MORE * (len(names) - least))
        spans = as_written(folded, (match.span() for match in found))
        return (Finding(self.id, Label.SPAM, score, "finding.mentions.many", spans, (("count", len(names)),)),)
