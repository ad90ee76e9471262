"""The steps of a sign-in: keys of the application, QR code or phone number, code, password."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from moderator_app.domain.accounts import ApplicationKeys, CodeSent, CodeWay, PasswordAsked
from moderator_app.language import _, format_number
from moderator_app.sign_in_words import KEYS_ADDRESS, another_code, code_sent, how_to_get_keys, how_to_scan
from moderator_app.ui.settings.qr_picture import QrPicture
from moderator_app.ui.settings.sign_in_step import SignInStep
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label


class Kind(StrEnum):
    PHONE = "phone"
    QR = "qr"
    CODE = "code"
    ANOTHER_CODE = "another_code"
    PASSWORD = "password"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person wants next; `text` may be a secret."""

    kind: Kind
    text: str = ""

    def __repr__(self) -> str:
        return f"Answer({self.kind})"


class KeysStep(SignInStep):
    """`answered` carries ApplicationKeys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id, self._hash = self.add_field(), self.add_field(secret=True)
        self._page = QPushButton()
        self._page.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(KEYS_ADDRESS)))
        self._id_name, self._hash_name = label("api_id"), label("api_hash")
        self._id.setAccessibleName("api_id")
        self._hash.setAccessibleName("api_hash")
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.box.addWidget(self.told)
        self.add_row(self._page)
        for widget in (self._id_name, self._id, self._hash_name, self._hash, self.wrong):
            self.box.addWidget(widget)
        self.add_row(self.go_on)
        self.box.addStretch(1)
        self.retranslate()

    def answer(self) -> None:
        if not self._id.text().strip():
            self._id.setFocus()
        elif not self._hash.text().strip():
            self._hash.setFocus()
        else:
            self.answered.emit(ApplicationKeys(self._id.text().strip(), self._hash.text().strip()))

    def retranslate(self) -> None:
        self.told.setText(how_to_get_keys())
        self._page.setText(_("Open the page"))
        self.go_on.setText(_("Continue"))


class WayStep(SignInStep):
    """By QR code or by phone: `answered` carries an Answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = QrPicture()
        self._stale, self._again = label(tone="danger", wrap=True), QPushButton()
        self._name = label(title=True)
        self._phone = self.add_field()
        self._name.setBuddy(self._phone)
        codes = QVBoxLayout()
        for widget in (self.picture, self._stale, self._again):
            codes.addWidget(widget)
        codes.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(GRID)
        for field in (self.told, self._name, self._phone, self.wrong):
            words.addWidget(field)
        words.insertSpacing(1, 2 * GRID)
        buttons = QHBoxLayout()
        buttons.addWidget(self.go_on)
        buttons.addStretch(1)
        words.addLayout(buttons)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(3 * GRID)
        row.addLayout(codes)
        row.addLayout(words, 1)
        self.box.addLayout(row)
        self.box.addStretch(1)
        self._again.clicked.connect(lambda: self.answered.emit(Answer(Kind.QR)))
        self.retranslate()
        self.show_stale("")

    def begin(self) -> None:
        super().begin()
        self.picture.show_url("")
        self.show_stale("")

    def show_stale(self, why: str) -> None:
        """The code in view will not do, or there is none."""
        self._stale.setText(why)
        for widget in (self._stale, self._again):
            widget.setVisible(bool(why))
        self.picture.setVisible(not why)

    def answer(self) -> None:
        if self._phone.text().strip():
            self.answered.emit(Answer(Kind.PHONE, self._phone.text()))

    def retranslate(self) -> None:
        self.told.setText(how_to_scan())
        self.picture.setAccessibleName(_("QR code"))
        self._again.setText(_("New QR code"))
        self._name.setText(_("Or by phone number"))
        self._phone.setAccessibleName(_("Phone number"))
        self._phone.setPlaceholderText(_("With country code"))
        self.go_on.setText(_("Send a code"))


class CodeStep(SignInStep):
    """`answered` carries an Answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sent = CodeSent(CodeWay.APP)
        self._left = 0
        self._code, self._another, self._back = self.add_field(), QPushButton(), QPushButton()
        for widget in (self.told, self._code, self.wrong):
            self.box.addWidget(widget)
        self.add_row(self.go_on, self._another, self._back)
        self.box.addStretch(1)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._count)
        self._another.clicked.connect(lambda: self.answered.emit(Answer(Kind.ANOTHER_CODE)))
        self._back.clicked.connect(lambda: self.answered.emit(Answer(Kind.QR)))
        self.retranslate()

    def show_sent(self, sent: CodeSent) -> None:
        self._sent, self._left = sent, sent.resend_seconds
        if self._left > 0:
            self._timer.start()
        self.retranslate()

    def wait(self, waiting: bool) -> None:
        super().wait(waiting)
        self._back.setEnabled(not waiting)
        self._another.setEnabled(not waiting and self._left <= 0)

    def answer(self) -> None:
        if self._code.text().strip():
            self.answered.emit(Answer(Kind.CODE, self._code.text()))

    def retranslate(self) -> None:
        self.told.setText(code_sent(self._sent))
        self._code.setAccessibleName(_("Code"))
        self.go_on.setText(_("Sign in"))
        self._back.setText(_("Another number or QR code"))
        self._name_another()

    def _count(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._timer.stop()
            self._another.setEnabled(self.go_on.isEnabled())
        self._name_another()

    def _name_another(self) -> None:
        text = another_code(self._sent)
        if self._left > 0:
            text = _("{what} in {seconds} s").format(what=text, seconds=format_number(self._left))
        self._another.setText(text)


class PasswordStep(SignInStep):
    """`answered` carries an Answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = ""
        self._password = self.add_field(secret=True)
        for widget in (self.told, self._password, self.wrong):
            self.box.addWidget(widget)
        self.add_row(self.go_on)
        self.box.addStretch(1)
        self.retranslate()

    def show_asked(self, asked: PasswordAsked) -> None:
        self._hint = asked.hint
        self.retranslate()

    def answer(self) -> None:
        if self._password.text():
            self.answered.emit(Answer(Kind.PASSWORD, self._password.text()))

    def retranslate(self) -> None:
        told = _("The account has two-step verification. Type its password.")
        if self._hint:
            told += " " + _("Hint: {hint}").format(hint=self._hint)
        self.told.setText(told)
        self._password.setAccessibleName(_("Password of two-step verification"))
        self.go_on.setText(_("Sign in"))
