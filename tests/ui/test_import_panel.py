"""Importing files from the window."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from moderator_app.domain.errors import Refused, Unreadable
from moderator_app.domain.importing import ReadError
from moderator_app.moderation.importing import ImportProgress, ImportSummary
from moderator_app.ui.main_window import MainWindow
from moderator_app.ui.notices import Notice, Notices, Tone
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.widgets.import_panel import ImportPanel
from tests.ui.conftest import Run
from tests.ui.until import until

SUMMARY = ImportSummary(messages=1200, new=1000, flagged=30)


class Importer:
    """Imports when it is told to go on; answers are a summary or an error."""

    def __init__(self, *answers: ImportSummary | Exception) -> None:
        self.answers = list(answers)
        self.files: list[Path] = []
        self.going_on = asyncio.Event()

    async def __call__(self, path: Path, progress: Callable[[ImportProgress], None]) -> ImportSummary:
        self.files.append(path)
        progress(ImportProgress(50, 100, 600, 15))
        await self.going_on.wait()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def panel_with(importer: Importer) -> tuple[ImportPanel, Tasks, list[Notice]]:
    notices, said = Notices(), list[Notice]()
    notices.posted.connect(said.append)
    tasks = Tasks(notices)
    return ImportPanel(importer, tasks, notices), tasks, said


def test_files_are_imported_one_after_the_other_with_a_summary_each(run: Run) -> None:
    async def work() -> None:
        importer = Importer(SUMMARY, SUMMARY)
        panel, _tasks, said = panel_with(importer)
        panel.take([Path("a.json"), Path("b.json")])
        await until(lambda: panel.progress == 0.5)
        assert importer.files == [Path("a.json")]
        importer.going_on.set()
        await until(lambda: not panel.busy)
        assert importer.files == [Path("a.json"), Path("b.json")]
        assert [notice.tone for notice in said] == [Tone.GOOD, Tone.GOOD]
        assert said[0].text == "a.json: 1,200 messages read, 1,000 new, 30 for review."

    run(work())


def test_cancelling_stops_the_file_and_those_behind_it(run: Run) -> None:
    async def work() -> None:
        importer = Importer(SUMMARY)
        panel, _tasks, said = panel_with(importer)
        panel.take([Path("a.json"), Path("b.json")])
        await until(lambda: importer.files)
        panel.cancel()
        await until(lambda: not panel.busy)
        assert importer.files == [Path("a.json")]
        assert "was cancelled" in said[0].text

    run(work())


def test_an_unreadable_file_is_named_with_the_reason(run: Run) -> None:
    async def work() -> None:
        importer = Importer(Refused("storage.full"))
        importer.going_on.set()
        panel, _tasks, said = panel_with(importer)
        panel.take([Path("a.json")])
        await until(lambda: said)
        assert said[0].text.startswith("a.json was not imported. The disk is full")
        assert said[0].tone is Tone.ERROR

    run(work())


def test_a_reason_that_names_the_file_is_told_as_it_is(run: Run) -> None:
    async def work() -> None:
        importer = Importer(Unreadable("import.empty", file="/tmp/a.json"))
        importer.going_on.set()
        panel, _tasks, said = panel_with(importer)
        panel.take([Path("/tmp/a.json")])
        await until(lambda: said)
        assert said[0].text == "/tmp/a.json is empty. Export the chat again."

    run(work())


def test_entries_that_could_not_be_read_are_named_by_their_place(run: Run) -> None:
    async def work() -> None:
        broken = ReadError(17, "profile.not_a_folder", (("path", "/x"),))
        importer = Importer(ImportSummary(messages=2, failed=5, errors=(broken,) * 5))
        importer.going_on.set()
        panel, _tasks, said = panel_with(importer)
        panel.take([Path("a.json")])
        await until(lambda: len(said) == 2)
        assert "a.json: 5 entries could not be read" in said[1].text
        assert "Line 17: /x is a file" in said[1].text

    run(work())


def test_a_file_dropped_on_the_window_is_taken(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        window, dropped = MainWindow(tmp_path), list[Path]()
        window.dropped.connect(dropped.extend)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile("/tmp/chat.json"), QUrl("https://example.com/x")])
        left = Qt.MouseButton.LeftButton
        window.dropEvent(
            QDropEvent(QPointF(1, 1), Qt.DropAction.CopyAction, data, left, Qt.KeyboardModifier.NoModifier)
        )
        assert dropped == [Path("/tmp/chat.json")]
        window.let_go()

    run(work())
