"""What the steps of a sign-in have in common: fields that Enter answers, and what was wrong with the answer."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label

FIELD_WIDTH = 40 * GRID


class SignInStep(QWidget):
    """`answered` carries what was typed, as the step says."""

    answered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = label(wrap=True)
        self.wrong = label(tone="danger", wrap=True)
        self.go_on = QPushButton()
        self.go_on.setDefault(True)
        self.fields: list[QLineEdit] = []
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(GRID)
        self.go_on.clicked.connect(self.answer)

    def begin(self) -> None:
        """Shown anew: empty, with the hand on the first field."""
        for field in self.fields:
            field.clear()
        self.show_wrong("")
        self.wait(False)

    def wait(self, waiting: bool) -> None:
        """While Telegram is asked, nothing can be answered."""
        for widget in (*self.fields, self.go_on):
            widget.setEnabled(not waiting)
        if not waiting and self.fields and self.isVisible():
            self.fields[0].setFocus()

    def show_wrong(self, text: str) -> None:
        """Why the last answer will not do; it stands in the field, to be mended."""
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))
        if text and self.fields:
            self.fields[0].selectAll()

    def answer(self) -> None:
        raise NotImplementedError

    def retranslate(self) -> None:
        raise NotImplementedError

    def add_field(self, *, secret: bool = False) -> QLineEdit:
        """A field that Enter answers."""
        field = QLineEdit()
        field.setMaximumWidth(FIELD_WIDTH)
        if secret:
            field.setEchoMode(QLineEdit.EchoMode.Password)
        field.returnPressed.connect(self.answer)
        self.fields.append(field)
        return field

    def add_row(self, *widgets: QWidget) -> None:
        row = QHBoxLayout()
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        self.box.addLayout(row)

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
