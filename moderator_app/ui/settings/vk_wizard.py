"""Adds a VK community, in the window: asks for its tokens, checks them, shows what works, and keeps them."""

import asyncio

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from moderator_app.domain.errors import ModeratorError
from moderator_app.language import _
from moderator_app.ui.notices import explain
from moderator_app.ui.settings.step_stack import StepStack
from moderator_app.ui.settings.vk_steps import CommunityTokenStep, ResultStep, UserTokenStep
from moderator_app.ui.tasks import Tasks
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
        self.community, self.person, self.result = CommunityTokenStep(), UserTokenStep(), ResultStep()
        self._steps = StepStack[str](self.community, self.person, self.result)
        self._cancel = QPushButton()
        self.result.events_wanted.connect(lambda: self._steps.take(_EVENTS))
        self._steps.lay_out_in(self, self._cancel)
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
        self._steps.show_step(self.result)
        while True:
            self.result.show_checked(checked)
            answer = await self._steps.asked(self.result)
            try:
                if answer != _EVENTS:
                    await self._communities.keep(checked.account, tokens)
                    return checked
                await self._communities.switch_events_on(tokens, checked.account)
                checked = await self._communities.check(tokens)
            except ModeratorError as error:
                self.result.show_wrong(explain(error))

    async def _asked_community(self) -> tuple[VkTokens, Checked]:
        self._steps.show_step(self.community)
        while True:
            typed = await self._steps.asked(self.community)
            try:
                # Before anything is sent: a token that cannot be kept need not be checked.
                await self._communities.require_keyring()
                tokens = VkTokens(require_token(typed))
                return tokens, await self._communities.check(tokens)
            except ModeratorError as error:
                self.community.show_wrong(explain(error))

    async def _asked_person(self, tokens: VkTokens) -> tuple[VkTokens, Checked]:
        self._steps.show_step(self.person)
        while True:
            typed = await self._steps.asked(self.person)
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

    def _retranslate(self) -> None:
        self._cancel.setText(_("Cancel"))

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


# An answer that no token is.
_EVENTS = "events"
