"""What a file of messages yields, and the port through which it is read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, Self

from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.message import Community, Join, Message
from moderator_app.domain.verdict import Parameter


@dataclass(frozen=True, slots=True)
class ReadError:
    """One line or message that could not be read while the rest could.

    `place` is the number of a line, or COMMUNITY/MESSAGE with the platform's ids; where a message has no usable id,
    "#17" counts from the first message of the community. A chat left out is named, or numbered as "chat #3".
    """

    place: str | int
    text_id: str
    parameters: tuple[tuple[str, Parameter], ...] = ()

    @classmethod
    def of(cls, place: str | int, error: ModeratorError) -> Self:
        return cls(place, error.text_id, tuple(error.parameters.items()))


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """What was read since the batch before. `bytes_read` counts from the beginning of the file."""

    messages: tuple[Message, ...] = ()
    joins: tuple[Join, ...] = ()
    communities: tuple[Community, ...] = ()
    unsupported: int = 0
    errors: tuple[ReadError, ...] = ()
    bytes_read: int = 0


class Export(Protocol):
    """A file of messages. Reading it blocks: it belongs in a thread."""

    @property
    def name(self) -> str:
        """The file's name, for people."""

    @property
    def size(self) -> int:
        """In bytes, as `ImportBatch.bytes_read` counts them."""

    def batches(self) -> Iterator[ImportBatch]:
        """Read from the beginning. Raises Unreadable where the file breaks off, after all before it was yielded."""
