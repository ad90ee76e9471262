"""Follows how the sources are, for the lamps, and tells once what needs somebody's hand."""

from PySide6.QtCore import QObject, Signal

from moderator_app.domain.ports import SourceState, SourceStatus
from moderator_app.language import _, explain_status
from moderator_app.moderation.source_states import SourceStates
from moderator_app.moderation.watching import INTERNAL
from moderator_app.ui.notices import Notices, Tone
from moderator_app.ui.source_words import source_name


class SourceLamps(QObject):
    """`changed` carries the newest status of each source by its name; `came`: there is one that was not there.

    `died` carries what needs somebody's hand before a source goes on.
    """

    changed = Signal(object)
    came = Signal()
    died = Signal(str)

    def __init__(self, states: SourceStates, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._states, self._notices = states, notices
        # What was told of a source since it was connected last.
        self._told: set[tuple[str, str]] = set()
        self._known: set[str] = set()
        states.subscribe(self._hear)

    def begin(self) -> None:
        for status in self._states.current.values():
            self._hear(status)

    def _hear(self, status: SourceStatus) -> None:
        self._tell(status)
        self.changed.emit(self._states.current)
        if status.source not in self._known and status.source in self._states.current:
            self._known.add(status.source)
            self.came.emit()

    def _tell(self, status: SourceStatus) -> None:
        connected = status.state is SourceState.CONNECTED
        # What is remarked though it runs is told once; another period that is lost is another remark.
        what = f"{status.detail} {status.parameters}" if connected else status.detail
        if connected:
            self._told = {told for told in self._told if told[0] != status.source or told[1] == what}
        news = _news(status)
        if news and (status.source, what) not in self._told:
            self._told.add((status.source, what))
            tone = Tone.WARNING if status.state is SourceState.SIGNED_OUT else Tone.ERROR
            name = source_name(status.source, self._states.current)
            text = _("{source}: {news}").format(source=name, news=news)
            self._notices.tell(text, tone)
            self.died.emit(text)


def _news(status: SourceStatus) -> str:
    """What is told of it besides the lamp, "" where the lamp is enough."""
    if status.state is SourceState.SIGNED_OUT:
        return explain_status(status) or _("The session has ended. Sign in again in Settings; nothing is lost.")
    if status.state in (SourceState.STOPPED, SourceState.CONNECTED) or status.detail == INTERNAL:
        return explain_status(status)
    return ""
