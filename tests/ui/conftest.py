"""Qt off the screen, and one event loop for Qt and asyncio."""

import asyncio
import gc
import os
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from moderator_app import language
from moderator_app.ui import keys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

# The offscreen platform says so about every window and every popup; it is no fault of ours.
_NO_FAULT = pytest.mark.qt_log_ignore(
    r"This plugin does not support (propagateSizeHints|raise\(\)|grabbing the keyboard)"
)

Run = Callable[[Coroutine[Any, Any, None]], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(_NO_FAULT)


@pytest.fixture
def run(qapp: QApplication) -> Run:
    """Runs a coroutine in the event loop that the window uses."""
    from qasync import QEventLoop

    qapp.setQuitOnLastWindowClosed(False)

    def run_in_qt(work: Coroutine[Any, Any, None]) -> None:
        with asyncio.Runner(loop_factory=lambda: QEventLoop(qapp)) as runner:
            runner.run(work)

    return run_in_qt


@pytest.fixture(autouse=True)
def _garbage_here() -> Iterator[None]:
    """Collect where the widgets live: another thread that frees one ends the process."""
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    language.use("en")
    yield
    language.use("en")


@pytest.fixture(autouse=True)
def _usual_keys() -> Iterator[None]:
    keys.use(keys.BINDINGS)
    yield
    keys.use(keys.BINDINGS)
