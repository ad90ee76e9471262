"""A form of values of a policy, in two columns."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from moderator_app.domain.policy_keys import SETTINGS
from moderator_app.language import _
from moderator_app.ui.settings.policy_draft import PolicyDraft
from moderator_app.ui.settings.value_field import ValueField
from moderator_app.ui.settings.value_words import value_in_words
from moderator_app.ui.theme import GRID

EDITOR_WIDTH = 20 * GRID
# A label, an editor and the way back, twice, with a gap between.
_COLUMNS = 2
_WIDE = 4


class ValuesForm(QWidget):
    """`edited`: the draft has changed by hand."""

    edited = Signal()

    def __init__(self, draft: PolicyDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.fields: dict[str, ValueField] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(_WIDE * column, 1)
            # Forms that stand under each other have their editors in line.
            self._grid.setColumnMinimumWidth(_WIDE * column + 1, EDITOR_WIDTH)
        self._grid.setColumnMinimumWidth(_WIDE - 1, 2 * GRID)

    def show_keys(self, keys: Iterable[str], after: QWidget) -> QWidget:
        """Have fields for these keys and no others, which the Tab key reaches behind `after`; returns its last stop."""
        for field in self.fields.values():
            for widget in (field.label, field.editor, field.back):
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
            field.deleteLater()
        self.fields = {key: self._made(key, place) for place, key in enumerate(keys)}
        for stop in (stop for field in self.fields.values() for stop in field.stops):
            QWidget.setTabOrder(after, stop)
            after = stop
        self.show_draft()
        return after

    def show_draft(self) -> None:
        for key, field in self.fields.items():
            value = value_in_words(key, self._draft.common(key))
            common = _("Common value: {value}") if self._draft.scope is not None else _("By default: {value}")
            field.show_value(
                self._draft.value(key),
                own=self._draft.is_own(key),
                common=common.format(value=value),
            )

    def _made(self, key: str, place: int) -> ValueField:
        assert key in SETTINGS
        field = ValueField(key, self)
        row, column = divmod(place, _COLUMNS)
        for offset, widget in enumerate((field.label, field.editor, field.back)):
            side = Qt.AlignmentFlag.AlignVCenter if offset == 0 else Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(widget, row, _WIDE * column + offset, side)
        field.given.connect(self._set)
        field.back_wanted.connect(self._take_back)
        return field

    def _set(self, key: str, value: object) -> None:
        self._draft.set(key, value)  # type: ignore[arg-type]
        self.show_draft()
        self.edited.emit()

    def _take_back(self, key: str) -> None:
        # Before its button goes: the focus stays in the row.
        self.fields[key].editor.setFocus()
        self._draft.take_back(key)
        self.show_draft()
        self.edited.emit()

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            for field in self.fields.values():
                field.retranslate()
            self.show_draft()
        super().changeEvent(event)
