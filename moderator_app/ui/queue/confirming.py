"""Asks once more before a decision that is no routine: in numbers, with a sample."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from moderator_app.domain.decision import Choice
from moderator_app.domain.reach import Reach
from moderator_app.language import _, choice_name
from moderator_app.ui.queue.reach_words import details, question


def ask(parent: QWidget, choice: Choice, reach: Reach, confirmed: Callable[[], object]) -> None:
    """Call `confirmed` if the moderator means it. Esc does not, nor does a key that is still held: the way out is the
    default.
    """
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(_("Please confirm"))
    box.setText(question(choice, reach))
    box.setInformativeText(details(reach))
    means = box.addButton(choice_name(choice), QMessageBox.ButtonRole.AcceptRole)
    leave = box.addButton(_("Leave it"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(leave)
    box.finished.connect(lambda _result: confirmed() if box.clickedButton() is means else None)
    box.open()
