"""Files and folders that nobody but their owner can read, whatever the umask."""

import os
import stat
from pathlib import Path

from moderator_app.domain.errors import Refused, Unreadable

_FOLDER_RIGHTS = 0o700
_FILE_RIGHTS = 0o600


def private_folder(folder: Path) -> Path:
    """Create `folder`, or tighten an existing one. Raises Unreadable when it cannot be made the owner's alone.

    A folder that its owner made read-only stays so.
    """
    if _is_everybodys(folder):
        raise Unreadable("profile.shared", path=str(folder))
    try:
        folder.mkdir(mode=_FOLDER_RIGHTS, parents=True, exist_ok=True)
        if rights(folder) & ~_FOLDER_RIGHTS:
            folder.chmod(rights(folder) & _FOLDER_RIGHTS)
    except (FileExistsError, NotADirectoryError):
        raise Unreadable("profile.not_a_folder", path=str(folder)) from None
    except OSError as error:
        raise Unreadable("profile.no_access", path=str(folder), reason=reason(error)) from error
    return folder


def is_read_only(folder: Path) -> bool:
    """Whether this user can look into an existing folder, but change nothing in it."""
    return folder.is_dir() and os.access(folder, os.R_OK | os.X_OK) and not os.access(folder, os.W_OK)


def _is_everybodys(folder: Path) -> bool:
    """A place that others rely on: closing it to them would break more than it protects."""
    try:
        if folder.resolve() in (Path("/"), Path.home().resolve()):
            return True
        return os.name == "posix" and bool(folder.stat().st_mode & stat.S_IWOTH)
    except (OSError, RuntimeError):
        return False


def open_private(path: str | os.PathLike[str], flags: int) -> int:
    """An opener: `open(path, "w", opener=open_private)` makes the file, new or old, the owner's alone."""
    descriptor = os.open(path, flags, _FILE_RIGHTS)
    if os.name == "posix":
        os.fchmod(descriptor, _FILE_RIGHTS)
    return descriptor


def tighten(path: Path) -> None:
    """Make an existing file the owner's alone; one that is gone, or not ours, stays as it is."""
    try:
        path.chmod(_FILE_RIGHTS)
    except OSError:
        return


def replace_file(path: Path, content: str) -> None:
    """Write `path` whole or not at all, even if the power fails. Raises Refused when the disk does not take it."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with open(fresh, "w", encoding="utf-8", opener=open_private) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise Refused("files.not_written", path=str(path), reason=reason(error)) from error


def rights(path: Path) -> int:
    """The permission bits: 0o700."""
    return path.stat().st_mode & 0o777


def reason(error: OSError) -> str:
    """The operating system's own words."""
    return error.strerror or str(error)
