"""The same text again."""

from datetime import datetime, timedelta
from typing import Any

from moderator_app.domain.judgement import Judged, RuleBook
from moderator_app.domain.lists import Lists
from moderator_app.domain.message import AuthorKey, Platform
from moderator_app.domain.policy import Policy, RulePolicy
from moderator_app.domain.verdict import Finding
from moderator_app.judging.engine import Engine
from moderator_app.judging.sequence_engine import SequenceEngine
from tests.builders import NOON, author, message

TEXT = "Ищу людей в команду, пишите в личку"
ENGINE = Engine(RuleBook())


class Chat:
    """Posts messages and keeps what was found."""

    def __init__(self, book: RuleBook | None = None) -> None:
        self._sequences = SequenceEngine(book or RuleBook())
        self._posted = 0

    def post(self, who: str, minutes: float = 0, text: str = TEXT, **overrides: Any) -> tuple[Finding, ...]:
        self._posted += 1
        defaults = {"id": str(self._posted), "author": author(who), "date": NOON + timedelta(minutes=minutes)}
        posted = message(text, **{**defaults, **overrides})
        return self._sequences.observe(posted, ENGINE.judge(posted))


def named(finding: Finding) -> tuple[str, ...]:
    return tuple(key.message for key in finding.earlier)


def test_the_second_time_within_an_hour_is_found_and_names_the_first() -> None:
    chat = Chat()
    assert chat.post("1") == ()
    (finding,) = chat.post("1", 59, TEXT.upper() + "!!!")
    assert (finding.rule, named(finding), finding.score) == ("repeated_text", ("1",), 0.6)


def test_after_an_hour_the_author_may_say_it_again() -> None:
    chat = Chat()
    chat.post("1")
    assert chat.post("1", 61) == ()


def test_the_third_author_within_a_day_is_a_campaign() -> None:
    chat = Chat()
    assert chat.post("1") == ()
    assert chat.post("2", 600) == ()
    (finding,) = chat.post("3", 1400)
    assert finding.text_id == "finding.repeated_text.authors"
    assert (named(finding), dict(finding.parameters)) == (("1", "2"), {"count": 3})


def test_three_authors_over_more_than_a_day_are_none() -> None:
    chat = Chat()
    chat.post("1")
    chat.post("2", 600)
    assert chat.post("3", 1500) == ()


def test_the_order_of_arrival_does_not_hide_a_campaign() -> None:
    chat = Chat()
    chat.post("1", 1400)
    chat.post("2", 0)
    assert [named(finding) for finding in chat.post("3", 700)] == [("1", "2")]


def test_messages_of_other_communities_are_named_too() -> None:
    chat = Chat()
    chat.post("1", community="7")
    chat.post("2", community="8")
    (finding,) = chat.post("3", community="8")
    assert [(key.community, key.message) for key in finding.earlier] == [("7", "1"), ("8", "2")]
    assert dict(finding.parameters)["count"] == 3


def test_short_texts_are_no_repeats() -> None:
    chat = Chat()
    assert [chat.post(who, text="спасибо") for who in "1123"] == [(), (), (), ()]


def test_messages_without_date_or_author_are_left_out() -> None:
    chat = Chat()
    chat.post("1")
    assert chat.post("1", date=None) == ()
    assert chat.post("1", author=None) == ()


def test_an_edited_message_does_not_repeat_itself() -> None:
    chat = Chat()
    chat.post("1", id="5")
    assert chat.post("1", 1, id="5") == ()


def test_trusted_authors_are_left_out_of_the_count() -> None:
    chat = Chat(RuleBook(lists=Lists(whitelist=frozenset({AuthorKey(Platform.TELEGRAM, "1")}))))
    assert [chat.post("1"), chat.post("1"), chat.post("2"), chat.post("3")] == [(), (), (), ()]


def test_a_community_has_its_own_numbers() -> None:
    rule = RulePolicy(numbers={"count": 3, "seconds": 60})
    chat = Chat(RuleBook(Policy(rules={"repeated_text": rule})))
    assert chat.post("1") == chat.post("1", 0.2) == ()
    assert len(chat.post("1", 0.4)) == 1


def test_a_rule_switched_off_finds_nothing_but_remembers() -> None:
    chat = Chat(RuleBook(Policy(rules={"repeated_text": RulePolicy(enabled=False)})))
    assert chat.post("1") == chat.post("1") == ()


def test_what_was_stored_is_remembered_after_a_restart() -> None:
    sequences = SequenceEngine(RuleBook())
    stored = message(TEXT, id="8")
    text_hash = ENGINE.judge(stored).text_hash
    sequences.remember(stored.key, author().key, NOON, text_hash)
    sequences.remember(stored.key, None, None, 0)
    sequences.remember(stored.key, author().key, NOON, text_hash)
    (finding,) = sequences.observe(message(TEXT, id="9"), Judged((), text_hash))
    assert finding.earlier == (stored.key,)


def test_dates_at_the_end_of_time_are_no_error() -> None:
    chat = Chat()
    for date in (datetime.max, datetime.min):
        chat.post("1", date=date.replace(tzinfo=NOON.tzinfo))
    assert chat.post("2") == ()
