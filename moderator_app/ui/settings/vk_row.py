"""One VK community that is watched: its name, whether it is only watched, and the way out."""

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from moderator_app.domain.accounts import Account
from moderator_app.language import _
from moderator_app.ui.names import named
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import foreign, label


class VkRow(QWidget):
    """Each signal carries the account; a removal is asked for twice."""

    read_only_wanted = Signal(object, bool)
    removal_wanted = Signal(object)

    def __init__(self, account: Account, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.account = account
        self._name = foreign(title=True, most=100)
        self._told, self._wrong = label(wrap=True), label(tone="danger", wrap=True)
        self._read_only, self._out = QCheckBox(), QPushButton()
        self._sure, self._stay = QPushButton(), QPushButton()
        middle, bottom = QHBoxLayout(), QHBoxLayout()
        middle.addWidget(self._read_only)
        middle.addStretch(1)
        middle.addWidget(self._out)
        bottom.addWidget(self._told, 1)
        bottom.addWidget(self._sure)
        bottom.addWidget(self._stay)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, GRID, 0, GRID)
        box.setSpacing(GRID)
        box.addWidget(self._name)
        box.addLayout(middle)
        box.addLayout(bottom)
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
        self.removal_wanted.emit(self.account)

    def _retranslate(self) -> None:
        name = self._name.text()
        self._read_only.setText(_("Only watch this community: nothing is carried out"))
        self._out.setText(_("Remove"))
        self._told.setText(_("Its tokens leave the keyring. Delete them on VK, too. What is stored here stays."))
        self._sure.setText(_("Really remove"))
        self._stay.setText(_("Go on watching"))
        for widget, what in ((self._read_only, _("Only watch")), (self._out, _("Remove"))):
            widget.setAccessibleName(f"{what}: {name}")

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
