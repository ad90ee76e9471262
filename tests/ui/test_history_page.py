"""The history page over a history in memory."""

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit

from moderator_app.domain.decision import ActionState, Choice
from moderator_app.domain.errors import Refused
from moderator_app.domain.history import HistoryLine
from moderator_app.moderation.changes import Change
from moderator_app.moderation.exporting import ExportKind
from moderator_app.ui.history.history_model import LINE_ROLE, Column
from moderator_app.ui.history.history_page import HistoryPage
from moderator_app.ui.history.history_table import HistoryTable
from moderator_app.ui.history.live_lines import PAGE
from moderator_app.ui.notices import Tone
from tests.ui.conftest import Run
from tests.ui.decided import action, line
from tests.ui.given import Given, button, says, shown
from tests.ui.stored import ExportingInMemory, HistoryInMemory, ReviewInMemory
from tests.ui.until import until


class Screen:
    def __init__(self, *lines: HistoryLine) -> None:
        self.given = Given()
        self.history = HistoryInMemory(lines)
        self.review = ReviewInMemory(self.history, self.given.changes)
        self.exporting = ExportingInMemory()
        self.page = HistoryPage(
            self.history, self.review, self.exporting, self.given.changes, self.given.tasks, self.given.notices
        )
        self.table = self.page.findChildren(HistoryTable)[0]
        self.model = self.table.model()

    def first(self) -> int:
        decision: int = self.model.index(0, 0).data(LINE_ROLE).decision.decision
        return decision

    def publish(self, *decisions: int) -> None:
        self.given.changes.publish(Change(decisions=frozenset(decisions)))


def test_the_newest_decision_is_shown_in_full(run: Run) -> None:
    async def use() -> None:
        screen = Screen(line(1), line(2, excerpt="buy now", reason="scam"))
        async with shown(screen.given, screen.page):
            await until(lambda: screen.model.rowCount() == 2)
            assert says(screen.page, "buy now")
            assert says(screen.page, "Reason: scam")

    run(use())


def test_an_undo_marks_the_line_and_says_so(run: Run) -> None:
    async def use() -> None:
        screen = Screen(line(1, actions=[action(state=ActionState.PENDING)]))
        async with shown(screen.given, screen.page):
            await until(lambda: screen.model.rowCount() == 1)
            button(screen.page, "Undo").click()
            await until(lambda: says(screen.page, "(undone)"))
            assert screen.given.told[0].tone is Tone.GOOD
            assert not button(screen.page, "Undo").isEnabled()

    run(use())


def test_what_cannot_be_undone_says_why_before_it_is_tried(run: Run) -> None:
    async def use() -> None:
        screen = Screen(line(1))
        async with shown(screen.given, screen.page):
            await until(lambda: screen.model.rowCount() == 1)
            assert not button(screen.page, "Undo").isEnabled()
            assert says(screen.page, "Telegram cannot bring a deleted message back.")

    run(use())


def test_a_refused_undo_is_told_in_the_notice_bar(run: Run) -> None:
    async def use() -> None:
        screen = Screen(line(1, actions=[]))
        screen.review.refusal = Refused("action.imported_file")
        async with shown(screen.given, screen.page):
            await until(lambda: screen.model.rowCount() == 1)
            button(screen.page, "Undo").click()
            await until(lambda: screen.given.told)
            assert screen.given.told[0].tone is Tone.ERROR

    run(use())


def test_a_late_action_is_carried_out_only_when_asked_again(run: Run) -> None:
    async def use() -> None:
        screen = Screen(line(1, actions=[action(state=ActionState.WAITING, due=None)]))
        async with shown(screen.given, screen.page):
            await until(lambda: screen.model.rowCount() == 1)
            assert not button(screen.page, "Undo").isVisible()
            button(screen.page, "Carry out").click()
            await until(lambda: screen.review.confirmed == [1])
            button(screen.page, "Drop").click()
            await until(lambda: screen.history.stored[1].decision.undone)

    run(use())


def test_a_new_decision_appears_above_and_a_changed_one_changes_in_place(run: Run) -> None:
    async def use() -> None:
        screen = Screen(line(1, actions=[action(state=ActionState.PENDING)]))
        resets: list[None] = []
        async with shown(screen.given, screen.page):
            await until(lambda: screen.model.rowCount() == 1)
            screen.model.modelReset.connect(lambda: resets.append(None))
            screen.history.put(line(1, actions=[action(state=ActionState.DONE)]))
            screen.history.put(line(2))
            screen.publish(1, 2)
            await until(lambda: screen.model.rowCount() == 2)
            assert screen.first() == 2
            assert "done" in screen.model.index(1, Column.ACTIONS).data()
            assert screen.table.currentIndex().row() == 1
            assert not resets

    run(use())


def test_a_new_decision_that_the_filter_leaves_out_does_not_appear(run: Run) -> None:
    async def use() -> None:
        screen = Screen(line(1, choice=Choice.BAN))
        async with shown(screen.given, screen.page):
            await until(lambda: screen.model.rowCount() == 1)
            choices = screen.page.findChildren(QComboBox)[0]
            choices.setCurrentIndex(1 + list(Choice).index(Choice.BAN))
            await until(lambda: screen.history.pages_read == 2)
            screen.history.put(line(2, choice=Choice.WARN))
            screen.history.put(line(3, choice=Choice.BAN))
            screen.publish(2, 3)
            await until(lambda: screen.first() == 3)
            assert screen.model.rowCount() == 2

    run(use())


def test_a_filter_without_a_match_offers_to_be_cleared(run: Run) -> None:
    async def use() -> None:
        screen = Screen(line(1, author_name="Ivan"))
        async with shown(screen.given, screen.page):
            await until(lambda: screen.model.rowCount() == 1)
            screen.page.findChildren(QLineEdit)[0].setText("nobody")
            await until(lambda: says(screen.page, "Nothing matches"))
            button(screen.page, "Clear the filter").click()
            await until(lambda: screen.model.rowCount() == 1)

    run(use())


def test_older_pages_are_read_as_the_table_is_scrolled(run: Run) -> None:
    async def use() -> None:
        screen = Screen(*(line(number) for number in range(1, 2 * PAGE + 50)))
        async with shown(screen.given, screen.page):
            await until(lambda: screen.model.rowCount() == PAGE)
            screen.table.scrollToBottom()
            await until(lambda: screen.model.rowCount() == 2 * PAGE)
            screen.table.scrollToBottom()
            await until(lambda: screen.model.rowCount() == 2 * PAGE + 49)

    run(use())


def test_rows_being_read_stay_where_they_are_when_decisions_arrive(run: Run) -> None:
    async def use() -> None:
        screen = Screen(*(line(number) for number in range(1, 150)))
        async with shown(screen.given, screen.page):
            await until(lambda: screen.model.rowCount() == 149)
            screen.table.verticalScrollBar().setValue(40)
            read = screen.table.indexAt(screen.table.viewport().rect().topLeft()).data(LINE_ROLE)
            screen.history.put(line(200))
            screen.publish(200)
            await until(lambda: screen.model.rowCount() == 150)
            assert screen.table.indexAt(screen.table.viewport().rect().topLeft()).data(LINE_ROLE) == read

    run(use())


def test_the_history_is_exported_to_the_chosen_file(run: Run, tmp_path: Path) -> None:
    async def use() -> None:
        screen = Screen(line(1))
        async with shown(screen.given, screen.page):
            await until(lambda: screen.model.rowCount() == 1)
            button(screen.page, "Export…").click()
            dialog = screen.page.findChildren(QFileDialog)[0]
            dialog.fileSelected.emit(str(tmp_path / "history.jsonl"))
            dialog.close()
            await until(lambda: screen.given.told)
            assert screen.exporting.written == [(ExportKind.HISTORY, tmp_path / "history.jsonl")]

    run(use())


def test_nothing_is_read_before_the_page_is_seen(run: Run) -> None:
    async def use() -> None:
        screen = Screen(line(1))
        screen.publish(1)
        assert screen.history.pages_read == 0
        screen.page.deleteLater()

    run(use())
