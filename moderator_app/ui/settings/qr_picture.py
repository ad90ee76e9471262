"""A QR code on the screen, dark on light in every theme: cameras read it no other way."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from moderator_app.qr_code import modules

# Pixels of one module: a phone held before the screen reads it at an arm's length.
_MODULE = 5
# Of the codes that Telegram's addresses give: the room is kept before the first one comes.
_USUAL_MODULES = 37


class QrPicture(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[bool, ...], ...] = ()
        self.url = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_url(self, url: str) -> None:
        """Draw the code of `url`; nothing for an empty one."""
        self.url = url
        self._rows = modules(url) if url else ()
        self.updateGeometry()
        self.update()

    # Qt

    def sizeHint(self) -> QSize:
        side = _MODULE * (len(self._rows) or _USUAL_MODULES)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._rows:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        for top, row in enumerate(self._rows):
            for left, dark in enumerate(row):
                if dark:
                    painter.fillRect(_MODULE * left, _MODULE * top, _MODULE, _MODULE, Qt.GlobalColor.black)
