"""Keyrings that tests look into."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

# Where a FileKeyring keeps its secrets, for a process that a test starts.
FILE = "TEST_KEYRING_FILE"


class MemoryKeyring(KeyringBackend):
    """Passes for one that encrypts; never chosen by itself."""

    priority = -1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


class FileKeyring(MemoryKeyring):
    """`environment` leads another process to it."""

    def __init__(self) -> None:
        super().__init__()
        # One is made in every process that looks for a keyring.
        self._path = Path(os.environ.get(FILE, "nowhere"))
        self.kept = read_file(self._path)

    def set_password(self, service: str, username: str, password: str) -> None:
        super().set_password(service, username, password)
        self._write()

    def delete_password(self, service: str, username: str) -> None:
        super().delete_password(service, username)
        self._write()

    def _write(self) -> None:
        self._path.write_text(json.dumps([[*name, secret] for name, secret in self.kept.items()]))


def environment(path: Path) -> dict[str, str]:
    """The variables that let another process keep its secrets in `path`."""
    root = str(Path(__file__).parent.parent)
    return {FILE: str(path), "PYTHON_KEYRING_BACKEND": f"{__name__}.FileKeyring", "PYTHONPATH": root}


def read_file(path: Path) -> dict[tuple[str, str], str]:
    """What a FileKeyring has kept."""
    return {(service, name): secret for service, name, secret in json.loads(path.read_text())} if path.exists() else {}


@contextmanager
def in_memory() -> Iterator[MemoryKeyring]:
    """A keyring of one's own for a while."""
    before, mine = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(mine)
    try:
        yield mine
    finally:
        keyring.set_keyring(before)
