"""Where things lie: the data folder of a run and the bundled resources."""

import os
import sys
from pathlib import Path

import platformdirs

from moderator_app.domain.errors import Unreadable

APPLICATION = "moderator-app"
_PRIVATE_FOLDER = 0o700
_PRIVATE_FILE = 0o600


def profile(folder: Path | None = None) -> Path:
    """The data folder of this run, private to its owner: `folder`, or the platform's place for user data.

    Raises Unreadable when it cannot be created or belongs to someone else.
    """
    chosen = folder or Path(platformdirs.user_data_dir(APPLICATION, appauthor=False))
    return private_folder(chosen.expanduser().absolute())


def private_folder(folder: Path) -> Path:
    """Create `folder`, or tighten an existing one, so that nobody but its owner can look inside."""
    try:
        folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        if folder.stat().st_mode & 0o777 != _PRIVATE_FOLDER:
            folder.chmod(_PRIVATE_FOLDER)
    except FileExistsError:
        raise Unreadable("profile.not_a_folder", path=str(folder)) from None
    except OSError as error:
        raise Unreadable("profile.no_access", path=str(folder), reason=error.strerror or str(error)) from error
    return folder


def open_private(path: str | os.PathLike[str], flags: int) -> int:
    """An opener for `open(..., opener=open_private)`: the file is the owner's alone, whatever the umask."""
    descriptor = os.open(path, flags, _PRIVATE_FILE)
    if os.name == "posix":
        os.fchmod(descriptor, _PRIVATE_FILE)
    return descriptor


def tighten(path: Path) -> None:
    """Make an existing file the owner's alone; a file that is not there, or not ours, stays as it is."""
    try:
        path.chmod(_PRIVATE_FILE)
    except OSError:
        return


def resources() -> Path:
    """The folder with icons, translations and samples: in a bundle, an installed package or a checkout."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle) / "resources"
    package = Path(__file__).resolve().parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"
