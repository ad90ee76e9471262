"""The author on the card: what is stored, what the platform tells when somebody looks, and more of it by a key."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolButton

from moderator_app import language
from moderator_app.domain.decision import Choice
from moderator_app.domain.errors import Refused, TryLater
from moderator_app.domain.message import Author, AuthorKey, Community, CommunityKey, Platform
from moderator_app.domain.profile import Profile
from moderator_app.domain.queue import AuthorPlace, AuthorRecord, Card, PastDecision, Said
from moderator_app.ui.queue.author_panel import AuthorPanel, in_brief
from moderator_app.ui.queue.author_profiles import Told
from tests.ui.conftest import Run
from tests.ui.desk import Desk, desk
from tests.ui.fakes import FakeNotes, FakeProfiles, FakeReview, card
from tests.ui.until import until

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
KEY = AuthorKey(Platform.TELEGRAM, "1001")
HERE, THERE = card(1).community, Community(CommunityKey(Platform.TELEGRAM, "200"), "Барахолка")
RECORD = AuthorRecord(
    Author(KEY, "Вика", "vika"), NOON, None, 12, 3, 3, 2, "blacklist",
    places=(AuthorPlace(HERE, 9, 1), AuthorPlace(THERE, 3, 4)),
    decisions=tuple(
        PastDecision(Choice.DELETE, "anna", NOON, place, f"реклама {number}")
        for number, place in enumerate([HERE, THERE, HERE])
    ),
    latest=(Said(THERE, NOON, "всем привет"), Said(HERE, NOON, "пиши в лс", flagged=True)),
)  # fmt: skip
PROFILE = Profile(
    Author(KEY, "Вика"), bio="Заработок без вложений", personal_channel=Community(THERE.key, "Лёгкие деньги"),
    has_photo=True, photo_since=NOON, registered="2025-09", joined=NOON - timedelta(days=1), common_chats=4,
    is_premium=True, is_scam=True,
)  # fmt: skip


class Known(FakeReview):
    notes = FakeNotes()

    async def author(self, key: AuthorKey) -> AuthorRecord:
        return replace(RECORD, author=Author(key, "Вика", "vika"), notes=self.notes.kept.get(key, ()))


def texts(at: Desk) -> str:
    return "\n".join(at.page.card.author.texts())


def cards() -> list[Card]:
    # High enough that the author lies below what is in view.
    return [card(item, "очень длинный текст\n" * 60) for item in (1, 2)]


def test_the_record_is_there_at_once_and_nobody_is_asked_who_only_passes_by(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        profiles = FakeProfiles()
        async with desk(Known(cards()), tmp_path, profiles=profiles) as at:
            await at.seen(1)
            shown = texts(at)
            for words in (
                "@vika · telegram:1001",
                "Blacklist",
                "12, 3 of them flagged",
                "67% = 2 of 3 decided",
                "1 here, 5 in all",
                "Барахолка (3)",
                "реклама 0",
                "Барахолка: реклама 1",
            ):
                assert words in shown
            assert "реклама 2" not in shown
            assert "всем привет" not in shown
            at.press(Qt.Key.Key_J)
            await at.seen(2)
            assert profiles.asked == []

    run(work())


def test_a_key_shows_all_of_it_and_asks_the_platform(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        profiles = FakeProfiles()
        profiles.told["1001"] = PROFILE
        async with desk(Known(cards()), tmp_path, profiles=profiles) as at:
            await at.seen(1)
            at.press(Qt.Key.Key_H)
            await until(lambda: "Заработок без вложений" in texts(at))
            for words in ("marked as scam, Premium", "Лёгкие деньги", "September 2025", "реклама 2", "всем привет"):
                assert words in texts(at)
            await until(lambda: not at.page.card.author.visibleRegion().isEmpty())
            at.press(Qt.Key.Key_H)
            await until(lambda: "всем привет" not in texts(at))
            await until(lambda: at.page.card._scroll.verticalScrollBar().value() == 0)
            assert profiles.asked == ["1001"]
            at.press(Qt.Key.Key_H)
            at.press(Qt.Key.Key_J)
            await at.seen(2)
            assert not at.page.card.author.is_open
            assert "Заработок без вложений" not in texts(at)
            at.press(Qt.Key.Key_K)
            await at.seen(1)
            # Kept for a while.
            assert "Заработок без вложений" in texts(at)
            assert profiles.asked == ["1001"]

    run(work())


def test_an_author_in_view_is_asked_about_after_a_while(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        profiles = FakeProfiles()
        profiles.told["1001"] = PROFILE
        async with desk(Known([card(1, "коротко")]), tmp_path, profiles=profiles) as at:
            at.window.resize(1280, 1400)
            await at.seen(1)
            await until(lambda: "Заработок без вложений" in texts(at))

    run(work())


def test_what_stands_against_it_is_said_and_tried_again_by_itself(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        profiles = FakeProfiles()
        profiles.told["1001"] = PROFILE
        profiles.faults = [TryLater("telegram.flood", 0.1)]
        async with desk(Known([card(1, "коротко")]), tmp_path, profiles=profiles) as at:
            await at.seen(1)
            at.press(Qt.Key.Key_H)
            await until(lambda: "Telegram asks to wait" in texts(at))
            await until(lambda: "Заработок без вложений" in texts(at))
            assert at.said == []

    run(work())


def test_a_refusal_is_told_in_its_place(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        profiles = FakeProfiles()
        profiles.faults = [Refused("telegram.unknown_peer", code="")]
        async with desk(Known(cards()), tmp_path, profiles=profiles) as at:
            await at.seen(1)
            at.press(Qt.Key.Key_H)
            await until(lambda: "does not tell this account who that is" in texts(at))

    run(work())


def test_of_a_chat_from_a_file_nobody_is_asked(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        profiles = FakeProfiles()
        async with desk(Known([card(1, can_act=False)]), tmp_path, profiles=profiles) as at:
            await at.seen(1)
            at.press(Qt.Key.Key_H)
            await until(lambda: "всем привет" in texts(at))
            assert profiles.asked == []

    run(work())


def test_it_speaks_both_languages(run: Run) -> None:
    async def work() -> None:
        panel = AuthorPanel()
        language.use("ru")
        panel.show_author(RECORD, card(1).message, Told(PROFILE))
        panel.open(True)
        shown = "\n".join(panel.texts())
        for words in ("помечен как мошенник, Premium", "сентябрь 2025", "67\xa0% = 2 из 3", "здесь 1, всего 5"):
            assert words in shown
        panel.deleteLater()

    run(work())


def test_a_note_is_written_by_a_key_and_stays_until_it_is_removed(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review = Known(cards())
        review.notes = FakeNotes()
        async with desk(review, tmp_path, notes=review.notes) as at:
            await at.seen(1)
            at.press(Qt.Key.Key_N)
            field = at.page.card.author.notes.findChildren(QLineEdit)[0]
            await until(field.hasFocus)
            # Letters are no decisions here.
            QTest.keyClicks(field, "dard")
            at.press(Qt.Key.Key_Escape)
            assert (field.text(), at.review.decisions()) == ("", [])
            await until(lambda: not field.hasFocus())
            at.press(Qt.Key.Key_N)
            await until(field.hasFocus)
            QTest.keyClicks(field, "warned by phone")
            at.press(Qt.Key.Key_Return)
            await until(lambda: "warned by phone" in texts(at))
            assert review.notes.kept[KEY][0].text == "warned by phone"
            # The hand is back on the list.
            at.press(Qt.Key.Key_J)
            await at.seen(2)
            assert "warned by phone" not in texts(at)
            at.press(Qt.Key.Key_K)
            await at.seen(1)
            assert "warned by phone" in texts(at)
            at.press(Qt.Key.Key_H)
            buttons = at.page.card.author.notes.findChildren(QToolButton)
            next(each for each in buttons if each.isVisible()).click()
            await until(lambda: "warned by phone" not in texts(at))
            assert review.notes.kept[KEY] == ()

    run(work())


def test_the_head_says_in_brief_what_weighs_most(run: Run) -> None:
    async def work() -> None:
        assert in_brief(replace(RECORD, first_seen=datetime.now(UTC) - timedelta(hours=3))) == (
            "Blacklist · first seen 3 hr. ago · 12 messages · 2 of 3 rejected"
        )
        language.use("ru")
        assert in_brief(replace(RECORD, first_seen=None, decided=0, messages=1, listed="")) == "1 сообщение"

    run(work())
