"""Gathers what a reader yields into batches of bounded size."""

from enum import Enum, auto

from moderator_app.domain.importing import ImportBatch, ReadError
from moderator_app.domain.message import Community, CommunityKey, Join, Message


class Passed(Enum):
    """What a reader passes over: nothing to moderate, or a message the exporter itself could not write."""

    NOTHING = auto()
    UNSUPPORTED = auto()


Read = Message | Join | Community | ReadError | Passed

# In code points: ten messages of a megabyte each must not sit in one batch.
_LONGEST = 1_000_000


class Gathered:
    """What has been read since the batch before."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._messages: list[Message] = []
        self._joins: list[Join] = []
        self._communities: dict[CommunityKey, Community] = {}
        self._errors: list[ReadError] = []
        self._unsupported = 0
        self._count = 0
        self._length = 0

    def add(self, read: Read) -> None:
        self._count += 1
        if isinstance(read, Message):
            self._messages.append(read)
            self._length += _length(read)
        elif isinstance(read, Community):
            self._count -= 1
            if read.name or read.key not in self._communities:
                self._communities[read.key] = read
        elif isinstance(read, Join):
            self._joins.append(read)
        elif isinstance(read, ReadError):
            self._errors.append(read)
        elif read is Passed.UNSUPPORTED:
            self._unsupported += 1

    @property
    def full(self) -> bool:
        return self._count >= self._size or len(self._communities) >= self._size or self._length >= _LONGEST

    @property
    def empty(self) -> bool:
        return not (self._count or self._communities)

    def batch(self, bytes_read: int) -> ImportBatch:
        return ImportBatch(
            messages=tuple(self._messages),
            joins=tuple(self._joins),
            communities=tuple(self._communities.values()),
            unsupported=self._unsupported,
            errors=tuple(self._errors),
            bytes_read=bytes_read,
        )


def _length(message: Message) -> int:
    """In code points, with all that may be long."""
    length = len(message.text)
    for link in message.links:
        length += len(link.address)
    for part in message.attachments:
        length += len(part.url) + len(part.title)
    return length
