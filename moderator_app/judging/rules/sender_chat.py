"""Written in the name of a foreign channel or community."""

from collections.abc import Iterable

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import ChannelStatus
from moderator_app.domain.message import Message, Platform
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.folded import Folded
from moderator_app.judging.identities import channel_of
from moderator_app.judging.statuses import Statuses

# Telegram's people may write as their channel, and many do; under VK's posts communities write to advertise.
_PENDING_SCORES = {Platform.VK: 0.55, Platform.TELEGRAM: 0.4}
_SCORES = {ChannelStatus.SUSPICIOUS: 0.7, ChannelStatus.BLOCKED: 0.95}
_TEXT_IDS = {
    ChannelStatus.PENDING: "finding.sender_chat.pending",
    ChannelStatus.SUSPICIOUS: "finding.sender_chat.suspicious",
    ChannelStatus.BLOCKED: "finding.sender_chat.blocked",
}
_MOST_SHOWN = 100


class SenderChat:
    id = "sender_chat"

    def __init__(self, book: RuleBook) -> None:
        self._statuses = Statuses(book.lists)

    def look(self, message: Message, folded: Folded) -> Iterable[Finding]:
        author = message.author
        if not message.sender_chat and (author is None or not author.key.author.startswith("-")):
            return ()
        sender, platform = channel_of(message), message.key.platform
        status = self._statuses.of(sender, platform)
        if status is ChannelStatus.ALLOWED or sender == f"-{message.key.community}":
            return ()
        name = author.name if author is not None and author.name else sender[1:]
        score = _SCORES.get(status, _PENDING_SCORES[platform])
        return (Finding(self.id, Label.LIST, score, _TEXT_IDS[status], parameters=(("channel", name[:_MOST_SHOWN]),)),)
