"""What is told outside the window: what is grave, new and not in quiet hours; never a text that was not asked for."""

from dataclasses import dataclass, field, replace
from datetime import datetime, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from moderator_app.domain.ports import Delivery, SourceState, SourceStatus
from moderator_app.settings import Notifications
from moderator_app.ui.alerts import Alerts, is_quiet
from moderator_app.ui.settings.notifications_panel import NotificationsPanel
from moderator_app.ui.tray import Tray, counted
from tests.builders import message
from tests.ui.conftest import Run
from tests.ui.shop import FLAGGED, Shop, flagged, shop
from tests.ui.until import until

LOUD = Notifications(desktop=True, sound=True, threshold=30)
NOON = datetime(2026, 5, 4, 12, 0)


@dataclass
class Heard:
    told: list[tuple[str, str]] = field(default_factory=list)
    sounds: int = 0

    def tell(self, title: str, text: str) -> None:
        self.told.append((title, text))

    def sound(self) -> None:
        self.sounds += 1


def alerts(at: Shop, heard: Heard, chosen: Notifications, *, looks: bool = False, now: datetime = NOON) -> Alerts:
    made = Alerts(at.app.queue, at.app.changes, heard, at.tasks, lambda: looks, at.session, clock=lambda: now)
    made.use(chosen)
    made.begin()
    return made


async def _begun(made: Alerts) -> None:
    await until(lambda: made.has_begun)


def test_grave_messages_are_told_once_without_their_text(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            heard = Heard()
            await _begun(alerts(at, heard, LOUD))
            await at.app.intake.accept(flagged(3), "test")
            await until(lambda: heard.told)
            ((title, text),) = heard.told
            assert (title, heard.sounds) == ("3 grave messages wait", 1)
            assert FLAGGED not in text

    run(work())


def test_the_text_is_told_where_that_was_chosen(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            heard = Heard()
            await _begun(alerts(at, heard, replace(LOUD, show_text=True)))
            await at.app.intake.accept(flagged(1), "test")
            await until(lambda: heard.told)
            assert FLAGGED in heard.told[0][1]

    run(work())


@pytest.mark.parametrize(
    ("chosen", "looks", "now"),
    [
        (replace(LOUD, threshold=100), False, NOON),
        (LOUD, True, NOON),
        (replace(LOUD, quiet=True), False, NOON.replace(hour=23)),
    ],
    ids=["not grave", "in front", "quiet"],
)
def test_nothing_is_told_that_need_not_be(
    chosen: Notifications, looks: bool, now: datetime, run: Run, tmp_path: Path
) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            heard, loud = Heard(), Heard()
            await _begun(alerts(at, heard, chosen, looks=looks, now=now))
            await _begun(alerts(at, loud, LOUD))
            # Of a score between the two thresholds.
            spam = message("FREE crypto signals today only, text @rich_anna_fake ✅")
            await at.app.intake.accept(Delivery((spam,)), "test")
            # Both hear the same; the second tells that the time for the first has come, too.
            await until(lambda: loud.told)
            assert (heard.told, heard.sounds) == ([], 0)

    run(work())


def test_a_source_that_has_ended_is_told(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            died = list[str]()
            at.session.lamps.died.connect(died.append)
            at.app.states.report(SourceStatus("telegram:1", SourceState.SIGNED_OUT))
            assert died
            assert "Sign in again" in died[0]
            heard = Heard()
            alerts(at, heard, LOUD).tell_source(died[0])
            assert heard.told == [("A source needs you", died[0])]

    run(work())


def test_quiet_hours_may_lie_over_midnight() -> None:
    night, day = Notifications(), Notifications(quiet_from="12:00", quiet_to="14:00")
    assert [is_quiet(time(hour), night) for hour in (21, 22, 0, 7, 8)] == [False, True, True, True, False]
    assert [is_quiet(time(hour), day) for hour in (11, 12, 13, 14)] == [False, True, True, False]


def test_the_icon_carries_the_number(qapp: QApplication) -> None:
    pictures = [counted(number).pixmap(64, 64).toImage() for number in (0, 1, 99, 100, 5000)]
    assert pictures[0] != pictures[1] != pictures[2] != pictures[3]
    assert pictures[3] == pictures[4]


def test_a_desktop_without_a_tray_is_no_fault(qapp: QApplication) -> None:
    window = QWidget()
    tray = Tray(window)
    tray.use(wanted=True)
    tray.show_waiting(3)
    tray.tell("title", "text")
    tray.close_down()
    window.deleteLater()


def test_notifications_are_chosen_in_the_settings(qapp: QApplication) -> None:
    panel, chosen = NotificationsPanel(), list[tuple[str, str]]()
    panel.chosen.connect(lambda key, value: chosen.append((key, value)))
    panel.show()
    QTest.keyClick(panel.checks["sound"], Qt.Key.Key_Space)
    panel.threshold.setValue(90)
    panel.times["quiet_from"].setTime(QTime(23, 30))
    panel.close()
    assert chosen == [
        ("notifications.sound", "true"),
        ("notifications.threshold", "90"),
        ("notifications.quiet_from", "23:30"),
    ]
