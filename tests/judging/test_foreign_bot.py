"""Bots that are not on the list: writing, written through, linked."""

from dataclasses import replace

import pytest

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import Lists
from moderator_app.domain.message import AuthorKey, HiddenLink, Platform
from moderator_app.judging.engine import Engine
from tests.builders import author
from tests.judging.flags import flagged
from tests.judging.looking import found, marked

ALLOWING = Engine(RuleBook(lists=Lists(bots=frozenset({"quiz_bot", "777"}))))


@pytest.mark.parametrize("bot", ["@Money_Bot", "money_bot", "5550001"])
def test_a_message_through_a_bot_is_flagged(bot: str) -> None:
    (finding,) = found("foreign_bot", "привет", via_bot=bot)
    assert finding.text_id == "finding.foreign_bot.via"
    assert flagged("привет", via_bot=bot)


@pytest.mark.parametrize("bot", ["@Quiz_Bot", "quiz_bot", "777", "gif", "@pic"])
def test_allowed_and_built_in_bots_pass(bot: str) -> None:
    assert found("foreign_bot", "привет", ALLOWING, via_bot=bot) == []


def test_a_bot_on_the_whitelist_is_allowed() -> None:
    engine = Engine(RuleBook(lists=Lists(whitelist=frozenset({AuthorKey(Platform.TELEGRAM, "6")}))))
    assert found("foreign_bot", "привет", engine, via_bot="6") == []


def test_a_bot_is_known_as_the_author_by_its_user_name() -> None:
    bot = replace(author(), username="MoneyBot")
    (finding,) = found("foreign_bot", "привет", author=bot)
    assert dict(finding.parameters) == {"bot": "@moneybot"}
    assert found("foreign_bot", "привет", author=replace(author(), username="quiz_bot"), engine=ALLOWING) == []
    assert found("foreign_bot", "привет", author=replace(author(), username="GroupAnonymousBot")) == []
    assert found("foreign_bot", "привет", author=replace(author(), username="abbott")) == []


@pytest.mark.parametrize(
    "link",
    [
        "t.me/money_bot",
        "https://t.me/MoneyBot?start=ref5",
        "t.me/money_bot/app?startapp=5",
        "t.me/some_game?start=5",
        "tg://resolve?domain=money_bot&start=5",
        "https://money_bot.t.me",
        "@Money_Bot",
    ],
)
def test_a_link_to_a_bot_is_marked_and_does_not_flag_alone(link: str) -> None:
    text = f"пиши {link} скорее"
    assert marked("foreign_bot", text) == [link]
    assert not flagged(text)


@pytest.mark.parametrize(
    "text", ["t.me/channel/15", "t.me/+abcdef", "robot@bot.ru", "@robot.ru", "@abbott", "боты @quiz_bot", "bot"]
)
def test_what_is_no_foreign_bot_passes(text: str) -> None:
    assert found("foreign_bot", text, ALLOWING) == []


def test_a_hidden_link_marks_its_words() -> None:
    link = HiddenLink("https://t.me/money_bot", (0, 4))
    assert marked("foreign_bot", "сюда!", links=(link,)) == ["сюда"]


def test_several_bots_are_one_finding() -> None:
    (finding,) = found("foreign_bot", "@one_bot @two_bot t.me/one_bot")
    assert dict(finding.parameters)["count"] == 2
    assert flagged("@one_bot @two_bot")


def test_names_are_no_bots_on_vk() -> None:
    assert found("foreign_bot", "@money_bot", platform=Platform.VK) == []
