"""The labelled sample decided by keys alone, struck from outside the window, under four keyboard layouts."""

import asyncio
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from moderator_app.app import DATABASE
from moderator_app.domain.decision import Choice
from moderator_app.domain.history import HistoryLine
from moderator_app.moderation.history import History
from moderator_app.storage.database import Database
from tests.benchmarks import figures
from tests.benchmarks.console_sample import Labelled, sample
from tests.benchmarks.console_struck import Struck, struck
from tests.ui.screen import ENTER, ESCAPE, LAYOUTS, LETTERS, MISSING, ONE, SLASH, A, D, E, N, R, Screen, T, screen_with

KEYS = {
    Choice.DISMISS: (A,),
    Choice.DELETE: (D,),
    Choice.DELETE_BAN: (R,),
    Choice.DELETE_MUTE: (T, D, E, ENTER),
}
# Beside every so many decisions there is a slip, of one kind after the other.
SLIP_EVERY, FEW = 8, 40
ARM_SECONDS = 0.16
HELD_SECONDS = 1.0
# What a key did that should do nothing would show by then.
_LOOK_SECONDS = 0.3
_TYPED = [LETTERS[letter] for letter in "dread"]
_SUGGESTED_WELL = 0.8


def run(folder: Path, short: bool = False) -> None:
    figures.heading("The labelled sample by keys alone")
    if MISSING:
        figures.fact("not measured", f"not installed: {', '.join(MISSING)}")
        return
    for number, layout in enumerate(LAYOUTS[:1] if short else LAYOUTS):
        print(f"  layout {layout}", flush=True)
        with screen_with(layout) as screen, struck(screen, folder / str(number)) as window:
            _Hand(screen, window).decide_all(FEW if short else None)
            asyncio.run(_account(folder / str(number), window))


class _Hand:
    """A moderator who decides each card as it should be, and whose fingers slip now and then."""

    def __init__(self, screen: Screen, window: Struck) -> None:
        self._screen, self._window = screen, window
        self._labelled = {each.id: each for each in sample(datetime.now(UTC))}
        self._strokes: list[int] = []
        self._seconds: list[float] = []
        self._suggested: Counter[tuple[str, bool]] = Counter()
        self._slips: Counter[str] = Counter()

    def decide_all(self, most: int | None) -> None:
        count = most or len(self._labelled)
        card = self._window.next_card()
        for number in range(1, count + 1):
            labelled = self._labelled[card.message]
            self._suggested[labelled.kind, card.suggested == labelled.wanted] += 1
            slip = number % SLIP_EVERY == 0
            began = time.monotonic()
            self._wait_until_armed(card.at, labelled)
            if slip and number < count:
                self._slip_beside(labelled)
            else:
                self._screen.strike(*KEYS[labelled.wanted])
            self._window.intended[labelled.id] = labelled.wanted
            self._strokes.append(len(KEYS[labelled.wanted]))
            if number < count:
                card = self._window.next_card()
                if not slip:
                    self._seconds.append(time.monotonic() - began)
        self._tell()

    def _wait_until_armed(self, shown: float, labelled: Labelled) -> None:
        if labelled.wanted is not Choice.DISMISS:
            time.sleep(max(0.0, shown + ARM_SECONDS - time.monotonic()))

    def _slip_beside(self, labelled: Labelled) -> None:
        """Decide, and do besides what must do nothing: the decision itself is none of the slips."""
        keys, kinds = KEYS[labelled.wanted], ("held", "typed in the search", "typed in a note", "too early")
        kind = kinds[self._slips.total() % len(kinds)]
        if kind == "held" and len(keys) > 1:
            kind = "too early"
        self._slips[kind] += 1
        if kind == "held":
            self._screen.hold(keys[0], HELD_SECONDS)
        elif kind == "too early":
            # Both destructive ones, before anybody could have seen the next card.
            self._screen.strike(*keys, D, R)
        elif kind == "typed in the search":
            self._screen.strike(SLASH, *_TYPED)
            self._screen.strike(f"ctrl+{ONE}")
            self._screen.strike(*keys)
        else:
            self._screen.strike(N, *_TYPED)
            self._screen.strike(ESCAPE)
            self._screen.strike(*keys)
        time.sleep(_LOOK_SECONDS)

    def _tell(self) -> None:
        figures.fact("  keystrokes a decision", f"{sum(self._strokes) / len(self._strokes):.2f}")
        figures.fact("  decisions a minute, without any reading", f"{60 * len(self._seconds) / sum(self._seconds):.0f}")
        by_kind = Counter[str]()
        for (kind, _), count in self._suggested.items():
            by_kind[kind] += count
        for kind, count in sorted(by_kind.items()):
            figures.fact(f"  {kind}", f"{self._suggested[kind, True]} of {count} suggested as wanted")
        right = sum(count for (_, well), count in self._suggested.items() if well)
        figures.least("  suggested as wanted", right / self._suggested.total(), "", _SUGGESTED_WELL)
        figures.fact("  slips", ", ".join(f"{kind} {count}" for kind, count in sorted(self._slips.items())))


async def _account(profile: Path, window: Struck) -> None:
    """Read the history, and what was carried out, and print what is not as it should be."""
    wanted = {id: choice for id, choice in window.intended.items() if choice.kinds}
    window.wait_for(lambda: len(window.performed) >= len(wanted))
    database = await asyncio.to_thread(Database, profile / DATABASE)
    try:
        lines = await History(database).page(limit=1000)
    finally:
        await asyncio.to_thread(database.close)
    decided = Counter(line.key.message for line in lines)
    slipped = [line for line in lines if not _meant(line, window)]
    wrong = sum(1 for id in window.intended if decided[id] != 1) + len(slipped)
    carried = {id: {kind.value for kind in choice.kinds} for id, choice in wanted.items()}
    figures.bound("  wrong outcomes in the history", wrong, "", 0)
    figures.bound("  messages to which another thing was done", _unlike(carried, window.performed), "", 0)
    destructive = sum(line.decision.choice.confirms for line in slipped)
    doubled = sum(count - 1 for count in decided.values())
    figures.bound("  destructive actions by slips", destructive + doubled, "", 0)


def _meant(line: HistoryLine, window: Struck) -> bool:
    return window.intended.get(line.key.message) is line.decision.choice and line.decision.undone is None


def _unlike(wanted: dict[str, set[str]], done: dict[str, set[str]]) -> int:
    return sum(wanted.get(id) != done.get(id) for id in wanted.keys() | done.keys())
