"""Edits what holds beside the rules: the ladder of violations, who is exempt, and from which scores on."""

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from moderator_app.domain.policy_keys import SETTINGS
from moderator_app.language import _
from moderator_app.ui.settings.form_area import FormArea
from moderator_app.ui.settings.policy_panel import PolicyPanel
from moderator_app.ui.settings.values_form import ValuesForm
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label


class ViolationsPanel(PolicyPanel):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = [(title, label(title=True), ValuesForm(self.draft)) for title in _PARTS]
        area = FormArea()
        for _title, name, form in self._parts:
            _add(area.content, name, form)
            form.edited.connect(self.hear_edited)
        area.content.addStretch(1)
        self.body.addSpacing(GRID)
        self.body.addWidget(area, 1)
        last = self.scope.stop
        for title, _name, form in self._parts:
            keys = [key for group in _PARTS[title] for key in SETTINGS if key.startswith(group)]
            last = form.show_keys(keys, last)
        self.bar.reach_after(last)
        self.retranslate()
        self.show_draft()

    def show_draft(self) -> None:
        for _title, _name, form in self._parts:
            form.show_draft()

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(_("Violations"))
        self.purpose.setText(
            _(
                "The ladder suggests more to an author whose violations were confirmed before. A step of 0 is left "
                "out. A message enters the queue when one of its labels reaches the score given here."
            )
        )
        for title, name, _form in self._parts:
            name.setText(title())


def _add(box: QVBoxLayout, name: QLabel, form: QWidget) -> None:
    if box.count():
        box.addSpacing(GRID)
    box.addWidget(name)
    box.addWidget(form)


_PARTS: dict[Callable[[], str], tuple[str, ...]] = {
    lambda: _("Ladder of violations"): ("ladder.", "mute_seconds"),
    lambda: _("Never judged"): ("exemptions.",),
    lambda: _("Into the queue from a score of"): ("thresholds.",),
}
