"""People who came in and at once do what another rule objects to."""

from datetime import timedelta

import pytest

from tests.builders import NOON, author
from tests.judging.chat import LINK, Chat, numbers, without

HOUR = 3600


def test_the_first_message_of_a_newcomer_with_another_finding_is_found() -> None:
    chat = Chat()
    chat.join("1")
    (finding,) = chat.post("1", 90, None, LINK)
    assert (finding.rule, finding.text_id, finding.label) == ("newcomer", "finding.newcomer.first", "behaviour")
    assert dict(finding.parameters) == {"seconds": 90, "minutes": 2}


def test_without_another_finding_newcomers_are_welcome() -> None:
    chat = Chat()
    chat.join("1")
    assert chat.post("1", 90) == []
    # And that was their first message.
    assert chat.post("1", 95, None, LINK) == []


@pytest.mark.parametrize(("since", "found"), [(24 * HOUR, True), (24 * HOUR + 1, False), (-1, False)])
def test_a_newcomer_is_new_for_a_day(since: float, found: bool) -> None:
    chat = Chat()
    chat.join("1")
    assert chat.found("newcomer", "1", since, None, LINK) is found


def test_the_time_of_joining_may_come_with_the_message() -> None:
    assert Chat().found("newcomer", "1", 60, None, LINK, joined=NOON)
    assert not Chat().found("newcomer", "1", 60, None, LINK, joined=NOON - timedelta(days=9))
    assert not Chat().found("newcomer", "1", 60, None, LINK)


def test_joining_another_community_is_nothing_to_this_one() -> None:
    chat = Chat()
    chat.join("1", community="200")
    assert not chat.found("newcomer", "1", 60, None, LINK)


def test_what_another_sequence_rule_finds_counts_too() -> None:
    chat = Chat()
    for who in "12":
        chat.post(who, 0, "Продам гараж в хорошем состоянии")
    chat.join("3")
    rules = [each.rule for each in chat.post("3", 9, "Продам гараж в хорошем состоянии")]
    assert rules == ["repeated_text", "newcomer"]


def test_an_edit_of_the_first_message_is_still_the_first() -> None:
    chat = Chat()
    chat.join("1")
    assert chat.post("1", 10, id="5") == []
    chat.post("1", 20)
    assert chat.found("newcomer", "1", 10, "Другое", LINK, id="5")


def raided(joins: int, apart: float, chat: Chat | None = None) -> Chat:
    chat = chat or Chat()
    for n in range(joins):
        chat.join(str(n), n * apart)
    for n in range(joins):
        chat.post(str(n), 300 + n)
    return chat


def test_of_a_raid_every_message_with_another_finding_is_found() -> None:
    chat = raided(10, 60 / 9)
    (finding,) = chat.post("3", 1000, None, LINK)
    assert (finding.text_id, dict(finding.parameters)) == ("finding.newcomer.raid", {"count": 10, "seconds": 60})
    assert chat.found("newcomer", "9", 1001, None, LINK)


def test_who_was_there_before_is_no_part_of_a_raid() -> None:
    chat = raided(10, 1)
    assert not chat.found("newcomer", "77", 1000, None, LINK)
    chat.join("78", 900)
    chat.post("78", 901)
    assert not chat.found("newcomer", "78", 1000, None, LINK)


@pytest.mark.parametrize(("joins", "apart"), [(9, 1), (10, 6.7)])
def test_fewer_or_slower_joins_are_no_raid(joins: int, apart: float) -> None:
    assert not raided(joins, apart).found("newcomer", "3", 1000, None, LINK)


def test_times_of_joining_told_by_messages_make_a_raid() -> None:
    chat = Chat()
    for n in range(10):
        joined = NOON + timedelta(seconds=n)
        found = chat.post(str(n), 100 + n, None, LINK, joined=joined)
        assert [each.text_id for each in found] == [f"finding.newcomer.{'raid' if n == 9 else 'first'}"]


def test_members_of_old_standing_do_not_fill_the_memory() -> None:
    chat = Chat()
    for n in range(50):
        chat.post(str(n), n * 20, joined=NOON - timedelta(days=n))
    assert len(chat.sequences._window._joins) <= 3


def test_who_joins_again_and_again_is_one_person() -> None:
    chat = Chat()
    for n in range(20):
        chat.join("1", n)
    chat.post("1", 30)
    assert not chat.found("newcomer", "1", 40, None, LINK)


def test_a_community_has_its_own_numbers() -> None:
    chat = raided(2, 5, Chat(numbers("newcomer", seconds=60, raid_joins=2, raid_seconds=5)))
    assert not chat.found("newcomer", "1", 66, None, LINK)
    chat.join("1", 301)
    chat.join("2", 305)
    assert chat.found("newcomer", "1", 310, None, LINK)


def test_switched_off_it_finds_nothing() -> None:
    chat = Chat(without("newcomer"))
    chat.join("1")
    assert chat.post("1", 5, None, LINK, author=author("1")) == []
