"""Letters of different alphabets in one word."""

import pytest

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import Lists
from moderator_app.domain.policy import judge
from moderator_app.judging.engine import Engine
from tests.judging.looking import found, marked


@pytest.mark.parametrize("word", ["шкоlolo", "Зaработок", "cкидка", "iPhoneом", "кαзино", "pаypal"])
def test_a_word_of_several_alphabets_is_found(word: str) -> None:
    assert marked("mixed_alphabets", f"вот {word}, да") == [word]


@pytest.mark.parametrize(
    "text",
    [
        "VK-бот",
        "iPhone'ом",
        "iPhone’ом",
        "3D",
        "Т9",
        "VK-боту и ВК-bot",
        "C++ и С#",
        "USB-кабель, wi-fi-роутер, PDF-файл",
        "iPhone'ов и iPhone-ами",
        "x2раза",
        "хD",
        "ХХVI век",
        "Дом№5",
        "Игра™",
        "всë",
        "https://example.com/путьpath",
        "[id1|Ivan] и Иван",
        "обычный text",
    ],
)
def test_ordinary_words_pass(text: str) -> None:
    assert found("mixed_alphabets", text) == []


def test_words_on_the_list_pass() -> None:
    engine = Engine(RuleBook(lists=Lists(mixed_words=frozenset({"wow-чат", "чатgpt"}))))
    assert found("mixed_alphabets", "ЧатGPT", engine) == []
    assert marked("mixed_alphabets", "ЧатGPTшный", engine) == ["ЧатGPTшный"]


def test_one_word_alone_does_not_flag_and_two_do() -> None:
    policy = RuleBook().default
    assert not judge(found("mixed_alphabets", "хороший Зaработок"), policy).flagged
    assert judge(found("mixed_alphabets", "хopoший Зaработок"), policy).flagged


def test_several_words_make_one_finding() -> None:
    (finding,) = found("mixed_alphabets", "хopoший Зaработок")
    assert len(finding.spans) == 2
