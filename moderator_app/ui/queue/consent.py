"""Asks once for each community whether warnings may be written there in the account's own name."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from moderator_app.language import _
from moderator_app.ui.names import named


def ask(parent: QWidget, communities: str, agreed: Callable[[], object]) -> None:
    """Call `agreed` if the moderator allows it; Esc does not."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(_("Warn the author"))
    box.setText(
        _(
            "A warning is a reply that your own account writes, for everybody to read. Warn in {communities} from now"
            " on?"
        ).format(communities=named(communities))
    )
    allow = box.addButton(_("Allow warnings here"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(_("Do not warn"), QMessageBox.ButtonRole.RejectRole)
    box.finished.connect(lambda _result: agreed() if box.clickedButton() is allow else None)
    box.open()
