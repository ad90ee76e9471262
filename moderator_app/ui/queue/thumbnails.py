"""Keeps small pictures of the current card and the next few in memory; nothing ever waits for one."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader

from moderator_app.domain.errors import ModeratorError, TryLater
from moderator_app.domain.message import Message, MessageKey
from moderator_app.moderation.pictures import Pictures
from moderator_app.ui.notices import explain
from moderator_app.ui.queue.attachment_words import PICTURED
from moderator_app.ui.tasks import Tasks

AT_ONCE = 2
# Decoded pictures: some eighty of them.
MOST_BYTES = 48 * 1024 * 1024
LONGEST_SIDE = 640
LEAST_SECONDS, MOST_SECONDS = 1.0, 3600.0

# A file that claims to be larger is no thumbnail; decoding it would fill the memory.
_LARGEST_SIDE = 4096
_FORMATS = frozenset({b"jpeg", b"png", b"webp"})


class Look(StrEnum):
    LOADING = "loading"
    SHOWN = "shown"
    NONE = "none"
    REFUSED = "refused"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Picture:
    """`why` says in words what stands against it: REFUSED for good, OFFLINE until it is tried again by itself."""

    look: Look
    image: QImage | None = None
    why: str = ""


class Place(NamedTuple):
    """The attachment with this number of a message; `id` is the attachment's, which an edit may exchange."""

    key: MessageKey
    number: int
    id: str


def places(messages: Iterable[Message]) -> tuple[Place, ...]:
    """What there may be pictures of, in the order in which it was sent."""
    return tuple(
        Place(message.key, number, attachment.id)
        for message in messages
        for number, attachment in enumerate(message.attachments)
        if attachment.kind in PICTURED
    )


_LOADING = Picture(Look.LOADING)


class Thumbnails(QObject):
    """`changed` carries a Place whose picture is another now."""

    changed = Signal(object)

    def __init__(self, pictures: Pictures, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures, self._tasks = pictures, tasks
        self._kept: OrderedDict[Place, Picture] = OrderedDict()
        self._failed: dict[Place, Picture] = {}
        self._looked_at: frozenset[Place] = frozenset()
        self._wanted: list[Place] = []
        self._running: set[Place] = set()

    def get(self, place: Place) -> Picture:
        return self._kept.get(place) or self._failed.get(place) or _LOADING

    def want(self, wanted: Sequence[Place]) -> None:
        """Fetch these in their order, as far as they are not in memory; what was wanted before no longer is."""
        self._looked_at = frozenset(wanted)
        # Looked at anew it is tried anew.
        self._failed = {place: picture for place, picture in self._failed.items() if place in self._looked_at}
        for place in wanted:
            if place in self._kept:
                self._kept.move_to_end(place)
        self._wanted = [place for place in dict.fromkeys(wanted) if self._is_missing(place)]
        self._go_on()

    @property
    def bytes_kept(self) -> int:
        return sum(picture.image.sizeInBytes() for picture in self._kept.values() if picture.image is not None)

    def _is_missing(self, place: Place) -> bool:
        return place not in self._kept and place not in self._failed and place not in self._running

    def _go_on(self) -> None:
        while self._wanted and len(self._running) < AT_ONCE:
            place = self._wanted.pop(0)
            self._running.add(place)
            self._tasks.start(self._fetch(place))

    async def _fetch(self, place: Place) -> None:
        try:
            self._keep(place, await self._picture(place))
        except TryLater as later:
            self._fail(place, Picture(Look.OFFLINE, why=explain(later)))
            seconds = min(max(later.seconds, LEAST_SECONDS), MOST_SECONDS)
            QTimer.singleShot(round(seconds * 1000), self, lambda: self._again(place))
        except ModeratorError as error:
            self._fail(place, Picture(Look.REFUSED, why=explain(error)))
        except Exception:
            self._fail(place, Picture(Look.NONE))
            raise
        finally:
            self._running.discard(place)
            self._go_on()

    async def _picture(self, place: Place) -> Picture:
        found = await self._pictures.thumbnail(place.key, place.number)
        image = None if found is None else await asyncio.to_thread(decoded, found)
        return Picture(Look.NONE) if image is None else Picture(Look.SHOWN, image)

    def _keep(self, place: Place, picture: Picture) -> None:
        self._failed.pop(place, None)
        self._kept[place] = picture
        while self.bytes_kept > MOST_BYTES:
            self._kept.popitem(last=False)
        self.changed.emit(place)

    def _fail(self, place: Place, picture: Picture) -> None:
        if place in self._looked_at:
            self._failed[place] = picture
            self.changed.emit(place)

    def _again(self, place: Place) -> None:
        """What it looks like stays until there is an answer."""
        if place in self._failed and place not in self._running:
            self._wanted.append(place)
            self._go_on()


def decoded(data: bytes) -> QImage | None:
    """The picture in a file's contents, no larger than a card needs; None where it is none that may be trusted."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    if bytes(reader.format().data()) not in _FORMATS:
        return None
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > _LARGEST_SIDE:
        return None
    if max(size.width(), size.height()) > LONGEST_SIDE:
        reader.setScaledSize(size.scaled(QSize(LONGEST_SIDE, LONGEST_SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    reader.setAutoTransform(True)
    image = reader.read()
    return None if image.isNull() else image
