"""Many messages of one author within seconds."""

import pytest

from tests.judging.chat import Chat, media, named, numbers, without


def test_the_fifth_message_within_ten_seconds_completes_a_flood_and_names_the_others() -> None:
    chat = Chat()
    assert [chat.post("1", n) for n in range(4)] == [[], [], [], []]
    (finding,) = chat.post("1", 4)
    assert (finding.rule, finding.label, named(finding)) == ("flood", "behaviour", ("1", "2", "3", "4"))
    assert dict(finding.parameters) == {"count": 5, "seconds": 4}


def test_every_further_message_is_found_too() -> None:
    chat = Chat()
    found = [chat.found("flood", "1", n) for n in range(8)]
    assert found == [False] * 4 + [True] * 4


@pytest.mark.parametrize(("last", "found"), [(10, True), (10.001, False)])
def test_ten_seconds_are_within_ten_seconds(last: float, found: bool) -> None:
    chat = Chat()
    for n in range(4):
        chat.post("1", n)
    assert chat.found("flood", "1", last) is found


def test_other_authors_and_other_communities_do_not_count() -> None:
    chat = Chat()
    for n in range(4):
        chat.post("1", n)
    assert not chat.found("flood", "2", 5)
    assert not chat.found("flood", "1", 5, community="200")


def test_a_message_that_arrives_late_completes_it() -> None:
    chat = Chat()
    for n in (0, 1, 3, 4):
        chat.post("1", n)
    (finding,) = chat.post("1", 2)
    assert named(finding) == ("1", "2", "3", "4")


def test_of_several_stretches_the_fullest_counts() -> None:
    chat = Chat()
    for n in (0, 1, 2, 14, 15):
        chat.post("1", n)
    assert not chat.found("flood", "1", 8)


def test_an_edit_is_no_message_of_its_own() -> None:
    chat = Chat()
    for n in range(4):
        chat.post("1", n)
    assert not chat.found("flood", "1", 3, "Поправка", id="4")
    assert chat.found("flood", "1", 4)
    # Nor is what was written after it held against it.
    assert not chat.found("flood", "1", 2, "Поправка", id="3")


def test_an_album_counts_once() -> None:
    chat = Chat()
    chat.post("1", 0, "Отпуск", **media("photo", "0"))
    assert not any(chat.found("flood", "1", 0, **media("photo", str(n), text="")) for n in range(1, 9))


def test_a_community_has_its_own_numbers() -> None:
    chat = Chat(numbers("flood", count=2, seconds=60))
    chat.post("1")
    assert chat.found("flood", "1", 60)


def test_switched_off_it_finds_nothing() -> None:
    chat = Chat(without("flood"))
    assert not any(chat.found("flood", "1", n) for n in range(9))


def test_it_goes_on_after_a_restart() -> None:
    chat = Chat()
    for n in range(4):
        chat.post("1", n)
    chat.restart()
    assert chat.found("flood", "1", 4)


def test_channels_are_told_apart_by_themselves() -> None:
    # Telegram gives all channels one author.
    chat = Chat(without("sender_chat"))
    assert not any(chat.found("flood", "136817688", n, sender_chat=str(n)) for n in range(6))
