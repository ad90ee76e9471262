"""One attachment as a small picture, or as what stands in its place."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from moderator_app.domain.message import Attachment
from moderator_app.language import _
from moderator_app.settings import Veil
from moderator_app.ui.icons import SIZE, icon
from moderator_app.ui.names import as_tip
from moderator_app.ui.queue.attachment_words import badge, described, kind_icon, kind_name, title
from moderator_app.ui.queue.thumbnails import Look, Picture
from moderator_app.ui.theme import GRID, tokens

_ROUND = 4
# A blurred picture keeps so many dots a side: enough to tell a meadow from a face, not more.
_DOTS = 10
_WIDEST, _NARROWEST = 3.0, 0.5


class PictureTile(QAbstractButton):
    """Checked, it is shown large."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._attachment = Attachment("")
        self._picture = Picture(Look.LOADING)
        self._veil = Veil.NONE
        self._veiled: QImage | None = None
        self.setCheckable(True)
        # A click must not take the keys away from the list.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_attachment(self, attachment: Attachment, picture: Picture, veil: Veil) -> None:
        self._attachment, self._picture, self._veil = attachment, picture, veil
        self._veiled = None if picture.image is None else veiled(picture.image, veil)
        self.setEnabled(picture.look is Look.SHOWN)
        self.retranslate()
        self.update()

    @property
    def picture(self) -> Picture:
        return self._picture

    @property
    def is_veiled(self) -> bool:
        """Whether less is shown than there is."""
        return self._veil is not Veil.NONE and not (self.underMouse() or self.hasFocus() or self.isChecked())

    @property
    def says(self) -> str:
        """The words in the tile."""
        if self._picture.look is Look.SHOWN:
            return badge(self._attachment)
        return "\n".join(filter(None, (kind_name(self._attachment.kind), title(self._attachment), self._state())))

    def width_for(self, height: int) -> int:
        image = self._picture.image
        if image is None:
            return round(height * 1.5)
        return round(height * min(max(image.width() / image.height(), _NARROWEST), _WIDEST))

    def retranslate(self) -> None:
        state = self._picture.why or self._state()
        told = ": ".join(filter(None, (described(self._attachment), state)))
        self.setAccessibleName(told)
        self.setToolTip(as_tip(told))

    def _state(self) -> str:
        match self._picture.look:
            case Look.LOADING:
                return _("loading…")
            case Look.NONE:
                return _("no preview")
            case Look.REFUSED:
                return _("cannot be shown")
            case Look.OFFLINE:
                return _("no connection")
        return ""

    # Qt

    def sizeHint(self) -> QSize:
        return QSize(12 * GRID, 12 * GRID)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        path = QPainterPath()
        path.addRoundedRect(self.rect().adjusted(1, 1, -1, -1), _ROUND, _ROUND)
        colors = tokens(self.palette())
        painter.save()
        painter.setClipPath(path)
        painter.fillPath(path, colors.color("window"))
        shown = self._veiled if self.is_veiled else self._picture.image
        if shown is not None:
            painter.drawImage(_inside(shown.size(), self.rect()), shown)
            self._draw_badge(painter)
        else:
            self._draw_words(painter)
        painter.restore()
        painter.setPen(colors.color("accent" if self.hasFocus() else "line"))
        painter.drawPath(path)
        painter.end()

    def _draw_badge(self, painter: QPainter) -> None:
        if not (text := badge(self._attachment)):
            return
        metrics = self.fontMetrics()
        line = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, self.width() - 3 * GRID)
        height = metrics.height() + 4
        room = QRect(GRID // 2, self.height() - height - GRID // 2, metrics.horizontalAdvance(line) + GRID, height)
        ground = QPainterPath()
        ground.addRoundedRect(room, _ROUND, _ROUND)
        # The same on every picture and in both themes: light on dark (13:1).
        painter.fillPath(ground, QColor(20, 23, 28, 215))
        painter.setPen(QColor("#FFFFFF"))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, line)

    def _draw_words(self, painter: QPainter) -> None:
        colors = tokens(self.palette())
        lines = self.says.split("\n")
        metrics = self.fontMetrics()
        height = SIZE + GRID // 2 + len(lines) * metrics.height()
        top = (self.height() - height) // 2
        sign = icon(self._sign(), colors.muted)
        sign.paint(painter, QRect(0, top, self.width(), SIZE), Qt.AlignmentFlag.AlignCenter)
        for number, line in enumerate(lines):
            is_state = line == self._state()
            tone = "warning" if self._picture.look in (Look.REFUSED, Look.OFFLINE) else "muted"
            painter.setPen(colors.color(tone if is_state else "text"))
            shown = metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, self.width() - 2 * GRID)
            place = QRect(0, top + SIZE + GRID // 2 + number * metrics.height(), self.width(), metrics.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)

    def _sign(self) -> str:
        signs = {Look.REFUSED: "forbid-line", Look.OFFLINE: "wifi-off-line"}
        return signs.get(self._picture.look, kind_icon(self._attachment.kind))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


def veiled(image: QImage, veil: Veil) -> QImage:
    """The picture as those see it who have chosen to be spared."""
    if veil is Veil.GREYSCALE:
        return image.convertToFormat(QImage.Format.Format_Grayscale8)
    if veil is Veil.BLUR:
        smooth = Qt.TransformationMode.SmoothTransformation
        dots = image.scaled(QSize(_DOTS, _DOTS), Qt.AspectRatioMode.KeepAspectRatio, smooth)
        return dots.scaled(image.size(), Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    return image


def _inside(size: QSize, room: QRect) -> QRect:
    """Where a picture of this size stands whole in the middle of `room`."""
    fitting = size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    corner = QPoint((room.width() - fitting.width()) // 2, (room.height() - fitting.height()) // 2)
    return QRect(room.topLeft() + corner, fitting)
