"""The memory of recent messages, joins and reports."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from moderator_app.domain.judgement import Judged, RuleBook
from moderator_app.domain.message import Attachment, Message, MessageKey, Platform
from moderator_app.domain.policy import Policy, RulePolicy
from moderator_app.judging import window as memory
from moderator_app.judging.sequence_engine import SequenceEngine
from moderator_app.judging.window import Place, Sighting, Window
from tests.builders import NOON, author, message
from tests.judging.chat import LINK

HOUR = 3600.0


def see(window: Window, id: int, hours: float = 0, text_hash: int = 7, who: str = "42", **overrides: Any) -> Sighting:
    seen = message("", id=str(id), **overrides)
    return window.remember(home(window), seen, who, hours * HOUR, text_hash)


def home(window: Window) -> Place:
    return window.place(Platform.TELEGRAM, "100")


def ids(window: Window) -> list[str]:
    return [seen.key.message for seen in window]


def alike(seen: Sighting) -> list[str]:
    return [each.key.message for each in seen.alike]


def test_messages_of_one_text_are_at_hand_by_their_dates() -> None:
    window = Window()
    see(window, 2)
    see(window, 1, -1)
    see(window, 3, text_hash=8)
    assert alike(see(window, 4)) == ["1", "2", "4"]


def test_an_edited_message_is_remembered_once_and_keeps_its_number() -> None:
    window = Window()
    first = see(window, 1)
    see(window, 2)
    edited = see(window, 1, text_hash=8)
    assert (len(window), alike(edited), edited.number) == (2, ["1"], first.number)
    assert alike(see(window, 3)) == ["2", "3"]


def test_what_is_too_old_is_forgotten_and_a_late_message_kept() -> None:
    window = Window()
    see(window, 1)
    see(window, 2, -20)
    assert len(window) == 2
    for n in range(3, 11):
        see(window, n, 72)
    assert ids(window) == [str(n) for n in range(3, 11)]


def test_a_message_from_the_future_or_of_another_community_makes_nothing_old() -> None:
    window = Window()
    for n in range(3):
        see(window, n, n)
    see(window, 3, 24 * 365 * 75)
    window.remember(window.place(Platform.VK, "1"), message("", id="1"), "7", 900 * HOUR, 7)
    assert alike(see(window, 4, 4)) == ["0", "1", "2", "4", "1", "3"]


def test_a_message_from_the_future_does_not_keep_others_from_being_forgotten() -> None:
    window = Window()
    see(window, 0, 24 * 365 * 75)
    for n in range(1, 500):
        see(window, n, n, text_hash=n)
    assert len(window) < 70


def test_nothing_is_forgotten_that_is_to_be_kept() -> None:
    window = Window()
    window.keep_since(-HOUR)
    for n in range(100):
        see(window, n, n, text_hash=n)
    assert len(window) == 100
    window.keep_since(90 * HOUR)
    see(window, 100, 100)
    assert len(window) < 70


def test_of_a_text_what_is_farthest_in_time_is_forgotten() -> None:
    window = Window(alike=3)
    for n in (9, 8, 7, 6, 30, 5):
        see(window, n, n)
    assert ids(window) == ["8", "7", "5"]


def test_it_holds_no_more_than_it_may() -> None:
    window = Window(most=10)
    for n in range(100):
        see(window, n, n / 60, text_hash=n, who=str(n))
    assert ids(window) == [str(n) for n in range(90, 100)]


def test_one_text_one_medium_and_one_author_do_not_fill_it() -> None:
    texts, media, authors = Window(), Window(), Window()
    photo = (Attachment("photo", "1"),)
    for n in range(3000):
        see(texts, n, n / 3600, who=str(n))
        see(media, n, n / 3600, text_hash=0, who=str(n), attachments=photo)
        see(authors, n, n / 3600, text_hash=n)
    assert (len(texts), len(media), len(authors)) == (memory.MOST_ALIKE, memory.MOST_ALIKE, memory.MOST_OF_AUTHOR)


def test_of_a_text_as_many_are_held_as_the_policies_count() -> None:
    window = Window(alike=200)
    for n in range(300):
        see(window, n, n / 3600)
    assert len(window) == 200


def test_forgetting_what_is_not_there_is_no_error() -> None:
    window = Window()
    window.forget(home(window), "1")
    see(window, 1)
    window.forget(home(window), "1")
    window.forget(home(window), "1")
    assert len(window) == 0


def test_joins_are_bounded_in_number_and_time() -> None:
    window = Window()
    place = home(window)
    for n in range(memory.MOST_JOINS + 10):
        window.join(place, str(n), float(n))
    assert len(place.joined) == len(place.join_dates) == memory.MOST_JOINS
    see(window, 1, 1000)
    assert (place.joined, place.join_dates) == ({}, [])


def test_reports_are_bounded() -> None:
    window = Window()
    by = MessageKey(Platform.TELEGRAM, "100", "5")
    for n in range(memory.MOST_REPORTED + 10):
        window.report(home(window), str(n), "1", by)
    for n in range(memory.MOST_REPORTERS + 10):
        reports = window.report(home(window), "last", str(n), MessageKey(Platform.TELEGRAM, "100", str(n)))
    assert len(reports) == memory.MOST_REPORTERS
    assert window.reports(home(window), "0") == {}


def test_of_many_communities_those_that_came_long_ago_are_dropped() -> None:
    sequences = SequenceEngine(RuleBook())
    for n in range(5000):
        sequences.observe(message(id="1", community=str(n), date=NOON + timedelta(days=3 * n)), Judged((), 0))
    assert len(sequences._communities) <= 1000
    assert len(sequences._window._places) <= 1501


ANY_DATE = (
    st.none() | st.datetimes(timezones=st.just(UTC)) | st.integers(0, 200).map(lambda n: NOON + timedelta(seconds=n))
)
FEW = st.sampled_from(["1", "2", "3", "4", ""])
PART = st.builds(Attachment, st.sampled_from(["photo", "sticker", "doc", "x"]), st.sampled_from(["", "1", "2"]))


@st.composite
def posted(draw: st.DrawFn) -> tuple[Message, Judged]:
    who = draw(FEW)
    text = draw(st.sampled_from(["", "слово", "/report", "Одно и то же объявление"]))
    written = message(
        text,
        id=draw(FEW),
        community=draw(st.sampled_from(["1", "2"])),
        platform=draw(st.sampled_from(Platform)),
        date=draw(ANY_DATE),
        author=author(who) if who else None,
        joined=draw(ANY_DATE),
        reply_to=draw(FEW),
        thread=draw(FEW),
        sender_chat=draw(FEW),
        attachments=tuple(draw(st.lists(PART, max_size=2))),
    )
    return written, Judged(draw(st.sampled_from([(), (LINK,)])), draw(st.integers(0, 2)))


LOW = Policy(
    rules={
        "flood": RulePolicy(numbers={"count": 2}),
        "media_spam": RulePolicy(numbers={"count": 2}),
        "repeated_text": RulePolicy(numbers={"authors": 2, "count": 2}),
        "repeated_text_day": RulePolicy(numbers={"count": 2}),
        "repeated_media_day": RulePolicy(numbers={"count": 2}),
        "newcomer": RulePolicy(numbers={"raid_joins": 2}),
        "sender_chat": RulePolicy(numbers={"count": 1}),
    }
)


@settings(deadline=None)
@given(st.lists(posted(), max_size=40))
def test_no_order_of_messages_breaks_the_rules(messages: list[tuple[Message, Judged]]) -> None:
    sequences = SequenceEngine(RuleBook(LOW))
    window = sequences._window = Window(most=5, alike=3)
    for written, judged in messages:
        observed = sequences.observe(written, judged)
        for finding in observed.findings:
            assert written.key not in finding.earlier
            assert len(set(finding.earlier)) == len(finding.earlier)
            assert finding.rule == "reported" or sequences.still_holds([finding], written.key.community_key) == (
                finding,
            )
        assert all(key != written.key for key, _ in observed.reached)
        sequences.remember(written, judged.text_hash)
        held = list(window)
        assert len(held) <= 5
        assert sorted(each.key for each in held) == sorted(
            each.key for place in window._places.values() for each in place.messages.values()
        )
        for lists, field in ((window._by_text, "alike"), (window._by_media, "same_media")):
            for same in lists.values():
                assert same
                assert same == sorted(same, key=lambda each: each.date)
                assert all(getattr(each, field) is same for each in same)


def test_dates_at_the_ends_of_time_are_no_error() -> None:
    sequences = SequenceEngine(RuleBook())
    for n, date in enumerate((datetime.max, datetime.min, datetime.max)):
        sequences.observe(message(id=str(n), date=date.replace(tzinfo=UTC)), Judged((), 7))
