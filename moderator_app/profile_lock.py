"""The lock of the one process that holds a profile's sources and outbox; it dies with the process."""

import os
from pathlib import Path

from filelock import FileLock, Timeout

from moderator_app.private_files import tighten

_ASKING_SECONDS = 0.2


class ProfileLock:
    def __init__(self, profile: Path) -> None:
        self._holder = profile / "holder.txt"
        path = profile / "sources.lock"
        self._lock = FileLock(path, mode=0o600)

    def take(self, role: str) -> bool:
        """Hold the sources as `role`, "window" or "collect". False when another process does."""
        try:
            # A command that only asks who holds it has it for a moment too.
            self._lock.acquire(timeout=_ASKING_SECONDS, poll_interval=0.01)
        except Timeout:
            return False
        self._holder.write_text(f"{role} {os.getpid()}", encoding="utf-8")
        tighten(self._holder)
        return True

    @property
    def is_held(self) -> bool:
        """Whether this process holds the sources."""
        return self._lock.is_locked

    def holder(self) -> str:
        """Who holds the sources, as "window 4711"; "" when nobody does."""
        if self._lock.is_locked:
            return self._read()
        try:
            self._lock.acquire(timeout=_ASKING_SECONDS, poll_interval=0.01)
        except Timeout:
            return self._read()
        self._lock.release()
        return ""

    def release(self) -> None:
        self._lock.release()

    def _read(self) -> str:
        try:
            return self._holder.read_text(encoding="utf-8")
        except OSError:
            return ""
