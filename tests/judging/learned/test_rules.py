"""The findings of the learned score."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderator_app.domain.verdict import Label
from moderator_app.judging.folded import fold
from moderator_app.judging.learned import SPAM, scorer
from moderator_app.language import explain_finding
from tests.judging.looking import found, marked

ADVERT = "Всем привет! Ищу людей на УДАЛЁННЫЙ заработок, от 300$ в день, пишите в лс"
INSULT = "Ты просто тупой баран, закрой свой рот"


def test_an_advert_gives_one_finding_that_names_the_words() -> None:
    (finding,) = found("learned_spam", ADVERT)
    assert (finding.label, finding.text_id) == (Label.SPAM, "finding.learned_spam.words")
    assert 0.5 < finding.score < 1
    assert "заработок" in dict(finding.parameters)["words"]  # type: ignore[operator]
    assert "заработок" in " ".join(marked("learned_spam", ADVERT))
    assert "заработок" in explain_finding(finding)


def test_an_insult_gives_one_finding_that_names_the_words() -> None:
    (finding,) = found("toxicity", INSULT)
    assert finding.label is Label.TOXICITY
    assert "тупой" in " ".join(marked("toxicity", INSULT))


@pytest.mark.parametrize("rule", ["learned_spam", "toxicity"])
def test_ordinary_words_give_none(rule: str) -> None:
    assert not found(rule, "Доброе утро! Кто-нибудь уже был в новом парке у реки?")


@pytest.mark.parametrize(
    "disguised",
    [
        ADVERT.replace("а", "a").replace("о", "o").replace("е", "e"),
        ADVERT.replace(" ", "\n"),
        "\u200b".join(ADVERT),
        ADVERT.upper(),
    ],
)
def test_disguises_change_next_to_nothing(disguised: str) -> None:
    (plain,), (hidden,) = found("learned_spam", ADVERT), found("learned_spam", disguised)
    assert hidden.score == pytest.approx(plain.score, abs=0.05)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_evidence_lies_inside_any_text(text: str) -> None:
    folded = fold(ADVERT + text)
    for start, end in scorer.words(folded, SPAM):
        assert 0 <= start < end <= len(folded.text)


def test_a_batch_scored_ahead_is_not_scored_again() -> None:
    alone = [scorer.scores(fold(text)) for text in (ADVERT, INSULT)]
    texts = [fold(ADVERT), fold(INSULT)]
    scorer.score_all(texts)
    ahead = [folded.scored for folded in texts]
    assert [scorer.scores(folded) for folded in texts] == [pytest.approx(pair, abs=1e-6) for pair in alone]
    assert all(folded.scored is scored for folded, scored in zip(texts, ahead, strict=True))


def test_weights_are_not_loaded_before_a_message_is_judged() -> None:
    code = (
        "from moderator_app.domain.judgement import RuleBook; from moderator_app.judging.engine import Engine;"
        "import sys; Engine(RuleBook()); assert 'moderator_app.judging.learned.model' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
