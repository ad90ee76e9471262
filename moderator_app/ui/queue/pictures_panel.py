"""The small pictures of what a message carries, in rows as wide as the card."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from moderator_app.domain.message import Message
from moderator_app.language import _, format_number, ngettext
from moderator_app.settings import Veil
from moderator_app.ui.queue.attachment_words import described
from moderator_app.ui.queue.picture_tile import PictureTile
from moderator_app.ui.queue.thumbnails import Place, Thumbnails, places
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label

MOST_TILES = 12
ALONE, SMALL, LARGE = 24 * GRID, 13 * GRID, 36 * GRID
_GAP = GRID


class PicturesPanel(QWidget):
    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._veil = Veil.NONE
        self._tiles: list[PictureTile] = []
        self._messages: tuple[Message, ...] = ()
        self._places: tuple[Place, ...] = ()
        self._rest = label(tone="muted")
        self._rest.setParent(self)
        thumbnails.changed.connect(self._take)
        self.hide()

    def show_messages(self, messages: Sequence[Message]) -> None:
        """The pictures of a message, or of those that were sent as one."""
        found = places(messages)
        if found != self._places:
            for tile in self._tiles:
                tile.setChecked(False)
        self._messages, self._places = tuple(messages), found
        while len(self._tiles) < min(len(found), MOST_TILES):
            self._add_tile()
        for number, tile in enumerate(self._tiles):
            tile.setVisible(number < len(found))
        for place in found[:MOST_TILES]:
            self._fill(place)
        self._retranslate()
        self.setVisible(bool(found))
        self._arrange()

    def use_veil(self, veil: Veil) -> None:
        """Show pictures as those see them who have chosen to be spared."""
        self._veil = veil
        for place in self._places[:MOST_TILES]:
            self._fill(place)

    @property
    def tiles(self) -> list[PictureTile]:
        """Those in use."""
        return self._tiles[: len(self._places)]

    def _add_tile(self) -> None:
        tile = PictureTile(self)
        tile.toggled.connect(self._arrange)
        self._tiles.append(tile)

    def _fill(self, place: Place) -> None:
        tile = self._tiles[self._places.index(place)]
        attachment = next(one.attachments[place.number] for one in self._messages if one.key == place.key)
        tile.show_attachment(attachment, self._thumbnails.get(place), self._veil)

    def _take(self, place: Place) -> None:
        if place in self._places[:MOST_TILES]:
            self._fill(place)
            self._arrange()

    def _arrange(self) -> None:
        """Fill lines from the left; as high as they need."""
        width, x, y, line = self.width(), 0, 0, 0
        small = ALONE if len(self._places) == 1 else SMALL
        for tile in self.tiles:
            height = LARGE if tile.isChecked() else small
            wide = min(tile.width_for(height), width)
            if x and x + wide > width:
                x, y, line = 0, y + line + _GAP, 0
            tile.setGeometry(QRect(x, y, wide, height))
            x, line = x + wide + _GAP, max(line, height)
        bottom = y + line
        if not self._rest.isHidden():
            self._rest.setGeometry(0, bottom + _GAP, width, self._rest.sizeHint().height())
            bottom += _GAP + self._rest.sizeHint().height()
        if self.height() != bottom:
            self.setFixedHeight(bottom)

    def _retranslate(self) -> None:
        rest = len(self._places) - MOST_TILES
        self._rest.setVisible(rest > 0)
        if rest > 0:
            self._rest.setText(ngettext("and {count} more", "and {count} more", rest).format(count=format_number(rest)))
        for tile in self.tiles:
            tile.retranslate()
        kinds = [described(each) for message in self._messages for each in message.attachments]
        self.setAccessibleName(_("Attached: {kinds}").format(kinds=", ".join(kinds[:MOST_TILES])))

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
