"""Tells screens what changed: the one way back from the use cases to whoever shows something."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Change:
    """Ids of queue items and decisions whose rows are to be read again.

    An item that can no longer be read as open has left the queue. `counts` says that statistics are stale, `lists`
    that the admins' lists or policies changed.
    """

    items: frozenset[int] = frozenset()
    decisions: frozenset[int] = frozenset()
    counts: bool = False
    lists: bool = False


Listener = Callable[[Change], None]


class Changes:
    """Calls every listener with every change, in the event loop's thread."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Returns the function that ends the subscription."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, change: Change) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(change)
            except Exception:
                # One screen's fault must not keep the others, or the outbox, from hearing.
                log.exception("a listener failed")
