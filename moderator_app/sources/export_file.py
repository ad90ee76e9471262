"""Opens a file of messages, whatever its format, and reads it in batches."""

import codecs
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from moderator_app.domain.errors import Unreadable
from moderator_app.domain.importing import ImportBatch
from moderator_app.domain.message import Community, CommunityKey, Platform
from moderator_app.sources.batch import Gathered, Read
from moderator_app.sources.encoding import foreign_encoding
from moderator_app.sources.export_format import HEAD, ExportFormat, sniff
from moderator_app.sources.json_lines import read_json_lines
from moderator_app.sources.telegram_export import read_telegram_export

BATCH = 1500


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file whose format is known; an `Export`. It may be sent to the process that reads it."""

    path: Path
    size: int
    format: ExportFormat
    batch: int = BATCH

    @property
    def name(self) -> str:
        return self.path.name

    def batches(self) -> Iterator[ImportBatch]:
        try:
            file = self.path.open("rb")
        except OSError as error:
            raise _unreadable(self.path, error) from error
        with file:
            yield from self._batches(file)

    def _batches(self, file: BinaryIO) -> Iterator[ImportBatch]:
        gathered = Gathered(self.batch)
        broken: Unreadable | None = None
        try:
            for read in self._read(file):
                gathered.add(read)
                if gathered.full:
                    yield gathered.batch(file.tell())
                    gathered = Gathered(self.batch)
        except Unreadable as error:
            broken = error
        except OSError as error:
            broken = _unreadable(self.path, error)
        if not gathered.empty:
            yield gathered.batch(file.tell())
        if broken:
            raise broken

    def _read(self, file: BinaryIO) -> Iterator[Read]:
        if self.format is ExportFormat.TELEGRAM:
            return read_telegram_export(file, str(self.path))
        # Files without communities of their own must not overwrite each other's messages.
        # A name may hold bytes that are no text.
        name = os.fsencode(self.path.stem).decode(errors="replace")
        return read_json_lines(file, Community(CommunityKey(Platform.TELEGRAM, name), name))


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
    if encoding := foreign_encoding(head):
        raise Unreadable("import.encoding", file=str(path), encoding=encoding)
    if not head.removeprefix(codecs.BOM_UTF8).strip() and len(head) < HEAD:
        raise Unreadable("import.empty", file=str(path))
    found = sniff(path, head)
    if found is None:
        raise Unreadable("import.not_an_export", file=str(path))
    return ExportFile(path, status.st_size, found, batch)


def _unreadable(path: Path, error: OSError) -> Unreadable:
    detail = os.strerror(error.errno) if error.errno else type(error).__name__
    return Unreadable("import.unreadable", file=str(path), detail=detail)
