"""The icon beside the clock, with the number of messages that wait; where alerts are shown and heard."""

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QWidget

from moderator_app.language import _, format_number, ngettext
from moderator_app.ui.icons import icon
from moderator_app.ui.theme import DARK

SIDE = 64
MOST = 99
SHOWN_MS = 10_000


class Tray(QObject):
    """`opened`: somebody wants to see the window. On desktops without a tray the window itself asks for attention."""

    opened = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._waiting = 0
        self._icon: QSystemTrayIcon | None = None
        self._menu = QMenu(window)
        self._open = self._menu.addAction("")
        self._open.triggered.connect(self.opened)

    def use(self, wanted: bool) -> None:
        """Show the icon, where the desktop has a place for it, or take it away."""
        if not wanted and self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None
        elif wanted and self._icon is None and QSystemTrayIcon.isSystemTrayAvailable():
            self._icon = QSystemTrayIcon(self)
            self._icon.setContextMenu(self._menu)
            self._icon.activated.connect(lambda _reason: self.opened.emit())
            self._icon.messageClicked.connect(self.opened)
            self.show_waiting(self._waiting)
            self._icon.show()

    def show_waiting(self, waiting: int) -> None:
        self._waiting = waiting
        self._open.setText(_("Show the console"))
        if self._icon is not None:
            text = ngettext("{count} waiting", "{count} waiting", waiting).format(count=format_number(waiting))
            name = _("Moderator's console")
            self._icon.setToolTip(f"{name}: {text}")
            self._icon.setIcon(counted(waiting))

    def tell(self, title: str, text: str) -> None:
        if self._icon is not None and QSystemTrayIcon.supportsMessages():
            self._icon.showMessage(title, text, QSystemTrayIcon.MessageIcon.Information, SHOWN_MS)
        else:
            QApplication.alert(self._window)

    def sound(self) -> None:
        QApplication.beep()

    def close_down(self) -> None:
        self.use(wanted=False)


def counted(waiting: int) -> QIcon:
    """The tray's icon with a number on it; without one where nothing waits."""
    pixmap = QPixmap(SIDE, SIDE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # A ground of its own: nobody knows the colour of the tray.
    painter.setBrush(QColor(DARK.window))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRect(0, 0, SIDE, SIDE), 12, 12)
    if waiting:
        text = str(waiting) if waiting <= MOST else f"{MOST}+"
        letters = QFont(QApplication.font())
        letters.setPixelSize(40 if len(text) < 3 else 28)
        letters.setBold(True)
        painter.setFont(letters)
        painter.setPen(QColor(DARK.warning))
        painter.drawText(pixmap.rect(), Qt.AlignmentFlag.AlignCenter, text)
    else:
        icon("inbox-line", DARK.text).paint(painter, pixmap.rect().adjusted(8, 8, -8, -8))
    painter.end()
    return QIcon(pixmap)
