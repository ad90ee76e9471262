"""Where things lie: the data folder of a run and the bundled resources."""

import sys
from pathlib import Path

import platformdirs

from moderator_app.private_files import is_read_only, private_folder

APPLICATION = "moderator-app"


def profile(folder: Path | None = None) -> Path:
    """The data folder of this run, made private: `folder`, or the platform's place for user data.

    Raises Unreadable when it cannot be created or belongs to someone else.
    """
    return private_folder(chosen(folder))


def profile_to_read(folder: Path | None = None) -> Path:
    """The same for a run that changes nothing there, which a read-only folder will do for."""
    wanted = chosen(folder)
    return wanted if is_read_only(wanted) else private_folder(wanted)


def chosen(folder: Path | None) -> Path:
    """Where the data folder of this run lies, made or not."""
    return (folder or default_profile()).expanduser().absolute()


def default_profile() -> Path:
    """The platform's place for user data, made or not."""
    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False))


def resources() -> Path:
    """The folder with icons, translations and samples: in a bundle, an installed package or a checkout."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle) / "resources"
    package = Path(__file__).resolve().parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"
