"""The palette over the real window: found by letters, taught by keys, done only where possible."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from moderator_app.domain.decision import Choice
from moderator_app.ui.fuzzy import NO_FIT, fit
from moderator_app.ui.keys import Command
from moderator_app.ui.physical_keys import Key
from moderator_app.ui.widgets.palette_dialog import Entry, PaletteDialog
from tests.ui.conftest import Run
from tests.ui.shop import Shop, flagged, shop
from tests.ui.striking import CTRL, armed, strike
from tests.ui.until import until


def dialog() -> PaletteDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, PaletteDialog)
    return found


async def opened(at: Shop, *, russian: bool = False) -> PaletteDialog:
    strike(at, Key.K, CTRL, russian=russian)
    await until(lambda: isinstance(QApplication.activeModalWidget(), PaletteDialog))
    return dialog()


def type_in(shown: PaletteDialog, text: str) -> None:
    field = shown.findChild(QLineEdit)
    assert field is not None
    field.clear()
    for letter in text:
        # QTest strikes Latin keys only.
        field.insert(letter)


def entry(shown: PaletteDialog, name: str) -> Entry:
    return next(one for one in shown.shown() if name in one.names[0])


def enter(shown: PaletteDialog) -> None:
    field = shown.findChild(QLineEdit)
    assert field is not None
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_letters_fit_in_either_layout_and_with_gaps() -> None:
    assert fit("stat", "Page: Statistics") > fit("stat", "Selects what counts: a while, later") > NO_FIT
    assert fit("stat", "Page: Statistics") > fit("stat", "Flag for a second opinion, or take the flag away", "s t a t")
    # Typed while the other layout was in force.
    assert fit("ыефе", "Page: Statistics") > NO_FIT
    assert fit("cnfn", "Страница: статистика") > NO_FIT
    assert fit("delb", "Delete the message, ban the author") > NO_FIT
    assert fit("xyz", "Delete the message") == NO_FIT


def test_a_command_is_found_in_the_other_language_and_shows_its_keys(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            shown = await opened(at)
            type_in(shown, "удалить сообщ")
            assert shown.shown()[0].names[0].startswith("Delete the message")
            assert {one.keys for one in shown.shown()} >= {"D / В", "R / К"}
            QTest.keyClick(shown, Qt.Key.Key_Escape)
            await until(lambda: QApplication.activeModalWidget() is None)

    run(work())


def test_a_decision_is_made_from_the_palette_under_a_russian_layout(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(flagged(2), "test")
            await at.shows(2)
            await armed(at)
            shown = await opened(at, russian=True)
            type_in(shown, "dismiss")
            enter(shown)
            await until(lambda: QApplication.activeModalWidget() is None)
            # The row greys at once; the decision is stored after that.
            await until(lambda: at.session.queue.pending or "dismissed" in at.session.queue.model.index(0, 0).data())
            for _turn in range(200):
                if await at.standing() == [Choice.DISMISS]:
                    break
                await until(lambda: True)
            assert await at.standing() == [Choice.DISMISS]

    run(work())


def test_what_is_impossible_now_says_why_and_does_nothing(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            shown = await opened(at)
            assert entry(shown, "Delete the message, ban").why_not == "No message is under the hand."
            type_in(shown, "delete the message")
            enter(shown)
            assert dialog() is shown
            shown.reject()
            at.window.show_page(Command.HISTORY)
            shown = await opened(at)
            assert "queue" in entry(shown, "Delete the message, ban").why_not
            assert entry(shown, "Page: Statistics").why_not == ""
            shown.reject()
            assert await at.standing() == []

    run(work())


def test_pages_views_and_sections_of_the_settings_are_gone_to(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await until(lambda: at.session.queue.filtering.panel.lines)
            for typed, arrived in (
                ("page stat", lambda: at.window.shows(Command.STATISTICS)),
                ("settings: rev", lambda: at.window.shows(Command.SETTINGS)),
                ("view: all", lambda: at.window.shows(Command.QUEUE)),
            ):
                shown = await opened(at)
                type_in(shown, typed)
                enter(shown)
                await until(arrived)

    run(work())


def test_the_quiet_view_hides_what_stands_around_and_keys_go_on_working(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(flagged(3), "test")
            await at.shows(3)
            view, top, left = at.session.queue.view, at.window.top, at.session.queue.communities
            strike(at, Key.Z, russian=True)
            assert (view.isVisible(), top.isVisible(), left.isVisible()) == (True, False, False)
            strike(at, Key.Z)
            assert (view.isVisible(), at.session.queue.card.isVisible()) == (False, True)
            first = view.item
            strike(at, Key.SPACE)
            assert view.item != first
            strike(at, Key.Z)
            assert all(part.isVisible() for part in (view, top, left))
            strike(at, Key.Z)
            at.session.do(Command.HISTORY)
            assert top.isVisible()

    run(work())
