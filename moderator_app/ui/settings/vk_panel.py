"""The VK communities that are watched: those there are, each with a way out, and a wizard for another one."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from moderator_app.language import _
from moderator_app.ui.notices import Notices, Tone
from moderator_app.ui.settings.account_row import RowWords
from moderator_app.ui.settings.account_rows import AccountRows
from moderator_app.ui.settings.form_area import FormArea
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
        self._begin = QPushButton()
        self._words = [label(tone="muted", wrap=True) for _paragraph in tokens_needed()]
        self.listed = AccountRows(communities, communities.forget, _words, tasks, notices)
        self.wizard = VkWizard(communities, tasks)
        self._body = QStackedWidget()
        self._lay_out()
        self._begin.clicked.connect(self._start)
        self.wizard.added.connect(self._welcome)
        self.wizard.given_up.connect(self._show_list)
        self._retranslate()

    def _lay_out(self) -> None:
        listed, asked = FormArea(), FormArea()
        bar = QHBoxLayout()
        bar.addWidget(self._begin)
        bar.addStretch(1)
        listed.content.addWidget(self._given)
        listed.content.addWidget(self.listed)
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

    def _retranslate(self) -> None:
        self._title.setText(_("VK communities"))
        self._begin.setText(_("Add a VK community"))
        self.listed.none.setText(_("No community is watched yet."))
        self._given.setText(
            _("The token given in the environment is used in this run; the communities listed here rest meanwhile.")
        )
        self._given.setVisible(self._communities.is_given)
        for shown, paragraph in zip(self._words, tokens_needed(), strict=True):
            shown.setText(paragraph)

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _words() -> RowWords:
    return RowWords(
        watch=_("Only watch"),
        only_watch=_("Only watch this community: nothing is carried out"),
        leave=_("Remove"),
        told=_("Its tokens leave the keyring. Delete them on VK, too. What is stored here stays."),
        sure=_("Really remove"),
        stay=_("Go on watching"),
        left=_("{name} is not watched any more."),
    )
