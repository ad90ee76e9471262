"""Searching by keys over a real profile, and on to the queue, the history and a person's story."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from moderator_app import language
from moderator_app.domain.decision import ActionKind, Choice
from moderator_app.domain.message import Community, CommunityKey, Platform
from moderator_app.domain.ports import Delivery
from moderator_app.domain.search import folded
from moderator_app.storage import search as storage
from moderator_app.ui.keys import Command
from moderator_app.ui.search.search_page import SearchPage
from moderator_app.ui.search.vocabulary import offered, values
from tests.builders import author, message
from tests.fakes import FakeSource
from tests.moderation.desk import YARD
from tests.ui.conftest import Run
from tests.ui.shop import FLAGGED, Shop, shop
from tests.ui.until import until


def said(*texts: str) -> Delivery:
    now = datetime.now(UTC)
    return Delivery(tuple(message(text, id=str(n), date=now) for n, text in enumerate(texts, 1)))


def page(at: Shop) -> SearchPage:
    return at.session.search


async def look_for(at: Shop, text: str) -> None:
    """`/`, the words, Enter."""
    at.press(Qt.Key.Key_Slash)
    await until(lambda: page(at).field.hasFocus())
    page(at).field.setText(text)
    QTest.keyClick(page(at).field, Qt.Key.Key_Return)


def excerpts(at: Shop) -> list[str]:
    model = page(at).model
    hits = (model.hit(line) for line in range(model.rowCount()))
    return [hit.excerpt for hit in hits if hit is not None]


def reads(at: Shop, words: str) -> bool:
    return any(words in each.text() for each in page(at).findChildren(QLabel) if each.isVisible())


def button(at: Shop, text: str) -> QPushButton:
    found = [each for each in page(at).findChildren(QPushButton) if each.text() == text]
    return next((each for each in found if each.isVisible()), found[0])


def test_slash_leads_to_the_field_and_a_word_is_found_in_its_forms(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(said("Денег не будет", "совсем о другом"), "fake")
            await look_for(at, "деньги")
            await until(lambda: excerpts(at) == ["Денег не будет"])
            assert page(at).says == "1 message"
            QTest.keyClick(page(at).field, Qt.Key.Key_Down)
            assert page(at).table.hasFocus()
            assert reads(at, "never in the queue")
            QTest.keyClick(page(at).table, Qt.Key.Key_Up)
            assert page(at).field.hasFocus()

    run(work())


def test_letters_typed_into_the_field_decide_nothing(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(said(FLAGGED), "fake")
            await at.shows(1)
            at.press(Qt.Key.Key_Slash)
            QTest.keyClicks(page(at).field, "add/?")
            assert page(at).field.text() == "add/?"
            assert await at.standing() == []

    run(work())


def test_enter_on_a_message_that_waits_puts_the_hand_on_it_in_the_queue(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(said(*(f"{FLAGGED} {n}" for n in range(3))), "fake")
            await at.shows(3)
            await look_for(at, "2 is:open")
            await until(lambda: len(excerpts(at)) == 1)
            QTest.keyClick(page(at).field, Qt.Key.Key_Down)
            QTest.keyClick(page(at).table, Qt.Key.Key_Return)
            queue = at.session.queue
            await until(
                lambda: (entry := queue.model.entry(queue.view.item)) is not None and entry.row.key.message == "3"
            )
            assert at.window.shows(Command.QUEUE)

    run(work())


def test_a_decided_message_leads_to_its_line_of_the_history(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            (item,) = (await at.app.intake.accept(said(FLAGGED), "fake")).items
            await at.app.review.decide([item], Choice.DISMISS)
            await look_for(at, "decision:dismiss")
            await until(lambda: excerpts(at) == [FLAGGED])
            assert reads(at, "Dismiss by ")
            button(at, "Show in the history").click()
            await until(lambda: at.window.shows(Command.HISTORY))

    run(work())


def test_what_is_decided_meanwhile_shows_in_the_results(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            (item,) = (await at.app.intake.accept(said(FLAGGED), "fake")).items
            await look_for(at, "нахуй")
            await until(lambda: reads(at, "waits in the queue"))
            await at.app.review.decide([item], Choice.DISMISS)
            await until(lambda: reads(at, "Dismiss by "))

    run(work())


def test_a_query_that_cannot_be_understood_and_one_that_finds_nothing_say_so(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(said("привет"), "fake")
            at.press(Qt.Key.Key_Slash)
            await until(lambda: reads(at, "Words are found in all their forms"))
            await look_for(at, "before:soon")
            await until(lambda: reads(at, "“soon” is no day"))
            await look_for(at, "небывальщина")
            await until(lambda: reads(at, "No message fits"))
            await look_for(at, "привет")
            await until(lambda: excerpts(at) == ["привет"])

    run(work())


def test_too_many_are_cut_and_that_is_said(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "MOST", 150)

    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(said(*(f"привет {n}" for n in range(160))), "fake")
            await look_for(at, "привет")
            await until(lambda: page(at).says.startswith("More than 150 messages"))
            page(at).table.scrollToBottom()
            await until(lambda: page(at).model.rowCount() == 150)

    run(work())


def test_fields_and_values_are_offered_while_typing(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            yard = Community(YARD, "Двор чат")
            await at.app.intake.accept(Delivery(communities=(yard,)), "fake")
            at.press(Qt.Key.Key_Slash)
            field = page(at).field
            QTest.keyClicks(field, "so")
            assert field.offers == ["source:"]
            popup = QApplication.activePopupWidget()
            assert popup is not None
            QTest.keyClick(popup, Qt.Key.Key_Down)
            QTest.keyClick(popup, Qt.Key.Key_Return)
            await until(lambda: field.text() == "source:" and field.offers == ["source:telegram", "source:vk"])
            popup = QApplication.activePopupWidget()
            assert popup is not None
            QTest.keyClick(popup, Qt.Key.Key_Down)
            QTest.keyClick(popup, Qt.Key.Key_Return)
            await until(lambda: field.text() == "source:telegram ")
            assert field.offers == []

    run(work())


def test_escape_leads_back_to_the_queue_and_decides_nothing(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(said(FLAGGED), "fake")
            await at.shows(1)
            at.press(Qt.Key.Key_Slash)
            QTest.keyClick(page(at).field, Qt.Key.Key_Escape)
            await until(lambda: at.window.shows(Command.QUEUE))
            assert at.session.queue.view.hasFocus()

    run(work())


def test_why_somebody_was_banned_is_told_and_the_ban_lifted(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        source = FakeSource(YARD, messages=[message(FLAGGED, id="1")])
        async with shop(tmp_path, source) as at:
            at.app.preferences.set("review.grace_seconds", "0")
            (item,) = (await at.app.intake.accept(said(FLAGGED), "fake")).items
            await at.app.review.decide([item], Choice.BAN, reason="Оскорбление")
            await until(lambda: source.effects_of(ActionKind.BAN))
            await look_for(at, "telegram:42")
            await until(lambda: reads(at, "Banned in “100” since "))
            assert reads(at, "Reason: Оскорбление")
            assert reads(at, FLAGGED)
            button(at, "Copy as text").click()
            assert "Оскорбление" in QApplication.clipboard().text()
            (lift,) = page(at).story.lifting
            lift.click()
            await until(lambda: any("they must join again" in notice.text for notice in at.said))
            await until(lambda: source.effects_of(ActionKind.UNBAN))
            await until(lambda: reads(at, "Nothing that this console did keeps this person out"))

    run(work())


def test_of_several_people_one_is_chosen(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            vk = message("да", platform=Platform.VK, community="9", author=author("4242", "Вера", Platform.VK))
            await at.app.intake.accept(Delivery((message("да", author=author("4242", "Олег")), vk)), "fake")
            await look_for(at, "4242")
            await until(lambda: reads(at, "Who is meant?"))
            button(at, "Вера · vk:4242 · 1 message").click()
            await until(lambda: reads(at, "Nothing was ever decided about this person."))
            button(at, "Their messages").click()
            await until(lambda: excerpts(at) == ["да"] and page(at).field.text() == "author:vk:4242")

    run(work())


@pytest.mark.parametrize(
    ("code", "before", "words"),
    [
        ("en", "деньги auth", ("author:",)),
        ("ru", "деньги авт", ("автор:",)),
        ("ru", "is:", ("is:ждёт", "is:решено", "is:отмечено", "is:удалено", "is:изменено")),
        ("ru", "-есть:м", ("есть:медиа",)),
        ("en", "community:дв", ('community:"Двор чат"',)),
        ("en", 'community:"двор ч', ('community:"Двор чат"',)),
        ("en", "is:open ", ()),
        ("en", "деньги", ()),
    ],
)
def test_what_may_come_next_is_offered_in_the_language_in_use(code: str, before: str, words: tuple[str, ...]) -> None:
    language.use(code)
    found = offered(before, [Community(CommunityKey(Platform.VK, "1"), "Двор чат")])
    assert found.words == words
    assert before[found.start :] != before or not before.startswith("деньги ")


@pytest.mark.parametrize("code", ["en", "ru"])
def test_every_value_offered_is_understood(code: str) -> None:
    language.use(code)
    known = values()
    for field, listed in known.items():
        for word in offered(f"{field.value}:").words:
            assert folded(word.partition(":")[2]) in listed, word
