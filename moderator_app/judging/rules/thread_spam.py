"""Spam in the comment threads of a channel's posts."""

from collections.abc import Sequence

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import CommunityKey
from moderator_app.domain.policy import weigh
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.rules.sequence import Kind, SequenceFinder, around
from moderator_app.judging.window import Sighting

_SECONDS = 3600.0
_THREADS = 3

_ONE = Kind("finding.thread_spam.thread", 0.1)
_AUTHOR = Kind("finding.thread_spam.threads", 0.6)
_TEXT = Kind("finding.thread_spam.text", 0.6)


class ThreadSpam(SequenceFinder):
    """A comment that another rule takes for spam, or finds on a list, tells of its thread and its author.

    In one thread that is a note beside the other finding. It weighs when the same text stands in another thread, or
    the author has written in several within an hour, as those do who walk through all posts of a channel.
    """

    id = "thread_spam"

    def __init__(self, book: RuleBook, community: CommunityKey) -> None:
        self._policy = book.policy(community)
        super().__init__(self.id, self._policy, _ONE, _AUTHOR, _TEXT)

    def look(self, seen: Sighting, found: Sequence[Finding]) -> Finding | None:
        if not found or not seen.thread or not self._is_spam(found):
            return None
        elsewhere = [each for each in seen.alike if each.thread != seen.thread and each.thread and _here(each, seen)]
        if elsewhere:
            return self._finding(_TEXT, seen, elsewhere)
        elsewhere = [each for each in around(seen.own, seen, _SECONDS) if each.thread not in ("", seen.thread)]
        if len({each.thread for each in elsewhere}) + 1 >= _THREADS:
            return self._finding(_AUTHOR, seen, elsewhere)
        return self._finding(_ONE, seen, ())

    def _is_spam(self, found: Sequence[Finding]) -> bool:
        return any(each.label in (Label.SPAM, Label.LIST) and weigh(each, self._policy) for each in found)

    def _finding(self, kind: Kind, seen: Sighting, elsewhere: Sequence[Sighting]) -> Finding:
        threads = len({seen.thread, *(each.thread for each in elsewhere)})
        return self.finding(kind, elsewhere, count=threads, thread=seen.thread, author=seen.writer)


def _here(each: Sighting, seen: Sighting) -> bool:
    return each.place is seen.place
