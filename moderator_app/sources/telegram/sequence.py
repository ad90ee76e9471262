"""The order in which Telegram numbers what happens in a channel, or to an account: its `pts`."""

from collections import deque
from typing import Generic, TypeVar

_What = TypeVar("_What")

# More than this is not kept while something is missing before it: it is read again anyway.
_MOST_EARLY = 1000


class Sequence(Generic[_What]):
    """Lets through what comes in turn, once, and holds back what came before its turn.

    Until `start` says where it begins everything is let through.
    """

    def __init__(self) -> None:
        self.pts = 0
        self._early: list[tuple[int, int, _What]] = []
        # What was let through before the start, of which a part comes after it.
        self._before: deque[tuple[int, int]] = deque(maxlen=_MOST_EARLY)

    @property
    def has_gap(self) -> bool:
        """Whether something is missing before what has arrived."""
        return bool(self._early)

    def restart(self) -> None:
        """Forget all of it: another connection, on which nobody knows what was missed."""
        self.__init__()  # type: ignore[misc]

    def start(self, pts: int) -> list[_What]:
        """All up to `pts` is known by other ways. Returns what is in turn now; nothing goes back."""
        if pts <= 0:
            return []
        self.pts = max(self.pts, pts)
        for reached, count in sorted(self._before):
            if reached - count <= self.pts:
                self.pts = max(self.pts, reached)
        self._before.clear()
        return self._in_turn()

    def take(self, pts: int, count: int, what: _What) -> list[_What]:
        """What is in turn now that `what` has arrived, of which `pts` is the number after it grew by `count`."""
        if pts <= 0:
            return [what]
        if not self.pts:
            self._before.append((pts, count))
            return [what]
        if pts <= self.pts:
            # Known, but for what does not count: it may be told with the number of the one before.
            return [what] if not count else []
        if pts - count > self.pts:
            if len(self._early) < _MOST_EARLY:
                self._early.append((pts, count, what))
            return []
        self.pts = pts
        return [what, *self._in_turn()]

    def _in_turn(self) -> list[_What]:
        ready = []
        for pts, count, what in sorted(self._early, key=lambda each: each[0] - each[1]):
            if pts > self.pts and pts - count <= self.pts:
                self.pts = pts
                ready.append(what)
        self._early = [each for each in self._early if each[0] > self.pts]
        return ready
