"""The keys under real keyboard layouts: a real window on a real X server, struck from outside."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from moderator_app import paths
from moderator_app.app import DATABASE
from moderator_app.domain.decision import Choice
from moderator_app.moderation.history import History
from moderator_app.storage.database import Database
from tests.ui.screen import (
    BACKSPACE,
    LAYOUTS,
    LETTERS,
    MISSING,
    ONE,
    PATIENCE,
    SEVEN,
    SLASH,
    THREE,
    TWO,
    A,
    D,
    J,
    K,
    R,
    Screen,
    X,
    Z,
    screen_with,
)

TITLE = "Moderator's console"

pytestmark = pytest.mark.skipif(
    bool(MISSING) and os.environ.get("CI") != "true", reason=f"not installed: {', '.join(MISSING)}"
)


@dataclass
class Console:
    screen: Screen
    profile: Path

    def decided(self) -> list[Choice]:
        """What stands decided in the database, oldest first."""
        return asyncio.run(_standing(self.profile / DATABASE))

    def reasons(self) -> list[str]:
        return asyncio.run(_reasons(self.profile / DATABASE))

    def comes_to(self, *choices: Choice) -> None:
        until(lambda: self.decided() == list(choices), f"{self.decided()} instead of {choices}")


@pytest.fixture(params=LAYOUTS)
def screen(request: pytest.FixtureRequest) -> Iterator[Screen]:
    assert not MISSING, f"CI needs {', '.join(MISSING)}"
    with screen_with(request.param) as made:
        yield made


@pytest.fixture
def console(screen: Screen, tmp_path: Path) -> Iterator[Console]:
    profile = paths.profile(tmp_path / "profile")
    environment = os.environ | {"DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.window_process", str(profile)],
        env=environment,
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    try:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        screen.focus(TITLE)
        yield Console(screen, profile)
        program.send_signal(signal.SIGTERM)
        assert program.wait(5.0) == 0
    finally:
        program.kill()
        program.communicate()


def test_keys_work_by_their_place_on_the_board(console: Console) -> None:
    screen = console.screen
    screen.strike_until(lambda: console.decided() == [Choice.DELETE], D)
    screen.strike(A)
    console.comes_to(Choice.DELETE, Choice.DISMISS)
    screen.strike(f"ctrl+{Z}")
    console.comes_to(Choice.DELETE)
    screen.strike("Escape")
    console.comes_to()
    screen.strike(J)
    time.sleep(0.3)
    screen.strike(R)
    console.comes_to(Choice.DELETE_BAN)
    screen.strike(BACKSPACE)
    console.comes_to()


def test_a_key_held_down_decides_once(console: Console) -> None:
    screen = console.screen
    screen.strike_until(lambda: console.decided() == [Choice.DELETE], D)
    screen.hold(D, 1.5)
    console.comes_to(Choice.DELETE, Choice.DELETE)


def test_a_question_mark_opens_the_keys_where_the_layout_has_it(console: Console) -> None:
    screen = console.screen
    russian_first = screen.run("setxkbmap", "-query").split("layout:")[1].strip().startswith("ru")
    for strike in (f"shift+{SEVEN if russian_first else SLASH}", "F1"):
        screen.strike_until(lambda: screen.windows("^Keys$"), strike)
        screen.focus("^Keys$")
        screen.strike(D)
        screen.strike("Escape")
        until(lambda: not screen.windows("^Keys$"), "the sheet does not close")
        screen.focus(TITLE)
    assert console.decided() == []


def test_the_palette_opens_finds_and_decides_under_every_layout(console: Console) -> None:
    screen, commands = console.screen, "^Commands$"
    # The window has loaded once a decision could be made.
    screen.strike_until(lambda: console.decided() == [Choice.DELETE], D)
    screen.strike_until(lambda: screen.windows(commands), f"ctrl+{K}")
    screen.focus(commands)
    # Typed by the places of the letters: under a Russian layout these are others, and found all the same.
    screen.strike(*(LETTERS[letter] for letter in "dismiss"))
    screen.strike("Return")
    until(lambda: not screen.windows(commands), "the palette does not close")
    screen.run("xdotool", "windowfocus", "--sync", screen.windows("Moderator's console")[0])
    console.comes_to(Choice.DELETE, Choice.DISMISS)
    screen.strike(f"ctrl+{Z}")
    console.comes_to(Choice.DELETE)
    screen.strike_until(lambda: screen.windows(commands), f"ctrl+{K}")
    screen.focus(commands)
    screen.strike("Escape")
    until(lambda: not screen.windows(commands), "the palette does not close")


def test_digits_choose_reasons_and_pages_and_a_selection_is_decided_as_one(console: Console) -> None:
    screen = console.screen
    screen.strike_until(lambda: console.decided() == [Choice.DELETE], D)
    screen.strike(TWO)
    until(lambda: console.reasons() == ["Advertising"], f"{console.reasons()}")
    # Another page and back: letters decide nothing there.
    screen.strike(f"ctrl+{THREE}")
    screen.strike(A)
    screen.strike(f"ctrl+{ONE}")
    screen.strike(X)
    screen.strike(f"shift+{J}")
    time.sleep(0.3)
    screen.strike(A)
    console.comes_to(Choice.DELETE, Choice.DISMISS, Choice.DISMISS)
    screen.strike(f"ctrl+{Z}")
    console.comes_to(Choice.DELETE)


def until(condition: Callable[[], object], complaint: str) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, complaint
        time.sleep(0.1)


async def _standing(path: Path) -> list[Choice]:
    database = Database(path)
    try:
        lines = await History(database).page()
    finally:
        database.close()
    return [line.decision.choice for line in reversed(lines) if line.decision.undone is None]


async def _reasons(path: Path) -> list[str]:
    database = Database(path)
    try:
        lines = await History(database).page()
    finally:
        database.close()
    return [line.decision.reason for line in lines if line.decision.undone is None]
