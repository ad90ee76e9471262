"""Channels that write too often."""

import pytest

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import ChannelStatus, Lists
from moderator_app.domain.message import AuthorKey, Platform
from tests.builders import author
from tests.judging.chat import Chat, named, numbers

CHANNEL = AuthorKey(Platform.TELEGRAM, "-555")


def rated(chat: Chat, seconds: float, who: str = "1") -> bool:
    return any(each.text_id == "finding.sender_chat.rate" for each in chat.post(who, seconds, sender_chat="555"))


def test_more_than_three_within_an_hour_are_found() -> None:
    chat = Chat()
    assert not any(rated(chat, n * 1200) for n in range(3))
    (finding,) = chat.post("1", 3600, sender_chat="555")
    assert (finding.rule, finding.label, named(finding)) == ("sender_chat", "list", ("1", "2", "3"))
    assert dict(finding.parameters) == {"count": 4, "seconds": 3600, "minutes": 60}
    assert not rated(chat, 6000)


def test_whoever_is_given_as_author_the_channel_counts() -> None:
    chat = Chat()
    assert [rated(chat, n, str(n)) for n in range(4)] == [False, False, False, True]
    assert any(each.rule == "sender_chat" for each in chat.post("", 5, author=author("-555")))


def test_another_channel_has_a_count_of_its_own() -> None:
    chat = Chat()
    for n in range(3):
        chat.post("1", n * 20, sender_chat="555")
    assert chat.post("1", 100, sender_chat="556") == []


@pytest.mark.parametrize(
    ("lists", "found"),
    [
        (Lists(channels={CHANNEL: ChannelStatus.ALLOWED}), False),
        (Lists(channels={CHANNEL: ChannelStatus.SUSPICIOUS}), True),
        (Lists(linked_channels=frozenset({CHANNEL})), False),
        (Lists(), True),
    ],
)
def test_allowed_and_linked_channels_write_as_often_as_they_like(lists: Lists, found: bool) -> None:
    chat = Chat(RuleBook(lists=lists))
    assert [rated(chat, n * 30) for n in range(4)][-1] is found


def test_the_community_itself_is_free() -> None:
    chat = Chat()
    assert not any(chat.found("sender_chat", "1", n * 30, sender_chat="100") for n in range(6))


def test_a_community_has_its_own_numbers() -> None:
    chat = Chat(numbers("sender_chat", count=1, seconds=10))
    assert [rated(chat, n) for n in (0, 10, 21)] == [False, True, False]
