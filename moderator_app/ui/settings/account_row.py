"""One account, of a person or a community: its name, whether it only reads, and the way out."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from moderator_app.domain.accounts import Account
from moderator_app.ui.names import named
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import foreign, label


@dataclass(frozen=True, slots=True)
class RowWords:
    """What a platform calls it. `watch` and `leave` are short, `told` says what leaving means, `left` names {name}."""

    watch: str
    only_watch: str
    leave: str
    told: str
    sure: str
    stay: str
    left: str


class AccountRow(QWidget):
    """Each signal carries the account; leaving is asked for twice."""

    read_only_wanted = Signal(object, bool)
    leaving_wanted = Signal(object)

    def __init__(self, account: Account, words: Callable[[], RowWords], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.account = account
        self._words = words
        self._name = foreign(title=True, most=100)
        self._phone, self._told, self._wrong = label(tone="muted"), label(wrap=True), label(tone="danger", wrap=True)
        self._read_only, self._out = QCheckBox(), QPushButton()
        self._sure, self._stay = QPushButton(), QPushButton()
        top, middle, bottom = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._name, 1)
        top.addWidget(self._phone)
        middle.addWidget(self._read_only)
        middle.addStretch(1)
        middle.addWidget(self._out)
        bottom.addWidget(self._told, 1)
        bottom.addWidget(self._sure)
        bottom.addWidget(self._stay)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, GRID, 0, GRID)
        box.setSpacing(GRID)
        for row in (top, middle, bottom):
            box.addLayout(row)
        box.addWidget(self._wrong)
        self._read_only.toggled.connect(lambda on: self.read_only_wanted.emit(self.account, on))
        self._out.clicked.connect(lambda: self._ask(True))
        self._stay.clicked.connect(lambda: self._ask(False))
        self._sure.clicked.connect(self._leave)
        self.show_account(account)
        self._ask(False)
        self._wrong.hide()

    def show_account(self, account: Account) -> None:
        self.account = account
        self._name.setText(named(account.name, account.id))
        self._phone.setText(account.phone)
        with QSignalBlocker(self._read_only):
            self._read_only.setChecked(account.read_only)
        self._retranslate()

    def show_wrong(self, text: str) -> None:
        """What was asked for did not come about."""
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))
        self.setEnabled(True)
        self._ask(False)
        self.show_account(self.account)

    def _ask(self, asking: bool) -> None:
        for widget in (self._told, self._sure, self._stay):
            widget.setVisible(asking)
        self._out.setEnabled(not asking)
        if asking:
            self._stay.setFocus()

    def _leave(self) -> None:
        self.setEnabled(False)
        self.leaving_wanted.emit(self.account)

    def _retranslate(self) -> None:
        name, words = self._name.text(), self._words()
        self._read_only.setText(words.only_watch)
        self._out.setText(words.leave)
        self._told.setText(words.told)
        self._sure.setText(words.sure)
        self._stay.setText(words.stay)
        for widget, what in ((self._read_only, words.watch), (self._out, words.leave)):
            widget.setAccessibleName(f"{what}: {name}")

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
