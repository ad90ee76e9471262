"""The steps of a sign-in, one shown at a time, and the wait for what a person answers to it."""

import asyncio
from typing import Generic, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from moderator_app.ui.settings.sign_in_step import SignInStep
from moderator_app.ui.theme import GRID

AnswerT = TypeVar("AnswerT")


class StepStack(QStackedWidget, Generic[AnswerT]):
    def __init__(self, *steps: SignInStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: asyncio.Future[AnswerT] | None = None
        for step in steps:
            self.addWidget(step)
            step.answered.connect(self.take)

    def show_step(self, step: SignInStep) -> None:
        """Show a step anew."""
        self.setCurrentWidget(step)
        step.begin()

    async def asked(self, step: SignInStep) -> AnswerT:
        """What the person answers."""
        step.wait(False)
        self._answer = asyncio.get_running_loop().create_future()
        answer = await self._answer
        step.wait(True)
        step.show_wrong("")
        return answer

    def take(self, answer: AnswerT) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)

    def lay_out_in(self, panel: QWidget, cancel: QPushButton) -> None:
        """Fill a panel with the steps and the way out below them."""
        bar = QHBoxLayout()
        bar.addWidget(cancel)
        bar.addStretch(1)
        box = QVBoxLayout(panel)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2 * GRID)
        box.addWidget(self)
        box.addLayout(bar)
        box.addStretch(1)
