"""Imports files one after the other: chooses, shows progress, cancels, tells what came of it."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QToolButton, QWidget

from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.importing import ReadError
from moderator_app.language import _, explain_error, format_number, ngettext, sentence
from moderator_app.moderation.importing import ImportProgress, ImportSummary
from moderator_app.ui.notices import Notices, Tone
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.file_dialog import give_room, translate
from moderator_app.ui.widgets.labels import ElidedLabel

ImportFile = Callable[[Path, Callable[[ImportProgress], None]], Awaitable[ImportSummary]]

STEPS = 1000
SHOWN_ERRORS = 3
SHOWN_NAME = 40


class ImportPanel(QWidget):
    """Hidden while nothing is imported. `ended` carries the summary of a file."""

    ended = Signal(object)
    _progressed = Signal(object)

    def __init__(self, import_file: ImportFile, tasks: Tasks, notices: Notices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._import_file, self._tasks, self._notices = import_file, tasks, notices
        self._waiting: deque[Path] = deque()
        self._running: asyncio.Task[None] | None = None
        self._path = Path()
        self._text = ElidedLabel("muted")
        self._bar = QProgressBar(maximum=STEPS, textVisible=False)
        self._bar.setFixedWidth(16 * GRID)
        self._cancel = QToolButton()
        self._cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._cancel.clicked.connect(self.cancel)
        # A signal, so that it does not matter in which thread the progress is told.
        self._progressed.connect(self._show_progress)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        for part in (self._text, self._bar, self._cancel):
            row.addWidget(part)
        self.hide()
        self._retranslate()

    def choose(self) -> None:
        """Let the moderator pick a file; returns at once."""
        dialog = QFileDialog(self.window(), _("Import a chat"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Exported chats (*.json *.jsonl *.ndjson)"), _("All files (*)")])
        translate(dialog)
        give_room(dialog)
        dialog.fileSelected.connect(lambda chosen: self.take([Path(chosen)]))
        dialog.open()

    def take(self, paths: Iterable[Path]) -> None:
        """Import these after what is being imported already."""
        self._waiting.extend(paths)
        if self._running is None and self._waiting:
            self._path = self._waiting.popleft()
            self._show_progress(None)
            self.show()
            self._running = self._tasks.start(self._run(self._path), failed=self._failed)
            self._running.add_done_callback(lambda _task: self._next())

    def cancel(self) -> None:
        self._waiting.clear()
        if self._running is not None:
            self._running.cancel()

    @property
    def progress(self) -> float:
        """The part of the file that is read, 0-1."""
        return self._bar.value() / STEPS

    @property
    def busy(self) -> bool:
        return self._running is not None

    async def _run(self, path: Path) -> None:
        try:
            summary = await self._import_file(path, self._progressed.emit)
        except asyncio.CancelledError:
            self._notices.tell(_("The import of {file} was cancelled. What was read is kept.").format(file=path.name))
            raise
        self._tell(path, summary)
        self.ended.emit(summary)

    def _next(self) -> None:
        self._running = None
        self.hide()
        self.take(())

    def _failed(self, error: Exception) -> None:
        if isinstance(error, ModeratorError):
            self._notices.tell(_refused(self._path, error), Tone.ERROR)
        else:
            self._notices.report(error)

    def _tell(self, path: Path, summary: ImportSummary) -> None:
        counts = ngettext(
            "{file}: {messages} message read, {new} new, {flagged} for review.",
            "{file}: {messages} messages read, {new} new, {flagged} for review.",
            summary.messages,
        ).format(
            file=path.name,
            messages=format_number(summary.messages),
            new=format_number(summary.new),
            flagged=format_number(summary.flagged),
        )
        self._notices.tell(counts, Tone.GOOD)
        if problems := _problems(path, summary):
            self._notices.tell("\n".join(problems), Tone.ERROR)

    def _show_progress(self, progress: ImportProgress | None) -> None:
        done = progress.bytes_read / progress.size if progress and progress.size else 0.0
        self._bar.setValue(round(done * STEPS))
        messages, flagged = (progress.messages, progress.flagged) if progress else (0, 0)
        text = ngettext(
            "Importing {file}: {messages} message, {flagged} for review",
            "Importing {file}: {messages} messages, {flagged} for review",
            messages,
        )
        name = _shown_name(self._path)
        self._text.setText(text.format(file=name, messages=format_number(messages), flagged=format_number(flagged)))

    def _retranslate(self) -> None:
        self._cancel.setText(_("Cancel"))
        self._cancel.setAccessibleName(_("Cancel the import"))
        self._bar.setAccessibleName(_("Progress of the import"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()


def _shown_name(path: Path) -> str:
    """A long name without its middle: its end, too, tells files apart."""
    name, half = path.name, SHOWN_NAME // 2
    return name if len(name) <= SHOWN_NAME else f"{name[:half]}…{name[-half:]}"


def _refused(path: Path, error: ModeratorError) -> str:
    """Why nothing was imported; most reasons name the file themselves."""
    reason = explain_error(error)
    if path.name in reason:
        return reason
    return _("{file} was not imported. {reason}").format(file=path.name, reason=reason)


def _problems(path: Path, summary: ImportSummary) -> list[str]:
    lines = [] if summary.broken is None else [explain_error(summary.broken)]
    if summary.failed:
        text = ngettext(
            "{file}: {count} entry could not be read", "{file}: {count} entries could not be read", summary.failed
        )
        lines.append(text.format(file=path.name, count=format_number(summary.failed)))
        lines += [_place(error) for error in summary.errors[:SHOWN_ERRORS]]
        if summary.failed > SHOWN_ERRORS:
            lines.append("…")
    return lines


def _place(error: ReadError) -> str:
    why = sentence(error.text_id, dict(error.parameters))
    if isinstance(error.place, int):
        return _("Line {number}: {why}").format(number=format_number(error.place), why=why)
    return f"{error.place}: {why}"
