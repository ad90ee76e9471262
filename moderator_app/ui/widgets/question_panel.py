"""Shows what a platform asks a human, and takes the answer: a page for the browser, a picture, a field."""

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from moderator_app.domain.ports import Question
from moderator_app.language import _, sentence
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import foreign, label

FIELD_WIDTH = 30 * GRID


class QuestionPanel(QWidget):
    """`answered` carries what was typed; nothing where the browser's page was enough."""

    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question: Question | None = None
        self._told, self._address = label(tone="warning", wrap=True), foreign(most=300)
        self._picture, self._field = QLabel(), QLineEdit()
        self._open, self._go_on = QPushButton(), QPushButton()
        self.setProperty("panel", True)
        self.setProperty("rule", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._field.setMaximumWidth(FIELD_WIDTH)
        row = QHBoxLayout()
        for widget in (self._open, self._picture, self._field, self._go_on):
            row.addWidget(widget)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        box.setSpacing(GRID)
        for line in (self._told, self._address):
            box.addWidget(line)
        box.addLayout(row)
        self._open.clicked.connect(self._browse)
        self._go_on.clicked.connect(self._answer)
        self._field.returnPressed.connect(self._answer)
        self._retranslate()
        self.hide()

    def show_question(self, question: Question | None) -> None:
        self._question = question
        self.setVisible(question is not None)
        self.setEnabled(True)
        self._field.clear()
        self._picture.clear()
        self._picture.hide()
        if question is not None:
            self._address.setText(question.address)
            self._address.setVisible(bool(question.address))
            self._open.setVisible(bool(question.address))
            self._field.setVisible(bool(question.address or question.picture))
            self._retranslate()

    def show_picture(self, picture: bytes) -> None:
        shown = QPixmap()
        if shown.loadFromData(picture):
            self._picture.setPixmap(shown)
            self._picture.show()

    def _browse(self) -> None:
        if self._question is not None:
            QDesktopServices.openUrl(QUrl(self._question.address))
            self._field.setFocus()

    def _answer(self) -> None:
        self.setEnabled(False)
        self.answered.emit(self._field.text().strip())

    def _retranslate(self) -> None:
        self._open.setText(_("Open in the browser"))
        self._go_on.setText(_("Go on"))
        self._picture.setAccessibleName(_("The picture of the question"))
        words = _("What the picture shows; or the address of the last page in the browser, if it gives one")
        self._field.setPlaceholderText(words)
        self._field.setAccessibleName(words)
        if self._question is not None:
            self._told.setText(sentence(self._question.text_id, dict(self._question.parameters)))

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
