"""Edits the rules: which are on, how much they count, what they suggest, and the numbers they go by."""

from PySide6.QtWidgets import QWidget

from moderator_app.domain.rule_record import LEAST_CONFIRMED, LEAST_DECIDED
from moderator_app.language import _, format_number, format_percent, rule_name
from moderator_app.ui.settings.form_area import FormArea
from moderator_app.ui.settings.policy_panel import PolicyPanel
from moderator_app.ui.settings.rules_model import RulesModel
from moderator_app.ui.settings.rules_table import RulesTable
from moderator_app.ui.settings.value_words import record_in_words
from moderator_app.ui.settings.values_form import ValuesForm
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label, rule

# Six rows of values, and what is said of the record.
FORM_HEIGHT = 33 * GRID


class RulesPanel(PolicyPanel):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = RulesModel(self.draft, self)
        self._table = RulesTable(self._model)
        self._name, self._record = label(title=True), label(tone="muted", wrap=True)
        self._form = ValuesForm(self.draft)
        self.body.addWidget(self._table, 2)
        self.body.addWidget(rule())
        self.body.addWidget(self._name)
        area = FormArea(FORM_HEIGHT)
        area.content.addWidget(self._form)
        area.content.addWidget(self._record)
        area.content.addStretch(1)
        self.body.addWidget(area, 3)
        self.setTabOrder(self.scope.stop, self._table)
        self._table.rule_chosen.connect(self._look_at_rule)
        self._model.edited.connect(self.hear_edited)
        self._form.edited.connect(self.hear_edited)
        self._table.selectRow(0)
        self.retranslate()
        self.show_draft()

    def show_draft(self) -> None:
        self._model.show_draft()
        self._form.show_draft()
        self._show_record()

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(_("Rules"))
        self.purpose.setText(
            _(
                "What is set for all communities holds wherever a community has no value of its own; those stand in "
                "bold. Saving judges the open items of the queue again; decisions stay."
            )
        )
        self._table.setAccessibleName(_("Rules"))
        self._model.retranslate()
        self._name.setText(rule_name(self._rule))

    @property
    def _rule(self) -> str:
        return self._model.rule(max(0, self._table.currentIndex().row()))

    def _look_at_rule(self, row: int) -> None:
        self._name.setText(rule_name(self._rule))
        self.bar.reach_after(self._form.show_keys(self._model.keys(row), self._table))
        self._show_record()

    def _show_record(self) -> None:
        """A rule that has not proved right is not to be left alone; one that is stays free to be called back."""
        record, acts = self.draft.record(self._rule), self._form.fields.get(f"rules.{self._rule}.acts")
        if acts is not None:
            acts.allow(record.may_act or self.draft.value(acts.key) is True)
        said = _(
            "Moderators confirmed what this rule found: {record}. It may act by itself after {least} decisions, "
            "{percent} of them confirming; then it decides what it suggests, at most 20 times an hour with all others."
        )
        self._record.setText(
            said.format(
                record=record_in_words(record),
                least=format_number(LEAST_DECIDED),
                percent=format_percent(LEAST_CONFIRMED),
            )
        )
