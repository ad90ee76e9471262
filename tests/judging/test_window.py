"""The memory of recent messages."""

from datetime import datetime, timedelta

from moderator_app.domain.message import AuthorKey, MessageKey, Platform
from moderator_app.judging.window import Sighting, Window
from tests.builders import NOON


def sighting(id: int, date: datetime = NOON, text_hash: int = 7) -> Sighting:
    key = MessageKey(Platform.TELEGRAM, "100", str(id))
    return Sighting(key, AuthorKey(Platform.TELEGRAM, "42"), date, text_hash)


def ids(window: Window, text_hash: int = 7) -> list[str]:
    return [seen.key.message for seen in window.same_text(text_hash)]


def test_messages_of_one_text_are_kept_in_order_of_arrival() -> None:
    window = Window()
    for seen in (sighting(2), sighting(1, NOON - timedelta(hours=1)), sighting(3, text_hash=8)):
        window.remember(seen)
    assert ids(window) == ["2", "1"]


def test_an_edited_message_is_remembered_once() -> None:
    window = Window()
    window.remember(sighting(1))
    window.remember(sighting(1, text_hash=8))
    assert (ids(window), ids(window, 8), len(window)) == ([], ["1"], 1)


def test_what_is_too_old_is_forgotten() -> None:
    window = Window()
    window.remember(sighting(1))
    window.remember(sighting(2, NOON + timedelta(days=3)))
    assert ids(window) == ["2"]


def test_a_late_message_from_the_day_before_is_kept() -> None:
    window = Window()
    window.remember(sighting(1))
    window.remember(sighting(2, NOON - timedelta(hours=20)))
    assert ids(window) == ["1", "2"]


def test_it_holds_no_more_than_it_may() -> None:
    window = Window(most=10)
    for n in range(100):
        window.remember(sighting(n, text_hash=n))
    assert len(window) == 10


def test_one_text_does_not_fill_it() -> None:
    window = Window()
    for n in range(10_000):
        window.remember(sighting(n))
    assert len(window) < 100


def test_forgetting_what_is_not_there_is_no_error() -> None:
    Window().forget(sighting(1).key)
