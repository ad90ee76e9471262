"""Folders that cannot be written, also where the tests run as root, whom rights do not bind."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

# Root without these is bound by rights like everybody else.
_POWERS = "-dac_override,-dac_read_search"
_WITHOUT = ("setpriv", f"--bounding-set={_POWERS}", f"--inh-caps={_POWERS}")


def bound_by_rights() -> tuple[str, ...]:
    """Words before a command that make rights hold for it; skips where there are none."""
    if os.name != "posix":
        pytest.skip("rights are something else here")
    if os.geteuid() != 0:
        return ()
    if not _can_drop_powers():
        pytest.skip("this root cannot do without its powers")
    return _WITHOUT


@cache
def _can_drop_powers() -> bool:
    if shutil.which(_WITHOUT[0]) is None:
        return False
    return subprocess.run([*_WITHOUT, "true"], capture_output=True, check=False).returncode == 0


@contextmanager
def frozen(folder: Path, *, files: bool = True) -> Iterator[None]:
    """The folder, and with `files` what lies in it, without the right to write; nothing of it changes."""
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    rights = {path: path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())}
    for path, mode in rights.items():
        if files or path == folder:
            path.chmod(mode & 0o500)
    try:
        yield
        assert folder.stat().st_mode & 0o777 == 0o500
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    finally:
        for path, mode in rights.items():
            path.chmod(mode)
