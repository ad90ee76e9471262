"""Garbage is collected in the window's thread, and in no other."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from moderator_app.ui.garbage import ALL_EVERY, MOST_NEW, Garbage


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


def test_what_comes_in_masses_is_gone_through_once(qtbot: QtBot) -> None:
    garbage = Garbage()
    try:
        freed = weakref.ref(Looped())
        before = gc.get_freeze_count()
        kept = [[number] for number in range(2 * MOST_NEW)]
        garbage.collect()
        assert gc.get_freeze_count() - before >= len(kept)
        assert freed() is None
        garbage.collect()
        assert gc.get_count()[2] > 0
    finally:
        garbage.stop()


def test_the_oldest_garbage_is_looked_for_after_many_rounds_but_not_while_somebody_does_without(qtbot: QtBot) -> None:
    def rounds() -> list[int]:
        looked_for: list[int] = []
        for _ in range(2 * ALL_EVERY):
            garbage.collect()
            if gc.get_count()[2] == 0:
                looked_for.append(2)
        return looked_for

    garbage = Garbage()
    usual = gc.get_threshold()
    try:
        gc.set_threshold(*usual[:2], 1_000_000)
        assert rounds() == []
        gc.set_threshold(*usual)
        assert rounds()
    finally:
        gc.set_threshold(*usual)
        garbage.stop()
