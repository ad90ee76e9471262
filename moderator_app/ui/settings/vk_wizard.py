"""Adds a VK community, in the window: asks for its tokens, checks them, shows what works, and keeps them."""

import asyncio

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from moderator_app.domain.errors import ModeratorError
from moderator_app.language import _
from moderator_app.ui.notices import explain
from moderator_app.ui.settings.sign_in_step import SignInStep
from moderator_app.ui.settings.vk_steps import CommunityTokenStep, ResultStep, UserTokenStep
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.theme import GRID
from moderator_app.vk_communities import Checked, VkCommunities, VkTokens, require_token
from moderator_app.vk_words import remarks

# Of a moderator's token: another one is asked for.
_WRONG = frozenset({"vk.user_token_refused"})


class VkWizard(QWidget):
    """`added` carries what was found out about the community; `given_up`: it was cancelled."""

    added = Signal(object)
    given_up = Signal()

    def __init__(self, communities: VkCommunities, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._communities, self._tasks = communities, tasks
        self._running: asyncio.Task[None] | None = None
        self._answer: asyncio.Future[str] | None = None
        self.community, self.person, self.result = CommunityTokenStep(), UserTokenStep(), ResultStep()
        self._steps, self._cancel = QStackedWidget(), QPushButton()
        for step in (self.community, self.person, self.result):
            self._steps.addWidget(step)
            step.answered.connect(self._take)
        self.result.events_wanted.connect(lambda: self._take(_EVENTS))
        bar = QHBoxLayout()
        bar.addWidget(self._cancel)
        bar.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2 * GRID)
        box.addWidget(self._steps)
        box.addLayout(bar)
        box.addStretch(1)
        self._cancel.clicked.connect(self.give_up)
        self._retranslate()

    def begin(self) -> None:
        if self._running is None or self._running.done() or self._running.cancelling():
            self._steps.setCurrentWidget(self.community)
            # Until somebody listens to the answer.
            self.community.wait(True)
            self._running = self._tasks.start(self._run())

    def give_up(self) -> None:
        if self._running is not None:
            self._running.cancel()
        self.community.begin()
        self.person.begin()
        self.given_up.emit()

    async def _run(self) -> None:
        try:
            checked = await self._asked_everything()
        except Exception:
            # A fault of ours, which the notice bar tells.
            self.given_up.emit()
            raise
        self.community.begin()
        self.person.begin()
        self.added.emit(checked)

    async def _asked_everything(self) -> Checked:
        tokens, checked = await self._asked_community()
        self.person.show_community(checked.account.name)
        tokens, checked = await self._asked_person(tokens)
        self._show(self.result)
        while True:
            self.result.show_checked(checked)
            answer = await self._asked(self.result)
            try:
                if answer != _EVENTS:
                    await self._communities.keep(checked.account, tokens)
                    return checked
                await self._communities.switch_events_on(tokens, checked.account)
                checked = await self._communities.check(tokens)
            except ModeratorError as error:
                self.result.show_wrong(explain(error))

    async def _asked_community(self) -> tuple[VkTokens, Checked]:
        self._show(self.community)
        while True:
            typed = await self._asked(self.community)
            try:
                # Before anything is sent: a token that cannot be kept need not be checked.
                await self._communities.require_keyring()
                tokens = VkTokens(require_token(typed))
                return tokens, await self._communities.check(tokens)
            except ModeratorError as error:
                self.community.show_wrong(explain(error))

    async def _asked_person(self, tokens: VkTokens) -> tuple[VkTokens, Checked]:
        self._show(self.person)
        while True:
            typed = await self._asked(self.person)
            try:
                both = VkTokens(tokens.community, require_token(typed) if typed else "")
                checked = await self._communities.check(both)
            except ModeratorError as error:
                self.person.show_wrong(explain(error))
                continue
            wrong = [
                text for note, text in zip(checked.remarks, remarks(checked), strict=True) if note.text_id in _WRONG
            ]
            if not wrong:
                return both, checked
            self.person.show_wrong(wrong[0])

    async def _asked(self, step: SignInStep) -> str:
        step.wait(False)
        self._answer = asyncio.get_running_loop().create_future()
        answer = await self._answer
        step.wait(True)
        step.show_wrong("")
        return answer

    def _take(self, answer: str) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)

    def _show(self, step: SignInStep) -> None:
        self._steps.setCurrentWidget(step)
        step.begin()

    def _retranslate(self) -> None:
        self._cancel.setText(_("Cancel"))

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


# An answer that no token is.
_EVENTS = "events"
