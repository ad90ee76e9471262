"""Chooses whether the common policy or that of one community is looked at."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from moderator_app.domain.message import CommunityKey
from moderator_app.language import _
from moderator_app.moderation.policies import Scope
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label


class ScopeBox(QWidget):
    """`chosen` carries a community's key, or None for all of them."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: Mapping[CommunityKey, str] = {}
        self._title, self._box = label(), QComboBox()
        self._title.setBuddy(self._box)
        self._box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._title)
        row.addWidget(self._box)
        row.addStretch(1)
        self._box.activated.connect(lambda: self.chosen.emit(self.scope))

    @property
    def stop(self) -> QWidget:
        """What the Tab key stops at."""
        return self._box

    @property
    def scope(self) -> Scope:
        chosen: Scope = self._box.currentData()
        return chosen

    def show_communities(self, names: Mapping[CommunityKey, str], has_own: Callable[[Scope], bool]) -> None:
        """Offer these; what was chosen stays so. Those that have values of their own say so."""
        self._names = names
        chosen = self.scope
        with QSignalBlocker(self._box):
            self._box.clear()
            self._box.addItem(_("All communities"), None)
            for key, name in names.items():
                self._box.addItem(_("{community} · own values").format(community=name) if has_own(key) else name, key)
            self._box.setCurrentIndex(max(0, next((n for n, key in enumerate(names, 1) if key == chosen), 0)))

    def retranslate(self, has_own: Callable[[Scope], bool]) -> None:
        self._title.setText(_("Applies to"))
        self._box.setAccessibleName(_("Applies to"))
        self.show_communities(self._names, has_own)
