"""The learned score of a text: how much it resembles known spam and known toxic texts."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from moderator_app.judging.learned import SPAM, TOXICITY
from moderator_app.judging.learned.grams import ROWS, VERSION, Grams, grams_of

Scores = npt.NDArray[np.float64]
Table = npt.NDArray[np.complex64]

# A short text weighs as if it were by so many signs longer: a word alone is hardly an advert.
_DAMPING = np.array([60, 8], np.float32)

# What is weaker says nothing at all.
_SILENCE = 1e-9
# A word is named when it spoke at least so much of what all words for the score did together.
_LEAST_SHARE = 0.08
# A batch whose arrays fit a processor's cache is hashed several times faster than a larger one.
_BATCH = 40_000
# A long text is judged by its windows: they overlap up to some 30,000 signs; of a longer one so many are spread evenly.
WINDOW = 400
_STRIDE = 300
MOST_WINDOWS = 100

# What has no word of letters insults nobody.
_WORD = re.compile(r"[^\W\d_]{2}")


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
        return self.read(texts).margins

    def read(self, texts: Sequence[str]) -> "Reading":
        """Score the folded `texts` and keep what is needed to tell why."""
        margins = np.full((len(texts), 2), -np.inf)
        places: list[list[tuple[_Page, int]]] = [[] for _ in texts]
        for windows in _batches(texts):
            page = self._page(windows)
            indices = [window.text for window in windows]
            np.maximum.at(margins, indices, page.margins)
            for number, index in enumerate(indices):
                places[index].append((page, number))
        return Reading(margins, places)

    def _page(self, windows: "list[_Window]") -> "_Page":
        grams = grams_of([window.content for window in windows])
        total = self._table.take(grams.rows[0])
        for rows in grams.rows[1:]:
            total += self._table.take(rows)
        summed = np.add.reduceat(total, grams.starts)
        margins = np.stack([summed.real / scale(grams, SPAM), summed.imag / scale(grams, TOXICITY)], axis=1)
        margins = margins + self._intercepts
        wordless = [not _WORD.search(window.content) for window in windows]
        margins[wordless, TOXICITY] = -np.inf
        return _Page(windows, grams, total, margins)


class _Window(NamedTuple):
    """A part of the text with this number, and where in it the part begins."""

    text: int
    start: int
    content: str


class _Page:
    """Windows read together: the margins of each, and the weight at each place of their n-grams."""

    def __init__(self, windows: list[_Window], grams: Grams, total: Table, margins: Scores) -> None:
        self.windows = windows
        self.margins = margins
        self._grams = grams
        self._total = total
        self._loud: dict[int, _Loud] = {}

    def words(self, number: int, column: int, most: int) -> list[list[tuple[int, int]]]:
        """The spans, in a window, of the words that spoke most: at most `most`, those next to each other together."""
        loud = self._loud.get(column)
        if loud is None:
            loud = self._loud[column] = self._tokens.loud(column)
        said = loud.said
        places: Sequence[int] = range(loud.bounds[number], loud.bounds[number + 1])
        if len(places) > most:
            places = sorted(sorted(places, key=said.__getitem__)[-most:])
        phrases: list[list[tuple[int, int]]] = []
        loudness: list[float] = []
        before = -2
        for place in places:
            if loud.numbers[place] != before + 1:
                phrases.append([])
                loudness.append(0.0)
            phrases[-1].append((loud.starts[place], loud.ends[place]))
            loudness[-1] += said[place]
            before = loud.numbers[place]
        if len(phrases) < 2:
            return phrases
        return [phrases[at] for at in sorted(range(len(phrases)), key=lambda at: -loudness[at])]

    @cached_property
    def _tokens(self) -> "_Tokens":
        """Of all windows at once: one by one it would take longer than the scores."""
        grams = self._grams
        padded = np.concatenate([[0], grams.kinds, [0]])
        border = padded[1:] != padded[:-1]
        starts = np.flatnonzero(border[:-1] & (grams.kinds > 0))
        ends = np.flatnonzero(border[1:] & (grams.kinds > 0)) + 1
        running = np.concatenate([[0], np.cumsum(self._total, dtype=np.complex128)])
        # The n-grams that begin in a word, or right in front of it.
        said = running[grams.before[ends]] - running[grams.before[starts] - 1]
        bounds = np.append(np.searchsorted(starts, grams.offsets), len(starts))
        windows = np.repeat(np.arange(len(grams.offsets)), np.diff(bounds))
        offsets = grams.offsets[windows]
        return _Tokens(starts - offsets, ends - offsets, (said.real, said.imag), bounds, windows)


class _Loud(NamedTuple):
    """The words of a page that spoke for a column, in their order; those of a window begin at `bounds`.

    `numbers` are their places among all words. Lists: one number of an array takes longer than one of a list.
    """

    starts: list[int]
    ends: list[int]
    said: list[float]
    numbers: list[int]
    bounds: list[int]


class _Tokens(NamedTuple):
    """Words and marks of a page: their spans in their windows, and how much they spoke for each column.

    The words of a window begin at `bounds`; `windows` has the window of each.
    """

    starts: npt.NDArray[np.intp]
    ends: npt.NDArray[np.intp]
    said: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]
    bounds: npt.NDArray[np.intp]
    windows: npt.NDArray[np.intp]

    def loud(self, column: int) -> _Loud:
        """Each spoke at least a certain share of what all words of its window for the column did."""
        said = self.said[column]
        # A window may have no word at all: `reduceat` would give it the next one's.
        running = np.concatenate([[0], np.cumsum(said.clip(0))])
        least = (_LEAST_SHARE * np.diff(running[self.bounds])).clip(_SILENCE)
        numbers = np.flatnonzero(said >= least[self.windows])
        return _Loud(
            self.starts[numbers].tolist(),
            self.ends[numbers].tolist(),
            said[numbers].tolist(),
            numbers.tolist(),
            np.searchsorted(numbers, self.bounds).tolist(),
        )


class Reading:
    """What was read of some texts. `margins` are rows of two logarithms of odds, -inf for blank texts."""

    def __init__(self, margins: Scores, places: Sequence[Sequence[tuple[_Page, int]]]) -> None:
        self.margins = margins
        self._places = places

    @property
    def scores(self) -> list[list[float]]:
        """The probabilities of SPAM and TOXICITY of each text."""
        return probabilities(self.margins).tolist()  # type: ignore[no-any-return]

    def window(self, text: int, column: int) -> tuple[_Page, int]:
        """The page and number of the window that spoke most. Raises ValueError for a blank text."""
        places = self._places[text]
        if len(places) == 1:
            return places[0]
        return max(places, key=lambda place: float(place[0].margins[place[1], column]))


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


def _batches(texts: Sequence[str]) -> Iterator[list[_Window]]:
    """The windows of all `texts` that are not blank, in batches."""
    windows: list[_Window] = []
    size = 0
    for index, text in enumerate(texts):
        for start, content in _windows(text):
            windows.append(_Window(index, start, content))
            size += len(content)
        if size >= _BATCH:
            yield windows
            windows, size = [], 0
    if windows:
        yield windows


def _windows(text: str) -> list[tuple[int, str]]:
    """What is judged of `text` with where it begins: all of it, or windows of a long one, the last among them."""
    if len(text) <= WINDOW:
        return [(0, text)] if text and not text.isspace() else []
    last = len(text) - WINDOW
    starts: Sequence[int] = [*range(0, last, _STRIDE), last]
    if len(starts) > MOST_WINDOWS:
        starts = np.linspace(0, last, MOST_WINDOWS).astype(int).tolist()
    return [(start, text[start : start + WINDOW]) for start in starts]
