"""The accounts with which the console reads and acts: those that are signed in, and a sign-in."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from moderator_app.accounts import TelegramAccounts
from moderator_app.domain.accounts import Account
from moderator_app.domain.errors import ModeratorError
from moderator_app.language import _
from moderator_app.moderation.preferences import Preferences
from moderator_app.sign_in_words import safety
from moderator_app.ui.notices import Notices, Tone, explain
from moderator_app.ui.settings.account_row import AccountRow
from moderator_app.ui.settings.form_area import FormArea
from moderator_app.ui.settings.proxy_panel import ProxyPanel
from moderator_app.ui.settings.sign_in_panel import SignInPanel
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label, rule


class AccountsPanel(QWidget):
    def __init__(
        self,
        accounts: TelegramAccounts,
        preferences: Preferences,
        tasks: Tasks,
        notices: Notices,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._accounts, self._tasks, self._notices = accounts, tasks, notices
        self._title, self._given = label(title=True), label(tone="warning", wrap=True)
        self._none, self._begin = label(tone="muted", wrap=True), QPushButton()
        self._safety = [label(tone="muted", wrap=True) for _paragraph in safety()]
        self._rows = QVBoxLayout()
        self.rows: list[AccountRow] = []
        self.sign_in, self.proxy = SignInPanel(accounts, tasks), ProxyPanel(preferences, accounts, tasks)
        self._body = QStackedWidget()
        self._lay_out()
        self._begin.clicked.connect(self._start)
        self.sign_in.signed_in.connect(self._welcome)
        self.sign_in.given_up.connect(self._show_list)
        accounts.subscribe(self._read)
        self._retranslate()

    def _lay_out(self) -> None:
        listed, asked = FormArea(), FormArea()
        bar = QHBoxLayout()
        bar.addWidget(self._begin)
        bar.addStretch(1)
        for widget in (self._given, self._none):
            listed.content.addWidget(widget)
        listed.content.addLayout(self._rows)
        listed.content.addLayout(bar)
        for part in (rule(), self.proxy, rule()):
            listed.content.addSpacing(GRID)
            listed.content.addWidget(part)
        listed.content.addSpacing(GRID)
        for paragraph in self._safety:
            paragraph.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            listed.content.addWidget(paragraph)
        listed.content.addStretch(1)
        asked.content.addWidget(self.sign_in)
        self._body.addWidget(listed)
        self._body.addWidget(asked)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2 * GRID)
        box.addWidget(self._title)
        box.addWidget(self._body, 1)

    def _start(self) -> None:
        self._body.setCurrentIndex(1)
        self.sign_in.begin()

    def _show_list(self) -> None:
        self._body.setCurrentIndex(0)
        self._begin.setFocus()

    def _welcome(self, account: Account) -> None:
        self._show_list()
        self._notices.tell(_("{name} is signed in.").format(name=account.name), Tone.GOOD)

    def _read(self) -> None:
        try:
            accounts = self._accounts.known()
        except ModeratorError as error:
            self._notices.report(error)
            return
        if [account.id for account in accounts] == [row.account.id for row in self.rows]:
            for row, account in zip(self.rows, accounts, strict=True):
                row.show_account(account)
            return
        for row in self.rows:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [self._row(account) for account in accounts]
        self._none.setVisible(not accounts)

    def _row(self, account: Account) -> AccountRow:
        row = AccountRow(account)
        row.read_only_wanted.connect(self._set_read_only)
        row.sign_out_wanted.connect(lambda leaving: self._tasks.start(self._sign_out(row, leaving)))
        self._rows.addWidget(row)
        return row

    def _set_read_only(self, account: Account, read_only: bool) -> None:
        try:
            self._accounts.set_read_only(account, read_only)
        except ModeratorError as error:
            self._notices.report(error)
            next(row for row in self.rows if row.account == account).show_wrong(explain(error))

    async def _sign_out(self, row: AccountRow, account: Account) -> None:
        try:
            await self._accounts.sign_out(account)
        except ModeratorError as error:
            row.show_wrong(explain(error))
            return
        except Exception:
            row.show_wrong("")
            raise
        self._notices.tell(_("{name} is signed out.").format(name=account.name))

    def _retranslate(self) -> None:
        self._title.setText(_("Telegram accounts"))
        self._begin.setText(_("Sign in to Telegram"))
        self._none.setText(_("No account is signed in. Until then chats can be imported from files only."))
        self._given.setText(
            _("The session given in the environment is used in this run; the accounts listed here rest meanwhile.")
        )
        self._given.setVisible(self._accounts.is_given)
        for shown, paragraph in zip(self._safety, safety(), strict=True):
            shown.setText(paragraph)

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._none.setVisible(not self.rows)
        self._read()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
