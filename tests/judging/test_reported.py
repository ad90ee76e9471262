"""Members' reports of other messages."""

import pytest

from moderator_app.judging.rules.reported import is_report
from tests.builders import message


@pytest.mark.parametrize(
    "text",
    [
        "/report",
        "/report@some_bot спам же",
        "!report",
        "/spam",
        "@admin",
        "@admins посмотрите пожалуйста",
        "Эй, @Admin!",
        "репорт",
        "Спам!",
        "это спам",
        "Опять спамеры, удалите",
        "[id5|Аня], спам",
        "спам @moder_anna",
    ],
)
def test_a_report_is_known(text: str) -> None:
    assert is_report(message(text, reply_to="7"))


@pytest.mark.parametrize(
    "text",
    [
        "это не спам",
        "спам в почте замучил",
        "/start",
        "/reports",
        "пишите на me@admin.ru",
        "вчера был репорт о погоде",
        "ok",
        "",
        "спам " * 100,
    ],
)
def test_other_answers_are_none(text: str) -> None:
    assert not is_report(message(text, reply_to="7"))


def test_a_message_that_answers_none_reports_none() -> None:
    assert not is_report(message("/report"))


def test_the_words_may_be_the_communitys() -> None:
    assert is_report(message("атас!", reply_to="7"), frozenset({"атас"}))
    assert not is_report(message("спам", reply_to="7"), frozenset({"атас"}))
    assert is_report(message("/атас", reply_to="7"), frozenset({"атас"}))


@pytest.mark.parametrize("text", ["\ud800", "[id1|" * 30, "@" * 200, "/" * 200, "\u200b/report"])
def test_any_text_may_come(text: str) -> None:
    is_report(message(text, reply_to="7"))
