"""How the sources are, in words beside their lamps, and what is told of them once."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from moderator_app import language
from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.domain.ports import SourceState, SourceStatus
from moderator_app.language import format_time
from moderator_app.moderation.source_states import SourceStates
from moderator_app.ui.notices import Notice, Notices, Tone
from moderator_app.ui.source_lamps import SourceLamps
from moderator_app.ui.source_words import TONES
from moderator_app.ui.widgets.lamps_panel import LAMP, LampsPanel
from moderator_app.ui.words import Words
from tests.builders import NOON
from tests.fakes import FakeSource
from tests.ui.conftest import Run
from tests.ui.given import says
from tests.ui.shop import shop
from tests.ui.until import until

YARD = CommunityKey(Platform.TELEGRAM, "100")
UNTIL = NOON + timedelta(minutes=5)
TELEGRAM = "telegram:4711"

STATES = [
    (SourceStatus(TELEGRAM, SourceState.CONNECTING), "Telegram: connecting", "Telegram: подключается"),
    (
        SourceStatus(TELEGRAM, SourceState.CATCHING_UP, count=1),
        "Telegram: catching up: 1 message left",
        "Telegram: догоняет: осталось 1 сообщение",
    ),
    (
        SourceStatus(TELEGRAM, SourceState.CATCHING_UP, count=1200),
        "Telegram: catching up: 1,200 messages left",
        "Telegram: догоняет: осталось 1\xa0200 сообщений",
    ),
    (SourceStatus(TELEGRAM, SourceState.CONNECTED), "Telegram: connected", "Telegram: на связи"),
    (
        SourceStatus(TELEGRAM, SourceState.WAITING, until=UNTIL),
        "Telegram: waiting until {time}",
        "Telegram: ждёт до {time}",
    ),
    (SourceStatus(TELEGRAM, SourceState.SIGNED_OUT), "Telegram: signed out", "Telegram: нужен вход"),
    (SourceStatus(TELEGRAM, SourceState.STOPPED), "Telegram: stopped", "Telegram: остановлен"),
]


def lamps(panel: QWidget) -> list[str]:
    """The tones of the lamps."""
    return [
        label.property("tone") for label in panel.findChildren(QLabel) if label.text() == LAMP and not label.isHidden()
    ]


@pytest.mark.parametrize(("status", "english", "russian"), STATES)
def test_every_state_has_its_colour_and_its_words_in_both_languages(
    run: Run, status: SourceStatus, english: str, russian: str
) -> None:
    async def work() -> None:
        panel = LampsPanel()
        panel.show_states({TELEGRAM: status})
        try:
            assert panel.text() == english.format(time=format_time(UNTIL))
            assert lamps(panel) == [TONES[status.state]]
            language.use("ru")
            assert panel.text() == russian.format(time=format_time(UNTIL))
        finally:
            language.use("en")
            panel.deleteLater()

    run(work())


def test_several_accounts_of_a_platform_are_told_apart(run: Run) -> None:
    async def work() -> None:
        panel = LampsPanel()
        names = (TELEGRAM, "telegram:12", "vk:5")
        panel.show_states({name: SourceStatus(name, SourceState.CONNECTED) for name in names})
        assert panel.text() == "Telegram 12: connected · Telegram 4711: connected · VK: connected"
        panel.show_states({})
        assert panel.text() == ""
        assert panel.isHidden()
        panel.deleteLater()

    run(work())


class Told:
    """What is told of sources in the notice bar."""

    def __init__(self) -> None:
        self.states, notices = SourceStates(), Notices()
        self.parent = QWidget()
        self.said: list[Notice] = []
        notices.posted.connect(self.said.append)
        self.lamps = SourceLamps(self.states, notices, self.parent)
        self.lamps.begin()

    def report(self, state: SourceState, detail: str = "") -> None:
        self.states.report(SourceStatus(TELEGRAM, state, detail))


def test_a_session_that_has_ended_is_told_once_with_what_to_do(run: Run) -> None:
    async def work() -> None:
        told = Told()
        told.report(SourceState.CONNECTED)
        for _ in range(3):
            told.report(SourceState.SIGNED_OUT)
            told.report(SourceState.CONNECTING)
        (notice,) = told.said
        assert notice.text.startswith("Telegram: The session has ended. Sign in again in Settings")
        assert notice.tone is Tone.WARNING
        # After it was well, the same is news again.
        told.report(SourceState.CONNECTED)
        told.report(SourceState.SIGNED_OUT)
        assert len(told.said) == 2
        told.parent.deleteLater()

    run(work())


def test_a_fault_is_told_once_however_often_it_is_tried_again(run: Run) -> None:
    async def work() -> None:
        told = Told()
        for _ in range(3):
            told.report(SourceState.CONNECTING)
            told.report(SourceState.WAITING, "source.internal")
        assert [notice.tone for notice in told.said] == [Tone.ERROR]
        told.report(SourceState.STOPPED, "right.write")
        assert told.said[-1].text == "Telegram: The account may not write in this chat."
        told.parent.deleteLater()

    run(work())


def test_what_is_missing_though_it_runs_is_told_once_and_every_lost_period_is(run: Run) -> None:
    def connected(hour: int) -> SourceStatus:
        lost = (("at", hour * 3600.0 + 2e8), ("until", hour * 3600.0 + 2e8 + 60), ("links", "https://vk.com/wall-1_2"))
        return SourceStatus("vk:1", SourceState.CONNECTED, "vk.period_lost", parameters=lost)

    async def scenario() -> None:
        states, notices, told = SourceStates(), Notices(), list[Notice]()
        notices.posted.connect(told.append)
        parent = QWidget()
        SourceLamps(states, notices, parent)
        for status in (connected(1), SourceStatus("vk:1", SourceState.WAITING), connected(1), connected(2)):
            states.report(status)
        assert [each.tone for each in told] == [Tone.ERROR] * 2
        assert all("https://vk.com/wall-1_2" in each.text for each in told)

    run(scenario())


def test_a_wait_that_the_platform_asks_for_is_no_news(run: Run) -> None:
    async def work() -> None:
        told = Told()
        told.report(SourceState.CONNECTING)
        told.report(SourceState.CATCHING_UP)
        told.report(SourceState.WAITING, "right.write")
        assert told.said == []
        told.parent.deleteLater()

    run(work())


def test_the_window_shows_the_lamps_of_its_sources_below_and_at_the_left(
    run: Run, tmp_path: Path, qapp: QApplication
) -> None:
    class Account(FakeSource):
        name = TELEGRAM

    async def work() -> None:
        source = Account(YARD)
        async with shop(tmp_path, source) as at:
            panel = at.window.status.findChild(LampsPanel)
            assert isinstance(panel, LampsPanel)
            await until(lambda: panel.text() == "Telegram: connecting")
            await until(lambda: says(at.session.queue.communities, "Telegram: connecting"))
            at.app.states.report(SourceStatus(TELEGRAM, SourceState.CONNECTED))
            await until(lambda: panel.text() == "Telegram: connected")
            await until(lambda: lamps(panel) == ["good"])
            await until(lambda: says(at.session.queue.communities, "Telegram"))
            words = Words(qapp)
            words.use("ru")
            await until(lambda: panel.text() == "Telegram: на связи")
            words.use("en")
            await at.app.use_sources([])
            await until(lambda: panel.text() == "")
            await until(lambda: says(at.session.queue.communities, "No account connected"))

    run(work())
