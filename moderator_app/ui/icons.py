"""Icons of one family, drawn from the Remix font that QtAwesome bundles.

QtAwesome itself is not imported: that costs 0.13 s at start and pulls QtOpenGL in; the font alone loads in 1 ms.
"""

import importlib.util
import json
from functools import cache
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPixmap

SIZE = 16
_SCALES = (1.0, 1.5, 2.0, 3.0)


def icon(name: str, color: str, after: int = 0) -> QIcon:
    """The Remix icon `name` ("file-upload-line") in one colour; an empty icon where the font is missing.

    `after` pixels stay free at its right: Qt sets the words of a button closer than the eye likes.
    """
    made = QIcon()
    if _family():
        for scale in _SCALES:
            made.addPixmap(_pixmap(_letters()[name], color, scale, after))
    return made


def _pixmap(letter: str, color: str, scale: float, after: int) -> QPixmap:
    pixmap = QPixmap(round((SIZE + after) * scale), round(SIZE * scale))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    font = QFont(_family())
    font.setPixelSize(SIZE)
    painter = QPainter(pixmap)
    painter.setFont(font)
    painter.setPen(QColor(color))
    painter.drawText(QRectF(0, 0, SIZE, SIZE), Qt.AlignmentFlag.AlignCenter, letter)
    painter.end()
    return pixmap


@cache
def _family() -> str:
    folder = _fonts()
    found = next(folder.glob("remixicon-webfont*.ttf"), None) or next(folder.glob("remixicon-[0-9]*.ttf"), None)
    number = QFontDatabase.addApplicationFont(str(found)) if found else -1
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else ""


@cache
def _letters() -> dict[str, str]:
    charmap = next(_fonts().glob("remixicon-charmap-*.json"))
    return {name: chr(int(code, 16)) for name, code in json.loads(charmap.read_text("utf-8")).items()}


def _fonts() -> Path:
    found = importlib.util.find_spec("qtawesome")
    return Path(found.origin).parent / "fonts" if found and found.origin else Path()
