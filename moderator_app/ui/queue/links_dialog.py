"""The addresses in a message, whole, before one of them is opened: a click on the text opens nothing."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QPushButton, QVBoxLayout, QWidget

from moderator_app.domain.message import Message
from moderator_app.language import _
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import foreign, label

_IN_TEXT = re.compile(r"https?://[^\s<>\"«»]+", re.IGNORECASE)
# What is opened at all; a program or a file never is.
_SCHEMES = frozenset({"http", "https"})
MOST = 20


def addresses_in(messages: Sequence[Message]) -> tuple[str, ...]:
    """Those written in the texts, hidden behind words, and attached; each once."""
    found: list[str] = []
    for message in messages:
        found += _IN_TEXT.findall(message.text)
        found += [link.address for link in message.links]
        found += [part.url for part in message.attachments if part.url]
    return tuple(dict.fromkeys(found))


def shown_address(address: str) -> str:
    """The address as it will be asked for: letters of other alphabets that look like Latin ones show what they are."""
    url = QUrl(address if "://" in address else f"https://{address}")
    return bytes(url.toEncoded().data()).decode("ascii", "replace")


class LinksDialog(QDialog):
    def __init__(self, parent: QWidget, addresses: Sequence[str]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Links in this message"))
        self.setMinimumWidth(64 * GRID)
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setHorizontalSpacing(GRID)
        for row, address in enumerate(addresses[:MOST]):
            shown = shown_address(address)
            grid.addWidget(foreign(shown, most=2000, longest=40), row, 0)
            for column, (name, act) in enumerate(((_("Open"), self._open), (_("Copy"), self._copy)), 1):
                button = QPushButton(name)
                button.setAutoDefault(False)
                button.setAccessibleName(f"{name}: {shown}")
                button.setEnabled(column == 2 or QUrl(shown).scheme() in _SCHEMES)
                button.clicked.connect(lambda _checked=False, act=act, shown=shown: act(shown))
                grid.addWidget(button, row, column)
        closing = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        closing.rejected.connect(self.reject)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        column_box.setSpacing(2 * GRID)
        if not addresses:
            column_box.addWidget(label(_("There is no link in it."), tone="muted"))
        column_box.addLayout(grid)
        column_box.addWidget(closing)
        closing.button(QDialogButtonBox.StandardButton.Close).setDefault(True)

    def _open(self, address: str) -> None:
        QDesktopServices.openUrl(QUrl(address))
        self.accept()

    def _copy(self, address: str) -> None:
        QGuiApplication.clipboard().setText(address)
