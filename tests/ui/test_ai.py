"""AI in the window: what the card says, how the lower edge tells of it, and how it is set up and tried."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from moderator_app.ai_access import AiAccess
from moderator_app.credentials import Credentials
from moderator_app.domain.ai import Answer, Check, Limits, SpamKind, State, Use, Word
from moderator_app.domain.ai_ports import BudgetSpent
from moderator_app.moderation.classifying import AiStatus, Mood
from moderator_app.moderation.preferences import Preferences
from moderator_app.ui.ai_status import AiLabel
from moderator_app.ui.queue.ai_section import AiSection
from moderator_app.ui.settings.ai_server_panel import AiServerPanel
from tests.builders import messages
from tests.classifiers.asking import KEY
from tests.keyrings import in_memory
from tests.moderation.ai_desk import AiDesk, ai_desk
from tests.servers.openai import Fault, Kind
from tests.ui.conftest import Run
from tests.ui.given import Given
from tests.ui.stored import ListsInMemory, PoliciesInMemory
from tests.ui.until import until

ANSWER = Answer(
    0.97, SpamKind.SCAM, "Promises easy money.", (Word("шлюха", "шлюха", 0.9),), (("threat", 0.7), ("hate", 0.001)),
    model="some-model", prompt="1", cost=0.000123,
)  # fmt: skip
LIMITS = Limits(200, 6000, 10**6, 10**7, 2.0, 20.0)


def told(check: Check | None, qtbot: QtBot) -> str:
    section = AiSection()
    qtbot.addWidget(section)
    section.show_check(check)
    return " | ".join(section.texts())


def test_the_card_tells_labels_reason_model_and_cost(qtbot: QtBot) -> None:
    shown = told(Check(State.ANSWERED, ANSWER), qtbot)
    for words in (
        "97%",
        "a swindle",
        "Promises easy money.",
        "шлюха",
        "threat 70%",
        "some-model, prompt 1",
        "0.000123 $",
    ):
        assert words in shown
    assert "hate" not in shown


def test_an_answer_from_the_cache_cost_nothing(qtbot: QtBot) -> None:
    assert "nothing: the same text was answered before" in told(
        Check(State.ANSWERED, replace(ANSWER, cached=True)), qtbot
    )


@pytest.mark.parametrize("state", [State.WAITING, State.UNANSWERED, State.INVALID])
def test_no_answer_is_never_shown_as_a_clean_one(state: State, qtbot: QtBot) -> None:
    shown = told(Check(state), qtbot)
    assert shown.startswith("answer | No answer")
    assert "spam" not in shown


def test_what_nobody_asked_about_takes_no_room(qtbot: QtBot) -> None:
    section = AiSection()
    qtbot.addWidget(section)
    section.show_check(None)
    assert section.isHidden()


def test_the_lower_edge_tells_of_today_and_of_trouble(qtbot: QtBot) -> None:
    shown = AiLabel()
    qtbot.addWidget(shown)
    shown.show_status(AiStatus(Mood.READY), Use(12, 3000, 0, 500, 0.12), LIMITS)
    assert shown.text() == "AI today 0.12 $ of 2 $"
    assert "12 of 200 requests" in shown.toolTip()
    shown.show_status(AiStatus(Mood.SPENT, BudgetSpent("ai.budget", limit="ai.budget.money_per_day")), Use(), LIMITS)
    assert shown.text().startswith("AI: budget used up")
    assert "money_per_day" in shown.toolTip()
    shown.show_status(AiStatus(), Use(), LIMITS)
    assert shown.isHidden()


class Screen:
    def __init__(self, ai: AiDesk, folder: Path) -> None:
        self.ai, self.given = ai, Given()
        self.preferences = Preferences(folder / "settings.json", ListsInMemory(), PoliciesInMemory())
        self.preferences.set("openai.base_url", ai.server.url)
        self.preferences.set("openai.model", "test-model")
        self.preferences.set("openai.prices", "test-model=1/0.1/10")
        access = AiAccess(Credentials(), lambda: self.preferences.current.openai)
        self.panel = AiServerPanel(access, ai.classifying, self.preferences, self.given.tasks)


def test_a_text_is_tried_and_its_price_told(run: Run, tmp_path: Path) -> None:
    async def steps() -> None:
        async with ai_desk(tmp_path) as ai:
            screen = Screen(ai, tmp_path)
            screen.panel.text.setText("Казино ждёт, шлюха")
            screen.panel.test.click()
            await until(lambda: "tokens" in screen.panel.answer.text())
            shown = screen.panel.answer.text()
            for words in ("97%", "шлюха", "test-model", "$"):
                assert words in shown
            assert (await ai.classifying.budget.today()).tokens == ai.server.tokens_told
            await screen.given.tasks.close()

    run(steps())


def test_a_key_is_checked_kept_in_the_keyring_and_never_shown(run: Run, tmp_path: Path) -> None:
    async def steps() -> None:
        async with ai_desk(tmp_path) as ai:
            screen = Screen(ai, tmp_path)
            ai.server.tell(Fault(Kind.KEY))
            screen.panel.key.setText("sk-wrong-0123456789")
            screen.panel.keep_key.click()
            await until(lambda: "does not take the key" in said(screen.panel))
            assert not kept.kept
            screen.panel.key.setText(KEY)
            screen.panel.keep_key.click()
            await until(lambda: "the server takes it" in said(screen.panel))
            assert screen.panel.key.text() == ""
            assert KEY in kept.kept.values()
            assert KEY not in (tmp_path / "settings.json").read_text()
            await screen.given.tasks.close()

    with in_memory() as kept:
        run(steps())


def said(panel: AiServerPanel) -> str:
    return " ".join(each.text() for each in panel.findChildren(QLabel))


def test_the_backlog_is_asked_about_with_progress(run: Run, tmp_path: Path) -> None:
    async def steps() -> None:
        async with ai_desk(tmp_path) as ai:
            await ai.arrive(*messages("Казино ждёт", "Привет", "Как дела?"))
            screen = Screen(ai, tmp_path)
            screen.panel.which.setCurrentIndex(0)
            screen.panel.classify.click()
            assert not screen.panel.classify.isEnabled()
            await until(lambda: screen.panel.classify.isEnabled())
            assert screen.panel.told.text().startswith("3 messages asked about")
            await screen.given.tasks.close()

    run(steps())


def test_the_backlog_can_be_cancelled(run: Run, tmp_path: Path) -> None:
    async def steps() -> None:
        async with ai_desk(tmp_path) as ai:
            ai.server.tell(Fault(Kind.HANG, times=99))
            await ai.arrive(*messages("Казино ждёт", "Привет", "Как дела?"))
            screen = Screen(ai, tmp_path)
            screen.panel.which.setCurrentIndex(0)
            screen.panel.classify.click()
            await until(lambda: len(ai.server.heard) > 0)
            screen.panel.cancel.click()
            await until(lambda: screen.panel.classify.isEnabled())
            assert screen.panel.told.text() == "Cancelled; what was answered is kept."
            await screen.given.tasks.close()

    run(steps())


def test_a_setting_is_kept_when_the_field_is_left_and_a_wrong_one_said(run: Run, tmp_path: Path) -> None:
    async def steps() -> None:
        async with ai_desk(tmp_path) as ai:
            screen = Screen(ai, tmp_path)
            field = screen.panel.fields["ai.budget.requests_per_day"]
            field.setText("17")
            field.editingFinished.emit()
            assert screen.preferences.current.ai.budget.requests_per_day == 17
            field.setText("many")
            field.editingFinished.emit()
            assert "0-1000000" in said(screen.panel)
            assert screen.preferences.current.ai.budget.requests_per_day == 17
            await screen.given.tasks.close()

    run(steps())
