"""Fits a logistic regression over hashed n-grams, in numpy."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from moderator_app.judging.learned.grams import ROWS, Grams, grams_of
from moderator_app.judging.learned.model import scale

Floats = npt.NDArray[np.float64]

_BATCH = 256
_MEMORY = 10


@dataclass(frozen=True, slots=True)
class Sample:
    """Texts as a sparse matrix: those of text `t` begin at `starts[t]`, column `rows[i]` holds `values[i]`."""

    rows: npt.NDArray[np.uint32]
    values: npt.NDArray[np.float32]
    starts: npt.NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def sizes(self) -> npt.NDArray[np.intp]:
        return np.diff(self.starts, append=len(self.rows))

    def times(self, columns: Floats) -> Floats:
        return np.asarray(np.add.reduceat(self.values * columns[self.rows], self.starts))

    def transposed_times(self, texts: Floats) -> Floats:
        return np.asarray(np.bincount(self.rows, self.values * np.repeat(texts, self.sizes), ROWS), np.float64)

    def scaled(self, columns: Floats) -> "Sample":
        return Sample(self.rows, (self.values * columns[self.rows]).astype(np.float32), self.starts)

    def part(self, texts: npt.NDArray[np.intp]) -> "Sample":
        sizes = self.sizes[texts]
        starts = np.cumsum(sizes) - sizes
        index = np.arange(sizes.sum()) - np.repeat(starts - self.starts[texts], sizes)
        return Sample(self.rows[index], self.values[index], starts)


def sample_of(texts: Sequence[str], column: int) -> Sample:
    """The n-grams of folded `texts` as the model's `column` counts them, equal ones added up."""
    batches = (grams_of(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH))
    parts = [part for grams in batches for part in _rows(grams, column)]
    sizes = np.array([len(rows) for rows, _ in parts], np.intp)
    rows = np.concatenate([rows for rows, _ in parts])
    values = np.concatenate([values for _, values in parts])
    return Sample(rows, values, np.cumsum(sizes) - sizes)


def fit(
    sample: Sample,
    labels: Floats,
    weights: Floats,
    strictness: float,
    rounds: int,
    margins: Floats | None = None,
) -> tuple[Floats, float]:
    """The columns' weights and the intercept of the likeliest model, by L-BFGS (Liu and Nocedal 1989).

    `labels` are 0 or 1; `strictness` is the prior's precision. With `margins`, what an earlier model says of the
    texts, only what is to be added to its weights is fitted, and its intercept is kept.
    """
    loss = _Loss(sample, 2 * labels - 1, weights, strictness, margins)
    point = np.zeros(ROWS + 1)
    value, slope = loss.at(point)
    steps: deque[tuple[Floats, Floats, float]] = deque(maxlen=_MEMORY)
    for _ in range(rounds):
        direction = _direction(slope, steps)
        length = 1.0 if steps else 1.0 / max(1.0, float(np.abs(slope).sum()))
        descent = float(slope @ direction)
        for _ in range(20):
            step = length * direction
            new_value, new_slope = loss.at(point + step)
            if new_value <= value + 1e-4 * length * descent:
                break
            length /= 2
        change = new_slope - slope
        curvature = float(change @ step)
        if curvature > 0:
            steps.append((step, change, 1.0 / curvature))
        done = value - new_value < 1e-6 * abs(value)
        point, value, slope = point + step, new_value, new_slope
        if done:
            break
    return point[:-1], float(point[-1])


@dataclass(frozen=True, slots=True)
class _Loss:
    """What is made small: the doubt about the labels, which are -1 or 1 here, and the size of the weights."""

    sample: Sample
    signs: Floats
    weights: Floats
    strictness: float
    known: Floats | None

    def at(self, point: Floats) -> tuple[float, Floats]:
        """The loss and its slope."""
        columns = point[:-1]
        margins = self.sample.times(columns) + (point[-1] if self.known is None else self.known)
        margins *= self.signs
        value = float(self.weights @ np.logaddexp(0, -margins)) + self.strictness / 2 * float(columns @ columns)
        pull = -self.signs * self.weights / (1 + np.exp(np.minimum(margins, 500)))
        intercept = pull.sum() if self.known is None else 0.0
        return value, np.append(self.sample.transposed_times(pull) + self.strictness * columns, intercept)


def _direction(slope: Floats, steps: deque[tuple[Floats, Floats, float]]) -> Floats:
    direction = -slope
    taken = []
    for step, change, inverse in reversed(steps):
        share = inverse * float(step @ direction)
        direction = direction - share * change
        taken.append(share)
    if steps:
        step, change, inverse = steps[-1]
        direction = direction / (inverse * float(change @ change))
    for (step, change, inverse), share in zip(steps, reversed(taken), strict=True):
        direction = direction + (share - inverse * float(change @ direction)) * step
    return direction


def _rows(grams: Grams, column: int) -> list[tuple[npt.NDArray[np.uint32], npt.NDArray[np.float32]]]:
    found = []
    ends = np.append(grams.starts[1:], len(grams.rows[0]))
    for start, end, divisor in zip(grams.starts, ends, scale(grams, column), strict=True):
        rows, times = np.unique(np.concatenate([rows[start:end] for rows in grams.rows]), return_counts=True)
        known = rows != 0
        found.append((rows[known], (times[known] / divisor).astype(np.float32)))
    return found
