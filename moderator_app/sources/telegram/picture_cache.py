"""A folder of pictures with a bound: what was not looked at for longest goes first."""

import asyncio
import logging
import os
from contextlib import suppress
from pathlib import Path

from moderator_app.domain.errors import Unreadable
from moderator_app.private_files import open_private, private_folder

log = logging.getLogger(__name__)


class PictureCache:
    """Made when it is first used; where the disk refuses, nothing is kept. `most` is in bytes."""

    def __init__(self, folder: Path, most: int) -> None:
        self._folder = folder
        self._most = most

    async def get(self, name: str) -> bytes | None:
        return await asyncio.to_thread(self._read, name)

    async def put(self, name: str, picture: bytes) -> None:
        try:
            await asyncio.to_thread(self._write, name, picture)
        except (OSError, Unreadable) as error:
            log.warning("picture not kept: %s", error)

    def _read(self, name: str) -> bytes | None:
        path = self._folder / name
        try:
            picture = path.read_bytes()
            # The time of a file's last change is here that of its last use.
            os.utime(path)
        except OSError:
            return None
        return picture

    def _write(self, name: str, picture: bytes) -> None:
        private_folder(self._folder)
        fresh = self._folder / f".{name}.{os.getpid()}.new"
        with open(fresh, "wb", opener=open_private) as file:
            file.write(picture)
        fresh.replace(self._folder / name)
        self._shrink()

    def _shrink(self) -> None:
        kept = []
        for path in self._folder.iterdir():
            with suppress(FileNotFoundError):
                known = path.stat()
                kept.append((known.st_mtime_ns, known.st_size, path))
        too_much = sum(size for _, size, _ in kept) - self._most
        for _, size, path in sorted(kept):
            if too_much <= 0:
                return
            path.unlink(missing_ok=True)
            too_much -= size
