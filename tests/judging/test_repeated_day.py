"""The same text or the same attachments of one author over and over within a day."""

from datetime import timedelta
from typing import Any

import pytest

from moderator_app.domain.message import Attachment, MessageKey, Platform
from tests.builders import NOON
from tests.judging.chat import Chat, media, named, numbers

TEXT = "Ищу людей в команду, пишите в личку"
HOUR = 3600
CASES: list[tuple[str, dict[str, Any]]] = [
    ("repeated_text_day", {"text": TEXT}),
    ("repeated_media_day", dict(media("photo", "123"))),
]
both = pytest.mark.parametrize(("rule", "same"), CASES)


@both
def test_the_fifth_time_within_a_day_is_found_and_reaches_back_to_the_first_four(rule: str, same: Any) -> None:
    chat = Chat()
    for n in range(4):
        assert not chat.found(rule, "1", n * 6 * HOUR, **same)
    observed = chat.observe("1", 24 * HOUR, **same)
    (finding,) = [each for each in observed.findings if each.rule == rule]
    assert (named(finding), dict(finding.parameters)["count"]) == (("1", "2", "3", "4"), 5)
    reached = {key.message: each for key, each in observed.reached}
    assert {each.rule for each in reached.values()} == {rule}
    assert {key: named(each) for key, each in reached.items()} == {
        "1": ("2", "3", "4", "5"), "2": ("1", "3", "4", "5"), "3": ("1", "2", "4", "5"), "4": ("1", "2", "3", "5")
    }  # fmt: skip


@both
def test_the_day_rolls(rule: str, same: Any) -> None:
    chat = Chat()
    for n in range(4):
        chat.post("1", n * 6 * HOUR, **same)
    assert not chat.found(rule, "1", 24 * HOUR + 1, **same)


@both
def test_other_authors_do_not_count(rule: str, same: Any) -> None:
    chat = Chat()
    assert not any(chat.found(rule, str(n), n, **same) for n in range(9))


@both
def test_all_communities_count(rule: str, same: Any) -> None:
    chat = Chat()
    found = [chat.found(rule, "1", n * HOUR, community=str(n % 2), **same) for n in range(5)]
    assert found == [False] * 4 + [True]


@both
def test_platforms_do_not_share_their_ids(rule: str, same: Any) -> None:
    chat = Chat()
    for n in range(4):
        chat.post("1", n * HOUR, platform=Platform.VK, **same)
    assert not chat.found(rule, "1", 4 * HOUR, **same)


@both
def test_the_order_of_arrival_does_not_matter(rule: str, same: Any) -> None:
    chat = Chat()
    for n in (4, 3, 0, 1):
        chat.post("1", n * HOUR, **same)
    (finding,) = [each for each in chat.post("1", 2 * HOUR, **same) if each.rule == rule]
    assert named(finding) == ("3", "4", "2", "1")


@both
def test_a_community_has_its_own_numbers(rule: str, same: Any) -> None:
    chat = Chat(numbers(rule, count=3, seconds=60))
    assert [chat.found(rule, "1", n * 30, **same) for n in range(3)] == [False, False, True]
    assert not chat.found(rule, "1", 300, **same)


@both
def test_a_hundred_are_counted_where_a_hundred_are_asked_for(rule: str, same: Any) -> None:
    chat = Chat(numbers(rule, count=100))
    found = [chat.found(rule, "1", n * 60, **same) for n in range(100)]
    assert found == [False] * 99 + [True]


@both
def test_it_goes_on_after_a_restart(rule: str, same: Any) -> None:
    chat = Chat()
    for n in range(4):
        chat.post("1", n * HOUR, **same)
    chat.restart()
    assert chat.found(rule, "1", 5 * HOUR, **same)


def test_the_order_of_attachments_does_not_matter() -> None:
    chat = Chat()
    one, other = Attachment("photo", "1"), Attachment("video", "", "https://example.org/1.mp4")
    pairs = [(one, other), (other, one), (one, other), (other, one), (one, other)]
    assert [chat.found("repeated_media_day", "1", n, attachments=pair) for n, pair in enumerate(pairs)][-1]


def test_attachments_without_ids_cannot_be_compared_and_stickers_say_nothing() -> None:
    chat = Chat()
    assert not any(chat.found("repeated_media_day", "1", n * 99, **media("photo", "")) for n in range(6))
    assert not any(chat.found("repeated_media_day", "1", n * 99, **media("sticker", "7")) for n in range(6))


def test_an_edit_away_from_the_text_is_taken_back() -> None:
    chat = Chat()
    for n in range(4):
        chat.post("1", n, TEXT)
    chat.post("1", 3, "Совсем другие слова", id="4", edited=NOON + timedelta(minutes=1))
    assert not chat.found("repeated_text_day", "1", 9, TEXT)
    assert chat.found("repeated_text_day", "1", 10, TEXT)


def test_messages_reached_are_named_by_their_own_keys() -> None:
    chat = Chat()
    for n in range(4):
        chat.post("1", n, TEXT, community=str(n))
    keys = [key for key, _ in chat.observe("1", 5, TEXT).reached]
    assert keys == [MessageKey(Platform.TELEGRAM, str(n), str(n + 1)) for n in range(4)]
