"""Forwarded from a foreign chat."""

from collections.abc import Iterable

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import ChannelStatus
from moderator_app.domain.message import AuthorKey, Forward, Message
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.folded import Folded
from moderator_app.judging.identities import channel, listed
from moderator_app.judging.statuses import Statuses

# Half of a chat's news comes so.
_SCORES = {ChannelStatus.PENDING: 0.4, ChannelStatus.SUSPICIOUS: 0.6, ChannelStatus.BLOCKED: 0.9}
_TEXT_IDS = {
    ChannelStatus.PENDING: "finding.forward.foreign",
    ChannelStatus.SUSPICIOUS: "finding.forward.suspicious",
    ChannelStatus.BLOCKED: "finding.forward.blocked",
}
_MOST_SHOWN = 100


class Forwarded:
    id = "forward"

    def __init__(self, book: RuleBook) -> None:
        self._statuses = Statuses(book.lists)
        self._banned = frozenset((key.platform, listed(key)) for key in book.lists.blacklist if key.author)

    def look(self, message: Message, folded: Folded) -> Iterable[Finding]:
        forward = message.forward
        if forward is None or _of_oneself(forward, message):
            return ()
        status = self._status(forward, message)
        if status is ChannelStatus.ALLOWED:
            return ()
        shown = (forward.name or forward.origin)[:_MOST_SHOWN]
        text_id = _TEXT_IDS[status] if shown else "finding.forward.hidden"
        return (Finding(self.id, Label.SPAM, _SCORES[status], text_id, parameters=(("origin", shown),)),)

    def _status(self, forward: Forward, message: Message) -> ChannelStatus:
        """Of the chat it comes from; a bare id may be a channel's as well as a person's."""
        if not forward.origin:
            return ChannelStatus.PENDING
        platform = message.key.platform
        origin = channel(forward.origin, platform)
        if origin == f"-{message.key.community}":
            return ChannelStatus.ALLOWED
        as_given = listed(AuthorKey(platform, forward.origin))
        if (platform, as_given) in self._banned or (platform, origin) in self._banned:
            return ChannelStatus.BLOCKED
        return self._statuses.of(origin, platform)


def _of_oneself(forward: Forward, message: Message) -> bool:
    """Own words of another day or place. Without ids, as in exports, the name has to do."""
    if message.author is None:
        return False
    if forward.origin:
        return forward.origin == message.author.key.author and not forward.origin.startswith("-")
    return bool(forward.name) and forward.name == message.author.name
