"""Signs an account in, in the window: asks step by step, and keeps what comes of it."""

import asyncio

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from moderator_app.accounts import TelegramAccounts
from moderator_app.domain.accounts import Account, ApplicationKeys, CodeSent, PasswordAsked, QrShown, SignedIn
from moderator_app.domain.accounts import SignInStep as Step
from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.ports import SignIn
from moderator_app.language import _
from moderator_app.ui.notices import explain
from moderator_app.ui.settings.sign_in_step import SignInStep
from moderator_app.ui.settings.sign_in_steps import Answer, CodeStep, KeysStep, Kind, PasswordStep, WayStep
from moderator_app.ui.settings.step_stack import StepStack
from moderator_app.ui.tasks import Tasks

# Another pair is asked for.
_OF_KEYS = frozenset({"telegram.api_keys", "telegram.api_keys_public", "telegram.no_api_keys"})


class SignInPanel(QWidget):
    """`signed_in` carries the account; `given_up`: it was cancelled."""

    signed_in = Signal(object)
    given_up = Signal()

    def __init__(self, accounts: TelegramAccounts, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._accounts, self._tasks = accounts, tasks
        self._running: asyncio.Task[None] | None = None
        self.keys, self.way, self.code, self.password = KeysStep(), WayStep(), CodeStep(), PasswordStep()
        self._steps = StepStack[Answer | ApplicationKeys](self.keys, self.way, self.code, self.password)
        self._nothing, self._cancel = QWidget(), QPushButton()
        self._steps.addWidget(self._nothing)
        self._steps.lay_out_in(self, self._cancel)
        self._cancel.clicked.connect(self.give_up)
        self._retranslate()

    @property
    def running(self) -> bool:
        return self._running is not None and not self._running.done() and not self._running.cancelling()

    def begin(self) -> None:
        if not self.running:
            # Until it is known what is to be asked.
            self._steps.setCurrentWidget(self._nothing)
            self._running = self._tasks.start(self._run())

    def give_up(self) -> None:
        if self._running is not None:
            self._running.cancel()
        self.given_up.emit()

    async def _run(self) -> None:
        try:
            account = await self._account()
        except Exception:
            # A fault of ours, which the notice bar tells.
            self.given_up.emit()
            raise
        self.signed_in.emit(account)

    async def _account(self) -> Account:
        kept = True
        while True:
            try:
                keys = await self._accounts.keys() if kept else None
                return await self._sign_in(keys or await self._asked_keys())
            except ModeratorError as error:
                # No keyring, or other keys are needed: both are mended before a next try.
                kept = False
                self._steps.show_step(self.keys)
                self.keys.show_wrong(explain(error))

    async def _sign_in(self, keys: ApplicationKeys) -> Account:
        sign_in = await self._accounts.begin(keys)
        try:
            return await self._accounts.keep(keys, await self._signed_in(sign_in))
        finally:
            await sign_in.close()

    async def _asked_keys(self) -> ApplicationKeys:
        if self._steps.currentWidget() is not self.keys or not self.keys.wrong.text():
            self._steps.show_step(self.keys)
        answer = await self._steps.asked(self.keys)
        assert isinstance(answer, ApplicationKeys)
        return answer

    async def _signed_in(self, sign_in: SignIn) -> SignedIn:
        shown = self._enter(None)
        while True:
            try:
                step = await self._next(sign_in, shown)
            except ModeratorError as error:
                if error.text_id in _OF_KEYS:
                    raise
                shown.wait(False)
                shown.show_wrong(explain(error))
                continue
            if isinstance(step, SignedIn):
                return step
            shown = self._enter(step)

    def _enter(self, step: Step | None) -> SignInStep:
        """Show what `step` asks for; None is the choice of a way."""
        shown: SignInStep = self.way
        if isinstance(step, CodeSent):
            self.code.show_sent(step)
            shown = self.code
        elif isinstance(step, PasswordAsked):
            self.password.show_asked(step)
            shown = self.password
        self._steps.show_step(shown)
        return shown

    async def _next(self, sign_in: SignIn, shown: SignInStep) -> Step | None:
        if shown is self.way:
            return await self._by_either_way(sign_in)
        answer = await self._steps.asked(shown)
        assert isinstance(answer, Answer)
        match answer.kind:
            case Kind.CODE:
                return await sign_in.give_code(answer.text)
            case Kind.ANOTHER_CODE:
                return await sign_in.resend_code()
            case Kind.PASSWORD:
                return await sign_in.give_password(answer.text)
        return None

    async def _by_either_way(self, sign_in: SignIn) -> Step | None:
        """Whichever comes first: a QR code that was scanned, or a phone number."""
        scanning = self._tasks.start(self._scanned(sign_in), failed=lambda _error: None)
        asking = self._tasks.start(self._steps.asked(self.way), failed=lambda _error: None)
        try:
            await asyncio.wait({scanning, asking}, return_when=asyncio.FIRST_COMPLETED)
            if scanning.done():
                return scanning.result()
        finally:
            for task in (scanning, asking):
                if not task.done():
                    task.cancel()
            await asyncio.gather(scanning, asking, return_exceptions=True)
        answer = asking.result()
        if isinstance(answer, Answer) and answer.kind is Kind.PHONE:
            return await sign_in.send_code(answer.text)
        return None

    async def _scanned(self, sign_in: SignIn) -> Step:
        """Show one code after another until one is scanned. What goes wrong is told in place of the code."""
        while True:
            try:
                self.way.show_stale("")
                step = await sign_in.show_qr()
                while isinstance(step, QrShown):
                    self.way.picture.show_url(step.url)
                    step = await sign_in.after_qr(step)
            except ModeratorError as error:
                if error.text_id in _OF_KEYS:
                    raise
                self.way.show_stale(explain(error))
                # Until a new one is asked for, or a phone number is given: both end this task.
                await asyncio.Event().wait()
            else:
                return step

    def _retranslate(self) -> None:
        self._cancel.setText(_("Cancel"))

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
