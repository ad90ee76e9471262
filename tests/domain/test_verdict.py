from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator_app.domain.verdict import CERTAIN, Finding, Label, contributions, noisy_or

scores = st.floats(0.0, 1.0)


def findings(given_scores: Sequence[float]) -> list[Finding]:
    return [Finding("links", Label.SPAM, score, "finding.links") for score in given_scores]


@given(st.lists(scores, max_size=8))
def test_contributions_add_up_to_the_score(given_scores: list[float]) -> None:
    assert sum(contributions(findings(given_scores))) == pytest.approx(noisy_or(given_scores), abs=1e-9)


@given(st.lists(scores, min_size=1, max_size=8))
def test_the_combined_score_is_no_less_than_the_strongest_and_never_over_one(given_scores: list[float]) -> None:
    combined = noisy_or(given_scores)
    assert min(max(given_scores), CERTAIN) - 1e-12 <= combined <= 1.0


@given(st.lists(scores, max_size=8), scores)
def test_more_evidence_never_lowers_the_score(given_scores: list[float], more: float) -> None:
    assert noisy_or([*given_scores, more]) >= noisy_or(given_scores) - 1e-12


@given(st.lists(scores, min_size=2, max_size=8))
def test_a_stronger_finding_contributes_no_less(given_scores: list[float]) -> None:
    shares = contributions(findings(sorted(given_scores)))
    assert list(shares) == sorted(shares)


def test_a_certain_finding_leaves_the_others_a_share() -> None:
    certain, doubtful = contributions(findings([1.0, 0.3]))
    assert certain > doubtful > 0
