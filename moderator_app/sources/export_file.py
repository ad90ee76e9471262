"""Opens a file of messages, whatever its format, and reads it in batches."""

import codecs
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from moderator_app.domain.errors import Unreadable
from moderator_app.domain.importing import ImportBatch
from moderator_app.domain.message import Community, CommunityKey, Platform
from moderator_app.sources.batch import Gathered, Read
from moderator_app.sources.export_format import HEAD, ExportFormat, sniff
from moderator_app.sources.json_lines import read_json_lines
from moderator_app.sources.telegram_export import read_telegram_export

BATCH = 1000


class ExportFile:
    """A file whose format is known; an `Export`."""

    def __init__(self, path: Path, size: int, reader: Callable[[BinaryIO], Iterator[Read]], batch: int = BATCH) -> None:
        self._path = path
        self._size = size
        self._reader = reader
        self._batch = batch

    @property
    def name(self) -> str:
        return self._path.name

    @property
    def size(self) -> int:
        return self._size

    def batches(self) -> Iterator[ImportBatch]:
        try:
            file = self._path.open("rb")
        except OSError as error:
            raise _unreadable(self._path, error) from error
        with file:
            yield from self._batches(file)

    def _batches(self, file: BinaryIO) -> Iterator[ImportBatch]:
        gathered = Gathered(self._batch)
        broken: Unreadable | None = None
        try:
            for read in self._reader(file):
                gathered.add(read)
                if gathered.full:
                    yield gathered.batch(file.tell())
                    gathered = Gathered(self._batch)
        except Unreadable as error:
            broken = error
        except OSError as error:
            broken = _unreadable(self._path, error)
        if not gathered.empty:
            yield gathered.batch(file.tell())
        if broken:
            raise broken


def open_export(path: Path, batch: int = BATCH) -> ExportFile:
    """Find out what `path` is. Raises Unreadable for what is no file, cannot be read or holds no messages."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise Unreadable("import.directory", file=str(path))
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("import.not_a_file", file=str(path))
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise _unreadable(path, error) from error
    if not head.removeprefix(codecs.BOM_UTF8).strip() and len(head) < HEAD:
        raise Unreadable("import.empty", file=str(path))
    return ExportFile(path, status.st_size, _reader(path, head), batch)


def _reader(path: Path, head: bytes) -> Callable[[BinaryIO], Iterator[Read]]:
    match sniff(path, head):
        case ExportFormat.TELEGRAM:
            return lambda file: read_telegram_export(file, str(path))
        case ExportFormat.LINES:
            # Files without communities of their own must not overwrite each other's messages.
            # A name may hold bytes that are no text.
            name = os.fsencode(path.stem).decode(errors="replace")
            default = Community(CommunityKey(Platform.TELEGRAM, name), name)
            return lambda file: read_json_lines(file, default)
    raise Unreadable("import.not_an_export", file=str(path))


def _unreadable(path: Path, error: OSError) -> Unreadable:
    detail = os.strerror(error.errno) if error.errno else type(error).__name__
    return Unreadable("import.unreadable", file=str(path), detail=detail)
