"""Too many emoji."""

import pytest

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.policy import Policy, RulePolicy
from moderator_app.judging.engine import Engine
from tests.judging.flags import flagged
from tests.judging.looking import found, marked


def count(text: str) -> object:
    (finding,) = found("emoji", text, Engine(RuleBook(Policy(rules={"emoji": RulePolicy(numbers={"count": 1})}))))
    return dict(finding.parameters)["count"]


@pytest.mark.parametrize(
    ("emoji", "expected"),
    [
        ("🔥", 1),
        ("🔥🔥", 2),
        ("👨‍👩‍👧‍👦", 1),
        ("🇷🇺🇰🇿", 2),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 1),
        ("1️⃣2️⃣", 2),
        ("👍🏽", 1),
        ("❤️", 1),
        ("❤️‍🔥", 1),
        ("©️", 1),
    ],
)
def test_what_a_reader_sees_as_one_counts_as_one(emoji: str, expected: int) -> None:
    assert count(f"вот {emoji} так и было вчера") == expected


@pytest.mark.parametrize("text", ["№5 — «да»…", "© 2026, 20 °C → 25", "1 # 2 * 3", "тире – и — ещё"])
def test_signs_of_print_are_none(text: str) -> None:
    engine = Engine(RuleBook(Policy(rules={"emoji": RulePolicy(numbers={"count": 1})})))
    assert found("emoji", text, engine) == []


def test_many_are_found_with_their_places_and_do_not_flag_alone() -> None:
    text = "🔥🔥🔥🔥🔥 Большая распродажа в эту субботу 🔥🔥🔥🔥🔥"
    assert marked("emoji", text) == ["🔥🔥🔥🔥🔥", "🔥🔥🔥🔥🔥"]
    assert not flagged(text)
    assert not flagged(f"{text} https://example.com")


def test_few_words_among_emoji_are_found() -> None:
    (finding,) = found("emoji", "🔞🔞👉👉 ЖМИ 👈👈🔞🔞")
    assert finding.text_id == "finding.emoji.mostly"


@pytest.mark.parametrize("text", ["😂😂😂😂😂😂", "👍", "ура 🎉🎉🎉", "спасибо большое ❤️❤️❤️❤️❤️"])
def test_an_answer_in_emoji_passes(text: str) -> None:
    assert found("emoji", text) == []
