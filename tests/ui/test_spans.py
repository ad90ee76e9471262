"""Days summed into bars, and what stands at the axes."""

from datetime import date, timedelta

import pytest

from moderator_app.domain.statistics import DayCount
from moderator_app.ui.dashboard.span_names import full_name, short_name
from moderator_app.ui.dashboard.spans import Width, spans_of, width_for, without_gaps
from moderator_app.ui.dashboard.ticks import span_ticks, value_ticks

FIRST = date(2026, 3, 2)


def days(count: int) -> list[DayCount]:
    return [DayCount(FIRST + timedelta(days=n), messages=10, flagged=2, profanity=1) for n in range(count)]


@pytest.mark.parametrize(("count", "width"), [(0, Width.DAY), (30, Width.DAY), (400, Width.WEEK), (3000, Width.MONTH)])
def test_long_times_are_summed_until_the_bars_can_be_seen(count: int, width: Width) -> None:
    assert width_for(days(count)) is width


def test_a_week_begins_on_monday_and_loses_nothing() -> None:
    spans = spans_of(days(9), Width.WEEK)
    assert [(span.first, span.last) for span in spans] == [
        (date(2026, 3, 2), date(2026, 3, 8)),
        (date(2026, 3, 9), date(2026, 3, 15)),
    ]
    assert [(span.messages, span.flagged, span.profanity) for span in spans] == [(70, 14, 7), (20, 4, 2)]


def test_a_month_ends_on_its_last_day() -> None:
    assert [span.last for span in spans_of(days(40), Width.MONTH)] == [date(2026, 3, 31), date(2026, 4, 30)]


@pytest.mark.parametrize(
    ("highest", "ticks"), [(0, (0, 1)), (3, (0, 1, 2, 3)), (7, (0, 2, 4, 6, 8)), (900, (0, 500, 1000))]
)
def test_values_stand_at_round_numbers_up_to_the_highest(highest: int, ticks: tuple[int, ...]) -> None:
    assert value_ticks(highest) == ticks


def test_few_enough_days_are_named_and_the_last_is_among_them() -> None:
    spans = spans_of(days(30), Width.DAY)
    named = span_ticks(spans, 8)
    assert len(named) <= 8
    assert named[-1] == spans[-1]
    assert span_ticks((), 8) == ()


def test_days_stand_at_equal_distances_where_some_have_no_count() -> None:
    counted = days(9)
    spans = spans_of([*counted[:3], *counted[5:]], Width.DAY)
    assert [span.first.day for span in span_ticks(without_gaps(spans, Width.DAY), 5)] == [2, 4, 6, 8, 10]
    assert without_gaps((), Width.DAY) == ()


@pytest.mark.parametrize("width", [Width.WEEK, Width.MONTH])
def test_gaps_of_weeks_and_months_are_filled(width: Width) -> None:
    whole = spans_of(days(200), width)
    assert [span.first for span in without_gaps((whole[0], whole[-1]), width)] == [span.first for span in whole]


def test_spans_are_named_in_the_language_in_use() -> None:
    week, month = spans_of(days(3), Width.WEEK)[0], spans_of(days(3), Width.MONTH)[0]
    assert short_name(FIRST, Width.DAY) == "Mar 2"
    assert full_name(week, Width.WEEK) == "Mar 2, 2026 – Mar 8, 2026"
    assert full_name(month, Width.MONTH) == "March 2026"
