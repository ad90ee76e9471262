from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from moderator_app.domain.priority import TAU_SECONDS, priority
from moderator_app.domain.verdict import Label, Verdict
from tests.builders import NOON


def verdict(score: float, *labels: Label) -> Verdict:
    return Verdict(score, (), tuple((label, score) for label in labels), labels, 1)


def test_graver_surer_and_newer_come_first() -> None:
    insult, swearing = verdict(0.9, Label.TOXICITY), verdict(0.9, Label.PROFANITY)
    assert priority(insult, NOON) > priority(swearing, NOON)
    assert priority(verdict(0.9, Label.SPAM), NOON) > priority(verdict(0.6, Label.SPAM), NOON)
    assert priority(insult, NOON + timedelta(minutes=1)) > priority(insult, NOON)


def test_one_tau_of_age_weighs_as_much_as_e_times_the_confidence() -> None:
    older, surer = NOON, verdict(0.9, Label.SPAM)
    newer, doubtful = NOON + timedelta(seconds=TAU_SECONDS), verdict(0.9 / 2.72, Label.SPAM)
    assert abs(priority(surer, older) - priority(doubtful, newer)) < 0.01


@given(st.floats(0.0, 1.0), st.sets(st.sampled_from(Label)), st.datetimes(datetime(1970, 1, 2), datetime(9999, 1, 1)))
def test_every_verdict_of_every_time_has_a_priority(score: float, labels: set[Label], posted: datetime) -> None:
    found = priority(verdict(score, *labels), posted.replace(tzinfo=NOON.tzinfo))
    assert abs(found) < 1e9
