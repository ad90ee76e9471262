"""Edits what communities want of AI; below it stands what holds for all of them."""

from PySide6.QtWidgets import QWidget

from moderator_app.domain.policy_keys import SETTINGS
from moderator_app.language import _
from moderator_app.ui.settings.form_area import FormArea
from moderator_app.ui.settings.policy_panel import PolicyPanel
from moderator_app.ui.settings.values_form import ValuesForm
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import rule

_KEYS = [key for key in SETTINGS if key.startswith("ai.")]


class AiPanel(PolicyPanel):
    """`common` is what is set for all communities together."""

    def __init__(self, common: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = ValuesForm(self.draft)
        self._form.edited.connect(self.hear_edited)
        area = FormArea()
        area.content.addWidget(self._form)
        if common is not None:
            area.content.addSpacing(GRID)
            area.content.addWidget(rule())
            area.content.addWidget(common)
        area.content.addStretch(1)
        self.body.addSpacing(GRID)
        self.body.addWidget(area, 1)
        self.bar.reach_after(self._form.show_keys(_KEYS, self.scope.stop))
        self.retranslate()
        self.show_draft()

    def show_draft(self) -> None:
        self._form.show_draft()

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(_("AI"))
        self.purpose.setText(
            _(
                "Switched on, the texts of the messages chosen here leave this machine and go to the server named "
                "below, without names and dates of their authors, cut to 1,000 characters. Pictures and profiles go "
                "only where that is switched on, too. AI refines and explains what the rules found; it never acts and "
                "never keeps a message waiting."
            )
        )
