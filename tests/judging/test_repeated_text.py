"""The same text again."""

from datetime import datetime
from typing import Any

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import Lists
from moderator_app.domain.message import AuthorKey, Platform
from moderator_app.domain.policy import Policy, RulePolicy
from moderator_app.domain.verdict import Finding
from tests.builders import NOON
from tests.judging.chat import Chat, named

TEXT = "Ищу людей в команду, пишите в личку"


def post(chat: Chat, who: str, minutes: float = 0, text: str = TEXT, **overrides: Any) -> tuple[Finding, ...]:
    return tuple(chat.post(who, minutes * 60, text, **overrides))


def test_the_second_time_within_an_hour_is_found_and_names_the_first() -> None:
    chat = Chat()
    assert post(chat, "1") == ()
    (finding,) = post(chat, "1", 59, TEXT.upper() + "!!!")
    assert (finding.rule, named(finding), finding.score) == ("repeated_text", ("1",), 0.6)


def test_after_an_hour_the_author_may_say_it_again() -> None:
    chat = Chat()
    post(chat, "1")
    assert post(chat, "1", 61) == ()


def test_the_third_author_within_a_day_is_a_campaign() -> None:
    chat = Chat()
    assert post(chat, "1") == ()
    assert post(chat, "2", 600) == ()
    (finding,) = post(chat, "3", 1400)
    assert finding.text_id == "finding.repeated_text.authors"
    assert (named(finding), dict(finding.parameters)) == (("1", "2"), {"count": 3, "seconds": 84_000})


def test_three_authors_over_more_than_a_day_are_none() -> None:
    chat = Chat()
    post(chat, "1")
    post(chat, "2", 600)
    assert post(chat, "3", 1500) == ()


def test_the_order_of_arrival_does_not_hide_a_campaign() -> None:
    chat = Chat()
    post(chat, "1", 1400)
    post(chat, "2", 0)
    assert [named(finding) for finding in post(chat, "3", 700)] == [("2", "1")]


def test_messages_of_other_communities_are_named_too() -> None:
    chat = Chat()
    post(chat, "1", community="7")
    post(chat, "2", community="8")
    (finding,) = post(chat, "3", community="8")
    assert [(key.community, key.message) for key in finding.earlier] == [("7", "1"), ("8", "2")]
    assert dict(finding.parameters)["count"] == 3


def test_short_texts_are_no_repeats() -> None:
    chat = Chat()
    assert [post(chat, who, text="спасибо") for who in "1123"] == [(), (), (), ()]


def test_messages_without_date_or_author_are_left_out() -> None:
    chat = Chat()
    post(chat, "1")
    assert post(chat, "1", date=None) == ()
    assert post(chat, "1", author=None) == ()


def test_an_edited_message_does_not_repeat_itself() -> None:
    chat = Chat()
    post(chat, "1", id="5")
    assert post(chat, "1", 1, id="5") == ()


def test_trusted_authors_are_left_out_of_the_count() -> None:
    chat = Chat(RuleBook(lists=Lists(whitelist=frozenset({AuthorKey(Platform.TELEGRAM, "1")}))))
    assert [post(chat, "1"), post(chat, "1"), post(chat, "2"), post(chat, "3")] == [(), (), (), ()]


def test_a_community_has_its_own_numbers() -> None:
    rule = RulePolicy(numbers={"count": 3, "seconds": 60})
    chat = Chat(RuleBook(Policy(rules={"repeated_text": rule})))
    assert post(chat, "1") == post(chat, "1", 0.2) == ()
    assert len(post(chat, "1", 0.4)) == 1


def test_a_rule_switched_off_finds_nothing_but_remembers() -> None:
    chat = Chat(RuleBook(Policy(rules={"repeated_text": RulePolicy(enabled=False)})))
    assert post(chat, "1") == post(chat, "1") == ()


def test_every_number_of_a_community_is_respected() -> None:
    rule = RulePolicy(numbers={"authors": 4, "authors_seconds": 120, "count": 4})
    chat = Chat(RuleBook(Policy(rules={"repeated_text": rule})))
    assert [len(post(chat, who, n / 2)) for n, who in enumerate("1234")] == [0, 0, 0, 1]
    assert [len(post(chat, "5", n * 19 + 60, "Совсем другое объявление")) for n in range(4)] == [0, 0, 0, 1]


def test_a_late_message_does_not_make_the_stretch_longer() -> None:
    rule = RulePolicy(numbers={"count": 3, "seconds": 60})
    chat = Chat(RuleBook(Policy(rules={"repeated_text": rule})))
    assert [post(chat, "1", minutes) for minutes in (0, 2, 1)] == [(), (), ()]
    assert len(post(chat, "1", 1.5)) == 1


def test_what_was_stored_is_remembered_after_a_restart() -> None:
    chat = Chat()
    post(chat, "1")
    chat.restart()
    (finding,) = post(chat, "1")
    assert named(finding) == ("1",)


def test_what_an_edited_message_said_is_forgotten() -> None:
    chat = Chat()
    post(chat, "1", id="1")
    post(chat, "1", text="Уже не продаю ничего", id="1")
    assert post(chat, "1", 1) == ()


def test_dates_at_the_end_of_time_are_no_error() -> None:
    chat = Chat()
    for date in (datetime.max, datetime.min):
        post(chat, "1", date=date.replace(tzinfo=NOON.tzinfo))
    assert post(chat, "2") == ()
