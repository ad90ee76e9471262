"""An X server of its own with a keyboard layout, and keys struck on it from outside the program."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

TOOLS = ("Xvfb", "setxkbmap", "xdotool")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
LAYOUTS = ("us", "ru", "ru,us", "us,ru")
PATIENCE = 30.0

# Keycodes of X11: places on the board, not letters.
LETTERS = {"a": 38, "d": 40, "e": 26, "i": 31, "m": 58, "r": 27, "s": 39}
A, D, E, J, K, N, R, T, X, Z = 38, 40, 26, 44, 45, 57, 27, 28, 53, 52
ONE, TWO, THREE, SEVEN, SLASH = 10, 11, 12, 16, 61
ENTER, BACKSPACE = 36, 22
# A number below ten is taken for a digit.
ESCAPE = "Escape"


@dataclass
class Screen:
    display: str

    def run(self, *command: str) -> str:
        environment = os.environ | {"DISPLAY": self.display}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout.strip()

    def strike(self, *keys: str | int) -> None:
        self.run("xdotool", "key", "--clearmodifiers", *map(str, keys))

    def hold(self, key: int, seconds: float) -> None:
        self.run("xdotool", "keydown", str(key), "sleep", str(seconds), "keyup", str(key))

    def strike_until(self, effect: Callable[[], object], key: str | int) -> None:
        """Strike until the window, which may still be loading, shows the effect."""
        end = time.monotonic() + PATIENCE
        while not effect():
            assert time.monotonic() < end, f"{key} does nothing"
            self.strike(key)
            time.sleep(1.0)

    def windows(self, title: str) -> list[str]:
        return self.run("xdotool", "search", "--onlyvisible", "--name", title).split()

    def focus(self, title: str) -> None:
        """Give the focus by hand: there is no window manager."""
        end = time.monotonic() + PATIENCE
        while not (windows := self.windows(title)):
            assert time.monotonic() < end, f"no window {title}"
            time.sleep(0.1)
        self.run("xdotool", "windowfocus", "--sync", windows[0])


@contextmanager
def screen_with(layout: str) -> Iterator[Screen]:
    reading, writing = os.pipe()
    # Without -noreset the layout would be forgotten when setxkbmap leaves, and the test would pass falsely.
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-noreset", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as number:
            made = Screen(f":{number.readline().strip()}")
        made.run("setxkbmap", "-layout", layout)
        assert f"layout:     {layout}" in made.run("setxkbmap", "-query")
        yield made
    finally:
        server.terminate()
        server.wait()
