"""Chooses the few values and days that stand at the axes of a chart."""

import math
from collections.abc import Sequence

from moderator_app.ui.dashboard.spans import Span

MOST_VALUES = 4


def value_ticks(highest: int) -> tuple[int, ...]:
    """Round numbers from 0 up to at least `highest`, at equal steps."""
    step = _round_step(max(1, highest) / MOST_VALUES)
    return tuple(range(0, step * math.ceil(max(1, highest) / step) + 1, step))


def span_ticks(spans: Sequence[Span], most: int) -> tuple[Span, ...]:
    """At most `most` of the spans, evenly apart and the last among them."""
    step = math.ceil(len(spans) / max(1, most)) or 1
    return tuple(reversed(spans[::-1][::step]))


def _round_step(least: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, ... that is not below `least`."""
    power = int(10 ** math.floor(math.log10(max(1.0, least))))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least)
