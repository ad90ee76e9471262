from datetime import date

import pytest

from moderator_app.domain.statistics import Period, censor


@pytest.mark.parametrize(
    ("period", "first"),
    [
        (Period.DAY, date(2024, 3, 1)),
        (Period.WEEK, date(2024, 2, 24)),
        (Period.MONTH, date(2024, 2, 1)),
        (Period.ALL, None),
    ],
)
def test_a_period_counts_today_and_the_days_before(period: Period, first: date | None) -> None:
    assert period.first_day(date(2024, 3, 1)) == first


def test_a_censored_word_keeps_its_first_letter_and_its_length() -> None:
    assert censor("хуй") == "х**"
    assert censor("х") == "*"
