"""Leaving the window: asks first about what would be lost or left undone."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox

from moderator_app.language import _, ngettext
from moderator_app.ui.keys import Command
from moderator_app.ui.main_window import MainWindow
from moderator_app.ui.notices import Notices
from moderator_app.ui.queue.review_page import ReviewPage
from moderator_app.ui.settings.settings_page import SettingsPage
from moderator_app.ui.tasks import Tasks

if TYPE_CHECKING:
    from moderator_app.app import App

Answer = tuple[str, QMessageBox.ButtonRole, Callable[[], object]]


class Leaving(QObject):
    """`ended`: the moderator has left."""

    ended = Signal()

    def __init__(
        self, app: "App", window: MainWindow, queue: ReviewPage, settings: SettingsPage, tasks: Tasks, notices: Notices
    ) -> None:
        super().__init__(window)
        self._app, self._window, self._tasks, self._notices = app, window, tasks, notices
        self._queue, self._settings = queue, settings

    def leave(self) -> None:
        """Close the window, after a question for each thing that leaving would lose."""
        if self._window.findChild(QMessageBox) is not None:
            return
        if self._settings.unsaved:
            self._ask_about_lists()
        else:
            self._leave_queue()

    def _leave_queue(self) -> None:
        if self._queue.pending and self._app.sources:
            self._ask_about_actions()
        else:
            self.ended.emit()

    def _ask_about_lists(self) -> None:
        role = QMessageBox.ButtonRole
        self._ask(
            _("Changes in the settings are not saved yet."),
            (_("Save"), role.AcceptRole, lambda: self._tasks.start(self._save())),
            (_("Do not save"), role.DestructiveRole, self._leave_queue),
        )

    def _ask_about_actions(self) -> None:
        text = ngettext(
            "{count} decision is not carried out yet and can still be taken back.",
            "{count} decisions are not carried out yet and can still be taken back.",
            self._queue.pending,
        )
        role = QMessageBox.ButtonRole
        outbox = self._app.outbox
        # Nothing leaves while the question stands, or its words would become untrue.
        held = outbox.paused
        outbox.pause()
        self._ask(
            text.format(count=self._queue.pending),
            (_("Carry out now"), role.AcceptRole, lambda: self._tasks.start(self._carry_out())),
            (_("Keep for the next start"), role.DestructiveRole, self.ended.emit),
            stay=lambda: None if held else outbox.release(),
        )

    def _ask(self, text: str, *answers: Answer, stay: Callable[[], object] = lambda: None) -> None:
        """Ask; Esc and the last button stay."""
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(_("Close the console"))
        box.setText(text)
        for name, role, _act in answers:
            box.addButton(name, role)
        box.addButton(_("Stay"), QMessageBox.ButtonRole.RejectRole)
        acts = {name: act for name, _role, act in answers}
        # A click is told before the box is gone; the next question waits until then.
        box.finished.connect(lambda _result: acts.get(box.clickedButton().text(), stay)())
        box.open()

    async def _save(self) -> None:
        if await self._settings.save():
            self._leave_queue()
        else:
            self._window.show_page(Command.SETTINGS)

    async def _carry_out(self) -> None:
        self._notices.tell(_("Carrying out, then closing…"))
        await self._queue.settled()
        self._app.outbox.release()
        await self._app.outbox.carry_out_now(self._app.sources)
        self.ended.emit()
