"""The steps by which a VK community is added: its token, a moderator's, and what works with them."""

from collections.abc import Callable

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from moderator_app.language import _
from moderator_app.ui.settings.sign_in_step import SignInStep
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label, set_tone
from moderator_app.vk_communities import Checked
from moderator_app.vk_words import (
    DOCUMENTATION,
    how_to_make_community_token,
    how_to_make_user_token,
    remarks,
    tokens_needed,
    what_works,
)


class TokenStep(SignInStep):
    """Explains how a token is made and asks for it."""

    def __init__(self, words: Callable[[], tuple[str, ...]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._paragraphs = [label(wrap=True) for _each in words()]
        self._name = label(tone="muted")
        self.token = self.add_field(secret=True)
        for widget in (self.told, *self._paragraphs, self._name, self.token, self.wrong):
            self.box.addWidget(widget)

    def answer(self) -> None:
        if self.token.text().strip():
            self.answered.emit(self.token.text())

    def name_field(self, name: str) -> None:
        self._name.setText(name)
        self.token.setAccessibleName(name)

    def retranslate(self) -> None:
        for shown, paragraph in zip(self._paragraphs, self._words(), strict=True):
            shown.setText(paragraph)
        self.go_on.setText(_("Check"))


class CommunityTokenStep(TokenStep):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda: (*tokens_needed(), *how_to_make_community_token()), parent)
        self.told.hide()
        self.add_row(self.go_on)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self.name_field(_("The community's token"))


class UserTokenStep(TokenStep):
    """`answered` carries an empty text where the person wants none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(how_to_make_user_token, parent)
        self._page, self._without = QPushButton(), QPushButton()
        self.add_row(self.go_on, self._without, self._page)
        self._page.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(DOCUMENTATION)))
        self._without.clicked.connect(lambda: self.answered.emit(""))
        self._community = ""
        self.retranslate()

    def show_community(self, name: str) -> None:
        self._community = name
        self.retranslate()

    def wait(self, waiting: bool) -> None:
        super().wait(waiting)
        self._without.setEnabled(not waiting)

    def retranslate(self) -> None:
        super().retranslate()
        self.told.setText(_("The community: {name}").format(name=self._community))
        self.name_field(_("The token of a moderator's page, if you have one"))
        self._without.setText(_("Go on without it"))
        self._page.setText(_("How it is done"))


class ResultStep(SignInStep):
    """Shows what will work. `answered`: the community is to be added. `events_wanted`: what is missing, switched on."""

    events_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checked: Checked | None = None
        self._switch = QPushButton()
        self._works, self._remarks = QVBoxLayout(), QVBoxLayout()
        self._works.setSpacing(GRID // 2)
        self.box.addWidget(self.told)
        self.box.addLayout(self._works)
        self.box.addLayout(self._remarks)
        self.box.addWidget(self.wrong)
        self.add_row(self.go_on, self._switch)
        self._switch.clicked.connect(self.events_wanted)
        self.retranslate()

    def show_checked(self, checked: Checked) -> None:
        self._checked = checked
        self._switch.setVisible(checked.events_off)
        self.retranslate()

    def wait(self, waiting: bool) -> None:
        super().wait(waiting)
        self._switch.setEnabled(not waiting)

    def answer(self) -> None:
        self.answered.emit("")

    def retranslate(self) -> None:
        self.go_on.setText(_("Add the community"))
        self._switch.setText(_("Switch on what is missing"))
        if self._checked is None:
            return
        name, person = self._checked.account.name, self._checked.person
        with_person = _("With these tokens of {name} and {person} the console can:")
        alone = _("With the token of {name} the console can:")
        self.told.setText((with_person if person else alone).format(name=name, person=person))
        works = [
            _line(("✓ " if works else "✗ ") + each, "good" if works else "muted")
            for each, works in what_works(self._checked)
        ]
        _fill(self._works, works)
        _fill(self._remarks, [_line(each, "warning") for each in remarks(self._checked)])


def _line(text: str, tone: str) -> QLabel:
    shown = label(wrap=True)
    shown.setText(text)
    set_tone(shown, tone)
    return shown


def _fill(box: QVBoxLayout, lines: list[QLabel]) -> None:
    while (former := box.takeAt(0)) is not None:
        if (widget := former.widget()) is not None:
            widget.hide()
            widget.deleteLater()
    for line in lines:
        box.addWidget(line)
