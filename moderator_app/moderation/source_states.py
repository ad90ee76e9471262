"""How each source is at the moment, for whoever shows it."""

import logging
from collections.abc import Callable, Mapping
from types import MappingProxyType

from moderator_app.domain.ports import SourceState, SourceStatus

log = logging.getLogger(__name__)

Listener = Callable[[SourceStatus], None]


class SourceStates:
    """Keeps the newest status of each source and calls every listener with each change, in the event loop's thread."""

    def __init__(self) -> None:
        self._current: dict[str, SourceStatus] = {}
        self._listeners: list[Listener] = []

    @property
    def current(self) -> Mapping[str, SourceStatus]:
        """The newest status by the name of the source."""
        return MappingProxyType(self._current)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Returns the function that ends the subscription."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def report(self, status: SourceStatus) -> None:
        """Take a status over; one that says nothing new is passed over."""
        former = self._current.get(status.source)
        if former == status:
            return
        self._current[status.source] = status
        if former is None or former.state is not status.state:
            log.info("%s is %s %s", status.source, status.state, status.detail)
        self._tell(status)

    def forget(self, source: str) -> None:
        """The source is not there any more; listeners hear of it as stopped."""
        if self._current.pop(source, None) is not None:
            self._tell(SourceStatus(source, SourceState.STOPPED))

    def _tell(self, status: SourceStatus) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(status)
            except Exception:
                # What cannot be shown must not stop the source that tells it.
                log.exception("a listener failed")
