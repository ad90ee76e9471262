"""What spares eyes and nerves: covered profanity, rows and letters of one's own size, a rest now and then."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QRadioButton, QSpinBox

from moderator_app.settings import Density
from moderator_app.ui.keys import Command
from moderator_app.ui.queue.queue_delegate import COVER, covered
from moderator_app.ui.rest import RESTED_SECONDS, Rest
from moderator_app.ui.settings.settings_page import APPEARANCE
from moderator_app.ui.theme import Theme
from tests.ui.conftest import Run
from tests.ui.shop import flagged, shop
from tests.ui.until import until


class Watch:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_covered_text_keeps_its_length_and_its_words() -> None:
    assert covered("да пошёл ты", ((3, 8),)) == f"да {COVER * 5} ты"
    assert covered("аб вг", ((0, 5),)) == f"{COVER * 2} {COVER * 2}"
    assert covered("ничего", ()) == "ничего"


def test_profanity_is_marked_in_the_row_and_painted_only_under_the_hand(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(flagged(2), "test")
            await at.shows(2)
            page = at.session.queue
            profane = [entry.row.profane for entry in page.model.entries()]
            assert all(profane)
            view = page.view
            other = view.visualRect(page.model.index(1, 0))
            shown = view.viewport().grab(other).toImage()
            at.app.preferences.set("appearance.mask", "true")
            hidden = view.viewport().grab(other).toImage()
            assert hidden != shown
            page.do(Command.NEXT)
            under_hand = view.viewport().grab(other).toImage()
            at.app.preferences.set("appearance.mask", "false")
            assert view.viewport().grab(other).toImage() == under_hand

    run(work())


def test_rows_are_of_three_heights(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            at.session.do(Command.SETTINGS)
            at.session.settings.show_section(APPEARANCE)
            header, heights = at.session.queue.view.verticalHeader(), []
            for density in Density:
                name = {Density.COMPACT: "Low", Density.NORMAL: "Usual", Density.LARGE: "High"}[density]
                button = next(each for each in at.window.findChildren(QRadioButton) if each.text() == name)
                QTest.mouseClick(button, Qt.MouseButton.LeftButton)
                assert at.app.preferences.current.appearance.density is density
                heights.append(header.defaultSectionSize())
            assert heights[0] < heights[1] < heights[2]

    run(work())


def test_letters_grow_in_every_part_of_an_open_window(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    async def work() -> None:
        theme = Theme(qapp)
        async with shop(tmp_path) as at:
            at.app.preferences.subscribe(lambda chosen: theme.use_letters(chosen.appearance.font_percent))
            await at.app.intake.accept(flagged(1), "test")
            await at.shows(1)
            field, view = at.session.queue.card.text.focusProxy(), at.session.queue.view
            assert field is not None
            parts = (field, view, at.window.status)
            before = [part.font().pointSizeF() for part in parts]
            row = view.verticalHeader().defaultSectionSize()
            at.session.do(Command.SETTINGS)
            box = next(each for each in at.window.findChildren(QSpinBox) if "letters" in each.accessibleName())
            box.setValue(200)
            try:
                after = [part.font().pointSizeF() for part in parts]
                assert [round(large / small, 1) for large, small in zip(after, before, strict=True)] == [2.0, 2.0, 2.0]
                await until(lambda: view.verticalHeader().defaultSectionSize() > 1.4 * row)
            finally:
                theme.use_letters(100)

    run(work())


def test_a_mask_is_chosen_in_the_settings(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            at.session.do(Command.SETTINGS)
            box = next(each for each in at.window.findChildren(QCheckBox) if "profanity" in each.text())
            QTest.keyClick(box, Qt.Key.Key_Space)
            assert at.app.preferences.current.appearance.mask

    run(work())


def test_a_rest_is_suggested_after_work_at_a_stretch(qapp: QApplication) -> None:
    watch, told = Watch(), list[int]()
    rest = Rest(clock=watch)
    rest.suggested.connect(told.append)
    rest.use(30)
    for minute in range(31):
        watch.now = 60.0 * minute
        rest.stir()
        rest.look()
    assert told == [30]
    rest.look()
    assert told == [30]


def test_who_has_paused_is_left_alone(qapp: QApplication) -> None:
    watch, told = Watch(), list[int]()
    rest = Rest(clock=watch)
    rest.suggested.connect(told.append)
    rest.use(30)
    for minute in (*range(20), *range(30, 55)):
        watch.now = 60.0 * minute
        rest.stir()
        rest.look()
    watch.now += RESTED_SECONDS + 3600
    rest.look()
    rest.use(0)
    rest.stir()
    rest.look()
    assert told == []


def test_a_rest_is_told_in_a_line_and_forgotten(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            at.app.preferences.set("care.break_minutes", "45")
            before = {path.name for path in at.app.profile.iterdir()}
            rest = at.session.findChild(Rest)
            assert rest is not None
            rest.suggested.emit(45)
            assert "45 minutes" in at.said[-1].text
            assert {path.name for path in at.app.profile.iterdir()} == before

    run(work())
