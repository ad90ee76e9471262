"""The window of `console_window` in a process of its own, and what it tells."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

from moderator_app.domain.decision import Choice
from tests.ui.screen import Screen

PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Shown:
    """A card that was painted; `at` is of `time.monotonic`, which all processes of a machine share."""

    message: str
    suggested: Choice
    at: float


class Struck:
    """`intended` is what the hand meant to decide, `performed` which kinds of actions were done to which message."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._cards: Queue[Shown] = Queue()
        self.found: frozenset[str] = frozenset()
        self.intended: dict[str, Choice] = {}
        self.performed: dict[str, set[str]] = {}
        threading.Thread(target=self._listen, daemon=True).start()

    def next_card(self) -> Shown:
        """The one on the screen, when it is none that was decided: what came and went in between is passed over."""
        card = self._cards.get(timeout=PATIENCE)
        while card.message in self.intended or not self._cards.empty():
            card = self._cards.get(timeout=PATIENCE)
        return card

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Wait; what has not happened after a while is found missing later."""
        end = time.monotonic() + PATIENCE
        while not condition() and time.monotonic() < end:
            time.sleep(0.1)

    def close(self) -> None:
        """Have the window closed as its button does it."""
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        self._process.wait(PATIENCE)

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            told = json.loads(line)
            if "card" in told:
                self._cards.put(Shown(told["card"], Choice(told["suggested"]), told["at"]))
            elif "performed" in told:
                self.performed.setdefault(told["message"], set()).add(told["performed"])
            else:
                self.found = frozenset(told["found"])


@contextmanager
def struck(screen: Screen, profile: Path) -> Iterator[Struck]:
    """Open the window on the sample, with the keys in its hands; close it in the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.console_window", str(profile)],
        env=os.environ | {"DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        window = Struck(process)
        screen.focus("Moderator's console")
        yield window
        window.close()
    finally:
        process.terminate()
        process.wait()
