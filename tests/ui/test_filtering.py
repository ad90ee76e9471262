"""The queue is filtered by keys and clicks, and views keep what was filtered, over a real profile."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from moderator_app import language
from moderator_app.domain.message import Attachment, Platform
from moderator_app.domain.ports import Delivery
from moderator_app.domain.traits import BUILTIN_VIEWS, EVERYTHING, MEDIA, QueueFilter, Wish
from moderator_app.ui.queue.filters_popup import FiltersPopup
from tests.builders import author, message
from tests.fakes import FakeSource
from tests.ui.conftest import Run
from tests.ui.shop import FLAGGED, Shop, shop
from tests.ui.until import until

ALT = Qt.KeyboardModifier.AltModifier
VK = "source:vk"


def mixed() -> Delivery:
    """Two on Telegram, one of them with a picture, one on VK."""
    vk = message(f"{FLAGGED} 3", id="3", platform=Platform.VK, community="7", author=author("7", platform=Platform.VK))
    picture = message(f"{FLAGGED} 2", id="2", attachments=(Attachment("photo"),))
    return Delivery((message(f"{FLAGGED} 1", id="1"), picture, vk))


def shown(at: Shop) -> set[str]:
    return {entry.row.key.message for entry in at.session.queue.model.entries() if entry.is_open}


def popup(at: Shop) -> FiltersPopup:
    return at.session.queue.filtering.popup


def strike(at: Shop, key: Qt.Key) -> None:
    """In the list of all attributes, which is a window of its own."""
    QTest.keyClick(popup(at).list, key)


def marks(at: Shop) -> dict[str, str]:
    listed = popup(at).list
    rows = [row for n in range(listed.topLevelItemCount()) if (row := listed.topLevelItem(n)) is not None]
    return {row.text(1): row.text(0) for row in rows if row.text(2)}


def names(at: Shop) -> list[str]:
    return [name for name, _number in at.session.queue.filtering.panel.lines]


def test_a_chip_goes_round_and_the_list_shows_what_is_wanted(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(mixed(), "fake")
            await at.shows(3)
            filtering = at.session.queue.filtering
            await until(lambda: filtering.counts.everything == 3)
            chip = filtering.strip.chip(VK)
            assert chip.text() == "VK – 1"
            chip.click()
            await until(lambda: shown(at) == {"3"})
            assert chip.text().startswith("VK ✓")
            chip.click()
            await until(lambda: shown(at) == {"1", "2"})
            assert chip.text() == "VK × 1"
            assert "left out" in chip.accessibleName()
            chip.click()
            await until(lambda: shown(at) == {"1", "2", "3"})

    run(work())


def test_all_attributes_are_gone_through_by_keys(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(mixed(), "fake")
            await at.shows(3)
            filtering = at.session.queue.filtering
            await until(lambda: filtering.counts.everything == 3)
            at.press(Qt.Key.Key_Q)
            await until(popup(at).isVisible)
            assert marks(at)["Media"] == "–"
            while popup(at).list.trait != MEDIA:
                strike(at, Qt.Key.Key_Down)
            strike(at, Qt.Key.Key_Space)
            assert filtering.wanted == QueueFilter(frozenset({MEDIA}))
            assert marks(at)["Media"] == "✓"
            await until(lambda: shown(at) == {"2"})
            strike(at, Qt.Key.Key_Minus)
            await until(lambda: shown(at) == {"1", "3"})
            assert popup(at).list.trait == MEDIA
            strike(at, Qt.Key.Key_Escape)
            await until(lambda: not popup(at).isVisible())
            # Escape closed the list and took back no decision.
            assert filtering.wanted.wish(MEDIA) is Wish.EXCLUDE

    run(work())


def test_a_filter_that_lets_nothing_through_says_so_and_offers_everything(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(mixed(), "fake")
            await at.shows(3)
            page = at.session.queue
            page.filtering.use(QueueFilter(frozenset({"rule:links"})))
            await until(lambda: page.model.rowCount() == 0)
            (offered,) = [
                each
                for each in page.list.findChildren(QPushButton)
                if each.isVisible() and each.text() == "Show everything"
            ]
            offered.click()
            await until(lambda: shown(at) == {"1", "2", "3"})
            assert page.filtering.wanted == EVERYTHING

    run(work())


def test_what_arrives_and_is_not_wanted_is_not_told_as_new(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(mixed(), "fake")
            await at.shows(3)
            page = at.session.queue
            page.filtering.strip.chip(VK).click()
            await until(lambda: shown(at) == {"3"})
            await at.app.intake.accept(Delivery((message(f"{FLAGGED} 9", id="9"),)), "fake")
            await until(lambda: page.filtering.counts.everything == 4)
            assert page.strip.count == 0
            assert shown(at) == {"3"}

    run(work())


def test_a_decision_among_filtered_rows_is_made_and_taken_back_as_ever(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path, FakeSource()) as at:
            await at.app.intake.accept(mixed(), "fake")
            await at.shows(3)
            page = at.session.queue
            page.filtering.strip.chip("source:telegram").click()
            await until(lambda: shown(at) == {"1", "2"} and page.card.item == page.view.item)
            decided = page.view.item
            at.press(Qt.Key.Key_A)
            await until(lambda: page.filtering.counts.rows == 1)
            at.press(Qt.Key.Key_Escape)
            await until(lambda: page.view.item == decided and page.filtering.counts.rows == 2)
            assert shown(at) == {"1", "2"}

    run(work())


def test_alt_and_a_digit_choose_a_view_in_every_layout(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(mixed(), "fake")
            await at.shows(3)
            page = at.session.queue
            await at.app.views.save("Картинки", QueueFilter(frozenset({MEDIA})))
            page.filtering.count()
            await until(lambda: "Картинки" in names(at))
            place = names(at).index("Картинки") + 1
            at.press(Qt.Key(int(Qt.Key.Key_0) + place), ALT)
            await until(lambda: shown(at) == {"2"})
            assert page.filtering.panel.list.marked == place - 1
            # Alt makes another letter of the key on many boards; the scan code stays.
            event = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_1, ALT, 10, 0, 0, "¡")
            QApplication.sendEvent(page.view, event)
            await until(lambda: shown(at) == {"1", "2", "3"})

    run(work())


def test_a_filter_is_saved_named_moved_changed_and_deleted(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(mixed(), "fake")
            await at.shows(3)
            page = at.session.queue
            filtering, panel = page.filtering, page.filtering.panel
            await until(lambda: len(names(at)) == 1 + len(BUILTIN_VIEWS))
            assert panel.lines[0] == ("All", "3")
            filtering.strip.chip(VK).click()
            filtering.strip.save_wished.emit()
            await until(lambda: len(names(at)) == 2 + len(BUILTIN_VIEWS))
            await until(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
            editor = QApplication.focusWidget()
            assert isinstance(editor, QLineEdit)
            assert editor.text() == "VK"
            # Letters are written here; they decide nothing.
            editor.clear()
            QTest.keyClicks(editor, "Daddy")
            QTest.keyClick(editor, Qt.Key.Key_Return)
            await until(lambda: names(at)[-1] == "Daddy" and panel.lines[-1][1] == "1")
            assert panel.lines[-1] == ("Daddy", "1")
            assert await at.standing() == []
            QTest.keyClick(panel.list, Qt.Key.Key_Up, ALT)
            await until(lambda: names(at)[-2] == "Daddy")
            QTest.keyClick(panel.list, Qt.Key.Key_Delete)
            await until(lambda: "Daddy" not in names(at))
            assert len(names(at)) == 1 + len(BUILTIN_VIEWS)

    run(work())


def test_views_of_the_program_speak_the_language(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(mixed(), "fake")
            await until(lambda: len(names(at)) == 1 + len(BUILTIN_VIEWS))
            assert {"All", "Newcomers", "Grave", "Groups", "Known violators"} <= set(names(at))
            language.use("ru")
            at.session.queue.filtering.count()
            await until(lambda: {"Все", "Новички", "Тяжёлые", "Группы", "Уже нарушали"} <= set(names(at)))

    run(work())
