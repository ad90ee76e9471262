"""Many pictures of one author within a minute."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.judging.chat import Chat, media, named, numbers


def score(chat: Chat, seconds: float = 0, text: str | None = None, **overrides: Any) -> float:
    """How much is found in what the author 1 posts."""
    return sum(finding.score for finding in chat.post("1", seconds, text, **overrides) if finding.rule == "media_spam")


def attached(pictures: int) -> Mapping[str, Any]:
    return {"attachments": media()["attachments"] * pictures}


@pytest.mark.parametrize("kind", ["photo", "animation", "sticker"])
def test_the_fifth_picture_within_a_minute_is_found_and_names_the_others(kind: str) -> None:
    chat = Chat()
    for n in range(4):
        assert chat.post("1", n * 15, **media(kind, str(n))) == []
    (finding,) = chat.post("1", 60, **media(kind, "4"))
    assert (finding.rule, named(finding)) == ("media_spam", ("1", "2", "3", "4"))


def test_after_a_minute_the_first_counts_no_more() -> None:
    chat = Chat()
    for n in range(4):
        chat.post("1", n * 15, **media())
    assert not chat.found("media_spam", "1", 60.001, **media())


def test_messages_without_pictures_in_between_do_not_count() -> None:
    chat = Chat()
    for n in range(8):
        attachments = media() if n % 2 else media("poll")
        assert not chat.found("media_spam", "1", n * 5, **attachments)
    assert not chat.found("media_spam", "1", 50, "Просто слова")


def test_one_or_two_albums_stay_below_the_threshold() -> None:
    # Telegram makes a message of each of its pictures, all of one second, the first with the caption.
    chat = Chat()
    scores = []
    for album in range(3):
        scores.append(score(chat, album * 12, "Подпись", **media()))
        scores += [score(chat, album * 12, **media(text="")) for _ in range(9)]
    assert scores == [0] * 4 + [0.4] * 16 + [0.65] * 10


def test_an_album_names_its_parts() -> None:
    chat = Chat()
    *_, fifth = [chat.post("1", 0, **media(text="")) for _ in range(5)]
    assert [(finding.rule, named(finding)) for finding in fifth] == [("media_spam", ("1", "2", "3", "4"))]


def test_stickers_and_captioned_pictures_of_one_second_are_no_album() -> None:
    chat = Chat()
    assert [chat.found("media_spam", "1", 0, **media("sticker", text="")) for _ in range(5)][-1]
    chat = Chat()
    assert [chat.found("media_spam", "1", 0, "Купи", **media()) for _ in range(5)][-1]


@pytest.mark.parametrize(("pictures", "expected"), [(4, 0), (5, 0.4), (10, 0.4)])
def test_each_picture_attached_to_one_message_counts(pictures: int, expected: float) -> None:
    assert score(Chat(), **attached(pictures)) == expected


def test_pictures_attached_to_several_messages_are_added_up() -> None:
    chat = Chat()
    assert [score(chat, n * 20, **attached(2)) for n in range(3)] == [0, 0, 0.65]
    assert dict(chat.post("1", 61, **attached(2))[0].parameters) == {"count": 6, "seconds": 41}


def test_words_in_between_make_no_difference() -> None:
    chat = Chat()
    for n in range(4):
        chat.post("1", n * 10, **media())
        chat.post("1", n * 10 + 5, "Смотрите")
    assert chat.found("media_spam", "1", 40, **media())


def test_the_minute_with_most_pictures_counts() -> None:
    chat = Chat()
    chat.post("1", 0, **attached(4))
    for n in range(2):
        chat.post("1", 80 + n, **media())
    assert chat.found("media_spam", "1", 50, **media())


def test_a_community_has_its_own_numbers() -> None:
    chat = Chat(numbers("media_spam", count=2, seconds=5))
    chat.post("1", **media())
    assert chat.found("media_spam", "1", 5, **media())
    assert not chat.found("media_spam", "1", 11, **media())


def test_pictures_of_another_community_do_not_count() -> None:
    chat = Chat()
    for n in range(4):
        chat.post("1", n, **media())
    assert not chat.found("media_spam", "1", 5, **media(community="200"))


def test_it_goes_on_after_a_restart() -> None:
    chat = Chat()
    for n in range(4):
        chat.post("1", n * 11, **media("sticker", text=""))
    chat.restart()
    assert chat.found("media_spam", "1", 44, **media("sticker", text=""))
