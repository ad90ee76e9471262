"""Channels that write too often: the part of `sender_chat` that remembers."""

from collections.abc import Sequence
from math import ceil

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import ChannelStatus
from moderator_app.domain.message import CommunityKey
from moderator_app.domain.verdict import Finding
from moderator_app.judging.rules.sequence import Kind, SequenceFinder, lasted, others, stretch
from moderator_app.judging.statuses import Statuses
from moderator_app.judging.window import Sighting

_RATE = Kind("finding.sender_chat.rate", 0.7, "count", "seconds")


class SenderChatRate(SequenceFinder):
    """More than so many messages in the name of one channel. Allowed ones may write as often as they like.

    The linked channel and the community itself are not judged at all.
    """

    id = "sender_chat"

    def __init__(self, book: RuleBook, community: CommunityKey) -> None:
        super().__init__(self.id, book.policy(community), _RATE)
        self._platform = community.platform
        self._statuses = Statuses(book.lists)

    def look(self, seen: Sighting, found: Sequence[Finding]) -> Finding | None:
        if not seen.writer.startswith("-") or self._statuses.of(seen.writer, self._platform) is ChannelStatus.ALLOWED:
            return None
        together = stretch(seen.own, seen, self.number("seconds"))
        together = [each for each in together if each.number <= seen.number]
        if len(together) <= self.number("count"):
            return None
        seconds = lasted(together)
        return self.finding(
            _RATE, others(together, seen), count=len(together), seconds=seconds, minutes=ceil(seconds / 60)
        )
