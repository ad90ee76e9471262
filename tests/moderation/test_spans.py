from datetime import UTC, datetime, timedelta

from moderator_app.moderation.spans import Span, around, lacking, united
from tests.builders import NOON


def span(first: float, last: float) -> Span:
    return Span(NOON + timedelta(hours=first), NOON + timedelta(hours=last))


def test_dates_near_each_other_share_a_span() -> None:
    dates = [NOON + timedelta(hours=hours) for hours in (1, 0, 100)]
    assert around(dates, timedelta(hours=2)) == (span(-2, 3), span(98, 102))


def test_the_ends_of_time_are_no_error() -> None:
    ends = (datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC))
    assert len(around(ends, timedelta(days=1))) == 2


def test_spans_are_put_together_and_what_is_missing_is_told() -> None:
    held = united([span(4, 6), span(0, 1), span(1, 2), span(5, 7)])
    assert held == (span(0, 2), span(4, 7))
    assert lacking([span(-1, 5), span(8, 9)], held) == (span(-1, 0), span(2, 4), span(8, 9))
    assert lacking([span(0, 2), span(5, 7)], held) == ()
