"""Many pictures of one author within a minute."""

import pytest

from tests.judging.chat import Chat, media, named, numbers


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


def test_an_album_counts_once() -> None:
    # Telegram makes a message of each of its pictures, all of one second, the first with the caption.
    chat = Chat()
    for album in range(4):
        assert not chat.found("media_spam", "1", album * 12, "Подпись", **media())
        assert not any(chat.found("media_spam", "1", album * 12, **media(text="")) for _ in range(9))
    assert chat.found("media_spam", "1", 59, **media())


def test_an_album_without_words_counts_once() -> None:
    chat = Chat()
    assert not any(chat.found("media_spam", "1", 0, **media(text="")) for _ in range(10))


def test_stickers_and_captioned_pictures_of_one_second_are_no_album() -> None:
    chat = Chat()
    assert [chat.found("media_spam", "1", 0, **media("sticker", text="")) for _ in range(5)][-1]
    chat = Chat()
    assert [chat.found("media_spam", "1", 0, "Купи", **media()) for _ in range(5)][-1]


def test_one_message_with_many_pictures_counts_once() -> None:
    chat = Chat()
    many = {"attachments": media()["attachments"] * 10}
    assert not chat.found("media_spam", "1", 0, **many)


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
