"""The accounts of one platform, a row each: with each one may only watch, or leave."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moderator_app.domain.accounts import Account
from moderator_app.domain.errors import ModeratorError
from moderator_app.ui.notices import Notices, explain
from moderator_app.ui.settings.account_row import AccountRow, RowWords
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label


class Listed(Protocol):
    """Where the accounts of a platform are kept."""

    def subscribe(self, listener: Callable[[], None]) -> None: ...

    def known(self) -> tuple[Account, ...]: ...

    def set_read_only(self, account: Account, read_only: bool) -> None: ...


class AccountRows(QWidget):
    """`leave` ends what there is with an account; `none` is shown where there is none."""

    def __init__(
        self,
        listed: Listed,
        leave: Callable[[Account], Awaitable[None]],
        words: Callable[[], RowWords],
        tasks: Tasks,
        notices: Notices,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._listed, self._leave, self._words = listed, leave, words
        self._tasks, self._notices = tasks, notices
        self.none = label(tone="muted", wrap=True)
        self.rows: list[AccountRow] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GRID)
        self._box.addWidget(self.none)
        listed.subscribe(self._read)

    def _read(self) -> None:
        try:
            known = self._listed.known()
        except ModeratorError as error:
            self._notices.report(error)
            return
        if [account.id for account in known] == [row.account.id for row in self.rows]:
            for row, account in zip(self.rows, known, strict=True):
                row.show_account(account)
            return
        for row in self.rows:
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [self._row(account) for account in known]
        self.none.setVisible(not known)

    def _row(self, account: Account) -> AccountRow:
        row = AccountRow(account, self._words)
        row.read_only_wanted.connect(self._set_read_only)
        row.leaving_wanted.connect(lambda leaving: self._tasks.start(self._end(row, leaving)))
        self._box.addWidget(row)
        return row

    def _set_read_only(self, account: Account, read_only: bool) -> None:
        try:
            self._listed.set_read_only(account, read_only)
        except ModeratorError as error:
            next(row for row in self.rows if row.account == account).show_wrong(explain(error))

    async def _end(self, row: AccountRow, account: Account) -> None:
        try:
            await self._leave(account)
        except ModeratorError as error:
            row.show_wrong(explain(error))
            return
        except Exception:
            row.show_wrong("")
            raise
        self._notices.tell(self._words().left.format(name=account.name))

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.none.setVisible(not self.rows)
        self._read()
