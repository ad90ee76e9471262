"""A lamp for each source, with the word for its colour."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from moderator_app.domain.ports import SourceStatus
from moderator_app.language import _, explain_status
from moderator_app.ui.names import as_tip
from moderator_app.ui.source_words import TONES, source_name, state_words
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import ElidedLabel, label, set_tone

LAMP = "●"


class LampsPanel(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._statuses: Mapping[str, SourceStatus] = {}
        self._cells: dict[str, tuple[QLabel, QLabel]] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GRID)
        self._retranslate()

    def show_states(self, statuses: Mapping[str, SourceStatus]) -> None:
        self._statuses = dict(statuses)
        self._fill()

    def text(self) -> str:
        """`Telegram: connected · VK: waiting until 14:05`."""
        return " · ".join(self._words(status) for _name, status in self._listed())

    def _listed(self) -> list[tuple[str, SourceStatus]]:
        return sorted(self._statuses.items())

    def _words(self, status: SourceStatus) -> str:
        name = source_name(status.source, self._statuses)
        return _("{source}: {state}").format(source=name, state=state_words(status))

    def _fill(self) -> None:
        if self._cells.keys() != self._statuses.keys():
            self._make_cells()
        for name, (lamp, said) in self._cells.items():
            status = self._statuses[name]
            set_tone(lamp, TONES[status.state])
            said.setText(self._words(status))
            said.setToolTip(as_tip(explain_status(status)))
        self.setVisible(bool(self._statuses))

    def _make_cells(self) -> None:
        while (taken := self._row.takeAt(0)) is not None:
            if (cell := taken.widget()) is not None:
                cell.hide()
                cell.deleteLater()
        self._cells = {name: (label(LAMP), ElidedLabel("muted")) for name, _status in self._listed()}
        for cells in self._cells.values():
            for cell in cells:
                self._row.addWidget(cell)

    def _retranslate(self) -> None:
        self.setAccessibleName(_("Accounts"))
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
