"""Garbage is collected in the window's thread, and in no other."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from moderator_app.ui.garbage import Garbage


class Looped(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.me = self


def test_no_other_thread_frees_a_qt_object(qtbot: QtBot) -> None:
    garbage = Garbage()
    try:
        freed = weakref.ref(Looped())
        thread = threading.Thread(target=lambda: [[[] for _cell in range(50)] for _row in range(2000)])
        thread.start()
        thread.join()
        assert freed() is not None
        garbage.collect()
        assert freed() is None
    finally:
        garbage.stop()


def test_python_collects_again_afterwards(qtbot: QtBot) -> None:
    before = gc.isenabled()
    Garbage().stop()
    assert gc.isenabled()
    if not before:
        gc.disable()
