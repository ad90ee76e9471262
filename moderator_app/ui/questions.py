"""Follows what platforms ask before they carry out more, and hands the human's answers over."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

from moderator_app.domain.ports import AskingSource, Question, Source
from moderator_app.moderation.outbox import Outbox
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.widgets.question_panel import QuestionPanel

LOOK_MS = 500


class Questions(QObject):
    """One question at a time stands in the panel."""

    def __init__(
        self,
        sources: Callable[[], Sequence[Source]],
        outbox: Outbox,
        panel: QuestionPanel,
        tasks: Tasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._sources, self._outbox, self._panel, self._tasks = sources, outbox, panel, tasks
        self._asking: AskingSource | None = None
        self._shown: Question | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        panel.answered.connect(self._answer)

    def begin(self) -> None:
        self._timer.start()

    def look(self) -> None:
        """See whether something is asked, or is not any more."""
        asking = [each for each in self._sources() if isinstance(each, AskingSource) and each.question is not None]
        self._asking = asking[0] if asking else None
        question = self._asking.question if self._asking is not None else None
        if question is self._shown:
            return
        self._shown = question
        self._panel.show_question(question)
        if self._asking is not None and question is not None and question.picture:
            self._tasks.start(self._fetch(self._asking, question))

    async def _fetch(self, asking: AskingSource, question: Question) -> None:
        picture = await asking.picture()
        if picture is not None and self._shown is question:
            self._panel.show_picture(picture)

    def _answer(self, text: str) -> None:
        if self._asking is not None:
            self._tasks.start(self._hand_over(self._asking, text))

    async def _hand_over(self, asking: AskingSource, text: str) -> None:
        await self._outbox.answer(asking, text)
        self.look()
