"""Chooses the period, the community and the form in which the statistics are shown."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QPushButton, QToolButton, QWidget

from moderator_app.domain.message import Community, CommunityKey
from moderator_app.domain.statistics import Period
from moderator_app.language import _, period_name, platform_name
from moderator_app.ui.names import MOST_CHOSEN, named, shortened
from moderator_app.ui.theme import GRID

COMMUNITY_LETTERS = 24


class ChoicePanel(QWidget):
    changed = Signal()
    table_wanted = Signal(bool)
    export_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._periods = QButtonGroup(self)
        self._community = QComboBox()
        self._community.addItem("")
        self._community.setMinimumContentsLength(COMMUNITY_LETTERS)
        self._table = _tab()
        self.export = QPushButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, GRID, 2 * GRID, GRID)
        row.setSpacing(GRID)
        for place, period in enumerate(Period):
            row.addWidget(self._period_button(place, period))
        row.addSpacing(GRID)
        row.addWidget(self._community)
        row.addStretch(1)
        row.addWidget(self._table)
        row.addWidget(self.export)
        self._periods.idToggled.connect(self._announce)
        self._community.currentIndexChanged.connect(self.changed)
        self._table.toggled.connect(self.table_wanted)
        self.export.clicked.connect(self.export_wanted)
        self._communities: tuple[Community, ...] = ()
        # Until it is known that there is something to write.
        self.export.setEnabled(False)
        self._retranslate()

    @property
    def period(self) -> Period:
        return tuple(Period)[self._periods.checkedId()]

    @property
    def community(self) -> CommunityKey | None:
        """None for all of them."""
        place = self._community.currentIndex()
        return self._communities[place - 1].key if place > 0 else None

    def show_communities(self, communities: Sequence[Community]) -> None:
        """Offer these; the choice stays."""
        if tuple(communities) == self._communities:
            return
        chosen = self.community
        with QSignalBlocker(self._community):
            while self._community.count() > 1:
                self._community.removeItem(1)
            self._communities = tuple(communities)
            for community in self._communities:
                self._community.addItem(_name(community))
            keys = [community.key for community in self._communities]
            self._community.setCurrentIndex(keys.index(chosen) + 1 if chosen in keys else 0)

    def allow_export(self, possible: bool) -> None:
        """Whether there is anything to export; the button says why where there is not."""
        self.export.setEnabled(possible)
        self.export.setToolTip("" if possible else _("Nothing is counted yet that could be written to a file."))

    def show_all(self) -> None:
        """Choose everything: all time, all communities."""
        with QSignalBlocker(self._community), QSignalBlocker(self._periods):
            self._community.setCurrentIndex(0)
            self._periods.button(tuple(Period).index(Period.ALL)).setChecked(True)
        self.changed.emit()

    def _period_button(self, place: int, period: Period) -> QToolButton:
        button = _tab()
        button.setChecked(period is Period.ALL)
        self._periods.addButton(button, place)
        return button

    def _announce(self, place: int, checked: bool) -> None:
        if checked:
            self.changed.emit()

    def _retranslate(self) -> None:
        for place, period in enumerate(Period):
            self._periods.button(place).setText(period_name(period))
        self._community.setItemText(0, _("All communities"))
        self._community.setAccessibleName(_("Community"))
        self._table.setText(_("As a table"))
        self.export.setText(_("Export…"))
        self.export.setAccessibleDescription(_("Writes all counts by day to a file"))
        self.allow_export(self.export.isEnabled())
        for place, community in enumerate(self._communities, start=1):
            self._community.setItemText(place, _name(community))

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _tab() -> QToolButton:
    button = QToolButton()
    button.setCheckable(True)
    button.setProperty("page", True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


def _name(community: Community) -> str:
    name = shortened(named(community.name, community.key.community), MOST_CHOSEN)
    return f"{name} · {platform_name(community.key.platform)}"
