"""The learned score of a text: how much it resembles known spam and known toxic texts."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from moderator_app.judging.learned.grams import ROWS, SHORTEST, VERSION, Grams, grams_of

Scores = npt.NDArray[np.float64]
Table = npt.NDArray[np.complex64]

# The columns of all tables and scores.
SPAM, TOXICITY = 0, 1

# A short text weighs as if it were by so many signs longer: a word alone is hardly an advert.
_DAMPING = np.array([60, 5], np.float32)

# A batch whose arrays fit a processor's cache is hashed several times faster than a larger one.
_BATCH = 40_000
# A long text is judged by its windows, as many as bound the cost, the last one among them.
WINDOW = 400
_STRIDE = 300
_MOST_WINDOWS = 16


@dataclass(frozen=True, slots=True)
class Added:
    """What is laid upon the shipped weights: `weights[i]` is added to row `rows[i]`, `intercepts` to the intercepts.

    The format of what a profile learns from its moderators' decisions. Rows may repeat; their weights add up.
    """

    rows: npt.NDArray[np.uint32]
    weights: npt.NDArray[np.float32]
    intercepts: npt.NDArray[np.float32]

    def save(self, path: Path) -> None:
        with path.open("wb") as file:
            np.savez(file, version=VERSION, rows=self.rows, weights=self.weights, intercepts=self.intercepts)

    @staticmethod
    def load(path: Path) -> "Added | None":
        """None when the file was written for other n-grams than today's."""
        with np.load(path, allow_pickle=False) as stored:
            if int(stored["version"]) != VERSION:
                return None
            return Added(stored["rows"], stored["weights"], stored["intercepts"])


class Learned:
    """Weights for every n-gram. `table` holds spam's as real parts and toxicity's as imaginary ones."""

    def __init__(self, table: Table, intercepts: npt.NDArray[np.float64]) -> None:
        self._table = table
        self._intercepts = intercepts

    @staticmethod
    def load(folder: Path) -> "Learned":
        """Read what `save` wrote. Raises ValueError when it was made for other n-grams."""
        card = json.loads((folder / "weights.json").read_text(encoding="utf-8"))
        weights = np.load(folder / "weights.npy", mmap_mode="r", allow_pickle=False)
        if card["version"] != VERSION or weights.shape != (ROWS, 2):
            raise ValueError(f"{folder}: weights of version {card['version']}, expected {VERSION}")
        return Learned(joined(weights), np.array(card["intercepts"], np.float64))

    def save(self, folder: Path) -> None:
        """Write the weights with half the precision, which costs no quality, and no code that runs when loaded."""
        weights = np.stack([self._table.real, self._table.imag], axis=1).astype(np.float16)
        np.save(folder / "weights.npy", weights, allow_pickle=False)
        card = {"version": VERSION, "intercepts": [round(float(value), 6) for value in self._intercepts]}
        (folder / "weights.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")

    def with_added(self, added: Added) -> "Learned":
        """The same model with `added` laid upon it."""
        table = self._table.copy()
        np.add.at(table, added.rows, joined(added.weights))
        table[0] = 0
        return Learned(table, self._intercepts + added.intercepts)

    def scores(self, texts: Sequence[str]) -> Scores:
        """The probabilities of SPAM and TOXICITY for each of the folded `texts`, as rows of two; 0 for blank ones."""
        return probabilities(self.margins(texts))

    def margins(self, texts: Sequence[str]) -> Scores:
        """The same as logarithms of the odds."""
        margins = np.full((len(texts), 2), -np.inf)
        for indices, windows in _batches(texts):
            np.maximum.at(margins, indices, self._sums(grams_of(windows)) + self._intercepts)
        return margins

    def spoken(self, text: str, column: int) -> tuple[int, npt.NDArray[np.float64]]:
        """How much each sign of the folded `text` spoke for `column`; the n-grams' weights are shared by their signs.

        Of a long text only the window that spoke most, and where it begins.
        """
        windows = _windows(text)
        if not windows:
            return 0, np.zeros(len(text))
        grams = grams_of([window for _, window in windows])
        sums = self._sums(grams)
        most = int(np.argmax(sums[:, column]))
        start, window = windows[most]
        return start, self._spoken(window, grams if len(windows) == 1 else grams_of([window]), column)

    def _spoken(self, window: str, grams: Grams, column: int) -> npt.NDArray[np.float64]:
        by_place = np.zeros(len(grams.rows[0]))
        for order, rows in enumerate(grams.rows, SHORTEST):
            weights = self._table.take(rows)
            shares = (weights.real if column == SPAM else weights.imag) / order
            by_place += np.convolve(shares, np.ones(order))[: len(shares)]
        at = np.flatnonzero(grams.kept) - 1
        inside = (at >= 0) & (at < len(window))
        spoken = np.zeros(len(window))
        spoken[at[inside]] = by_place[inside]
        return spoken

    def _sums(self, grams: Grams) -> Scores:
        total = self._table.take(grams.rows[0])
        for rows in grams.rows[1:]:
            total += self._table.take(rows)
        summed = np.add.reduceat(total, grams.starts)
        return np.stack([summed.real / scale(grams, SPAM), summed.imag / scale(grams, TOXICITY)], axis=1)


def scale(grams: Grams, column: int) -> npt.NDArray[np.float32]:
    """What the sum of a text's weights is divided by."""
    return np.asarray(np.sqrt(grams.counts + _DAMPING[column]))


def probabilities(margins: Scores) -> Scores:
    """The logistic function."""
    with np.errstate(over="ignore"):
        return np.asarray(1 / (1 + np.exp(-margins)))


@cache
def shipped() -> Learned:
    """The weights that come with the program."""
    from moderator_app.paths import resources

    return Learned.load(resources() / "learned")


def joined(weights: npt.NDArray[np.floating]) -> Table:
    table = np.empty(len(weights), np.complex64)
    table.real, table.imag = weights[:, SPAM], weights[:, TOXICITY]
    return table


def _batches(texts: Sequence[str]) -> Iterator[tuple[list[int], list[str]]]:
    """The windows of all `texts` that are not blank, in batches, each window with the index of its text."""
    indices: list[int] = []
    windows: list[str] = []
    size = 0
    for index, text in enumerate(texts):
        for _, window in _windows(text):
            indices.append(index)
            windows.append(window)
            size += len(window)
        if size >= _BATCH:
            yield indices, windows
            indices, windows, size = [], [], 0
    if windows:
        yield indices, windows


def _windows(text: str) -> list[tuple[int, str]]:
    """What is judged of `text` with where it begins: all of it, or windows of a long one, the last among them."""
    if len(text) <= WINDOW:
        return [(0, text)] if text and not text.isspace() else []
    starts = [*range(0, len(text) - WINDOW, _STRIDE)[: _MOST_WINDOWS - 1], len(text) - WINDOW]
    return [(start, text[start : start + WINDOW]) for start in starts]
