"""The VK communities that are watched: those there are, each with a way out, and a wizard for another one."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from moderator_app.domain.accounts import Account
from moderator_app.domain.errors import ModeratorError
from moderator_app.language import _
from moderator_app.ui.notices import Notices, Tone, explain
from moderator_app.ui.settings.form_area import FormArea
from moderator_app.ui.settings.vk_row import VkRow
from moderator_app.ui.settings.vk_wizard import VkWizard
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label
from moderator_app.vk_communities import Checked, VkCommunities
from moderator_app.vk_words import added, tokens_needed


class VkPanel(QWidget):
    def __init__(
        self, communities: VkCommunities, tasks: Tasks, notices: Notices, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._communities, self._tasks, self._notices = communities, tasks, notices
        self._title, self._given = label(title=True), label(tone="warning", wrap=True)
        self._none, self._begin = label(tone="muted", wrap=True), QPushButton()
        self._words = [label(tone="muted", wrap=True) for _paragraph in tokens_needed()]
        self._rows = QVBoxLayout()
        self.rows: list[VkRow] = []
        self.wizard = VkWizard(communities, tasks)
        self._body = QStackedWidget()
        self._lay_out()
        self._begin.clicked.connect(self._start)
        self.wizard.added.connect(self._welcome)
        self.wizard.given_up.connect(self._show_list)
        communities.subscribe(self._read)
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
        listed.content.addSpacing(2 * GRID)
        for paragraph in self._words:
            listed.content.addWidget(paragraph)
        listed.content.addStretch(1)
        asked.content.addWidget(self.wizard)
        self._body.addWidget(listed)
        self._body.addWidget(asked)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2 * GRID)
        box.addWidget(self._title)
        box.addWidget(self._body, 1)

    def _start(self) -> None:
        self._body.setCurrentIndex(1)
        self.wizard.begin()

    def _show_list(self) -> None:
        self._body.setCurrentIndex(0)
        self._begin.setFocus()

    def _welcome(self, checked: Checked) -> None:
        self._show_list()
        self._notices.tell(added(checked), Tone.GOOD)

    def _read(self) -> None:
        try:
            known = self._communities.known()
        except ModeratorError as error:
            self._notices.report(error)
            return
        if [each.id for each in known] == [row.account.id for row in self.rows]:
            for row, account in zip(self.rows, known, strict=True):
                row.show_account(account)
            return
        for row in self.rows:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [self._row(account) for account in known]
        self._none.setVisible(not known)

    def _row(self, account: Account) -> VkRow:
        row = VkRow(account)
        row.read_only_wanted.connect(self._set_read_only)
        row.removal_wanted.connect(lambda leaving: self._tasks.start(self._forget(row, leaving)))
        self._rows.addWidget(row)
        return row

    def _set_read_only(self, account: Account, read_only: bool) -> None:
        try:
            self._communities.set_read_only(account, read_only)
        except ModeratorError as error:
            next(row for row in self.rows if row.account == account).show_wrong(explain(error))

    async def _forget(self, row: VkRow, account: Account) -> None:
        try:
            await self._communities.forget(account)
        except ModeratorError as error:
            row.show_wrong(explain(error))
            return
        except Exception:
            row.show_wrong("")
            raise
        self._notices.tell(_("{name} is not watched any more.").format(name=account.name))

    def _retranslate(self) -> None:
        self._title.setText(_("VK communities"))
        self._begin.setText(_("Add a VK community"))
        self._none.setText(_("No community is watched yet."))
        self._given.setText(
            _("The token given in the environment is used in this run; the communities listed here rest meanwhile.")
        )
        self._given.setVisible(self._communities.is_given)
        for shown, paragraph in zip(self._words, tokens_needed(), strict=True):
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
