"""Tries whether Qt can open a window here, in a process of its own: a Qt that cannot ends its process."""

import json
import os
import sys
import tempfile
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from moderator_app.language import _

_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Trial:
    """What the child process saw. `complaint` is Qt's own, empty when the window opened.

    `fonts` counts the families that have Russian letters.
    """

    version: str = ""
    platform: str = ""
    fonts: int = 0
    complaint: str = ""


def has_screen() -> bool:
    """Whether a window would be seen, or Qt was told explicitly where to draw."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def run() -> Trial:
    """Open a window in a child process, off the screen where there is none. Imports no Qt into this process."""
    with tempfile.TemporaryDirectory() as folder:
        answer, complaints = Path(folder, "answer"), Path(folder, "complaints")
        child = get_context("spawn").Process(target=_open_window, args=(str(answer), str(complaints), has_screen()))
        child.start()
        child.join(_SECONDS)
        code = child.exitcode
        if code is None:
            child.kill()
            child.join()
        child.close()
        if answer.exists():
            return Trial(**json.loads(answer.read_text(encoding="utf-8")))
        return Trial(complaint=_telling_line(complaints) or _silence(code))


def _silence(code: int | None) -> str:
    """What can be said of a process that said nothing itself."""
    if not sys.executable:
        # As where Python lies in a folder that is closed to this user.
        return _("this user cannot start Python anew, because its path cannot be found out")
    if code is None:
        return _("no answer within {seconds} seconds").format(seconds=round(_SECONDS))
    return _("the process ended with code {code} and without a word").format(code=code)


def _open_window(answer: str, complaints: str, screen: bool) -> None:
    """In the child: Qt's complaints go to a file, so that they can be told in one line."""
    descriptor = os.open(complaints, os.O_WRONLY | os.O_CREAT, 0o600)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    if not screen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import qVersion
    from PySide6.QtGui import QFontDatabase, QGuiApplication
    from PySide6.QtWidgets import QApplication, QWidget

    application = QApplication(["doctor"])
    window = QWidget()
    window.winId()
    fonts = len(QFontDatabase.families(QFontDatabase.WritingSystem.Cyrillic))
    seen = {"version": qVersion(), "platform": QGuiApplication.platformName(), "fonts": fonts}
    Path(answer).write_text(json.dumps(seen), encoding="utf-8")
    window.close()
    application.quit()


def _telling_line(complaints: Path) -> str:
    """The line that names the fault: the last one of a traceback, the first one of Qt's."""
    if not complaints.exists():
        return ""
    lines = [line.strip() for line in complaints.read_text(encoding="utf-8", errors="replace").splitlines()]
    lines = [line for line in lines if line]
    if not lines:
        return ""
    return lines[-1] if any(line.startswith("Traceback") for line in lines) else lines[0]
