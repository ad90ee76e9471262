"""The accounts with which the console reads and acts: those that are signed in, and a sign-in."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from moderator_app.accounts import TelegramAccounts
from moderator_app.domain.accounts import Account
from moderator_app.language import _
from moderator_app.moderation.preferences import Preferences
from moderator_app.sign_in_words import safety
from moderator_app.ui.notices import Notices, Tone
from moderator_app.ui.settings.account_row import RowWords
from moderator_app.ui.settings.account_rows import AccountRows
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
        self._begin = QPushButton()
        self._safety = [label(tone="muted", wrap=True) for _paragraph in safety()]
        self.listed = AccountRows(accounts, accounts.sign_out, _words, tasks, notices)
        self.sign_in, self.proxy = SignInPanel(accounts, tasks), ProxyPanel(preferences, accounts, tasks)
        self._body = QStackedWidget()
        self._lay_out()
        self._begin.clicked.connect(self._start)
        self.sign_in.signed_in.connect(self._welcome)
        self.sign_in.given_up.connect(self._show_list)
        self._retranslate()

    def _lay_out(self) -> None:
        listed, asked = FormArea(), FormArea()
        bar = QHBoxLayout()
        bar.addWidget(self._begin)
        bar.addStretch(1)
        listed.content.addWidget(self._given)
        listed.content.addWidget(self.listed)
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

    def _retranslate(self) -> None:
        self._title.setText(_("Telegram accounts"))
        self._begin.setText(_("Sign in to Telegram"))
        self.listed.none.setText(_("No account is signed in. Until then chats can be imported from files only."))
        self._given.setText(
            _("The session given in the environment is used in this run; the accounts listed here rest meanwhile.")
        )
        self._given.setVisible(self._accounts.is_given)
        for shown, paragraph in zip(self._safety, safety(), strict=True):
            shown.setText(paragraph)

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _words() -> RowWords:
    return RowWords(
        watch=_("Only read"),
        only_watch=_("Only read with this account: nothing is carried out"),
        leave=_("Sign out"),
        told=_("The session ends at Telegram. What is stored here stays."),
        sure=_("Really sign out"),
        stay=_("Stay signed in"),
        left=_("{name} is signed out."),
    )
