"""What the panels that edit policies have in common: a scope, a draft, saving and taking back."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.message import CommunityKey
from moderator_app.language import _, explain_error
from moderator_app.moderation.policies import KeptPolicies, Scope
from moderator_app.ui.settings.policy_draft import PolicyDraft
from moderator_app.ui.settings.save_panel import SavePanel
from moderator_app.ui.settings.scope_box import ScopeBox
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label


class PolicyPanel(QWidget):
    """`save_wanted` carries changes by scope; `unsaved_changed` says whether something is unsaved.

    A subclass lays its widgets out in `body`, shows the draft in `show_draft`, and names itself in `retranslate`.
    """

    save_wanted = Signal(object)
    unsaved_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft = PolicyDraft()
        self.title, self.purpose = label(title=True), label(tone="muted", wrap=True)
        self.scope = ScopeBox()
        self.body = QVBoxLayout()
        self.body.setSpacing(GRID)
        self.bar = SavePanel(self)
        self._unsaved = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        for widget in (self.title, self.purpose, self.scope):
            box.addWidget(widget)
        box.addLayout(self.body, 1)
        box.addWidget(self.bar)
        self.scope.chosen.connect(self._look_at)
        self.bar.save_wanted.connect(self.save)
        self.bar.discard_wanted.connect(self._discard)

    @property
    def unsaved(self) -> bool:
        return self._unsaved

    def show_communities(self, names: Mapping[CommunityKey, str]) -> None:
        self.scope.show_communities(names, self.draft.has_own)
        if self.scope.scope != self.draft.scope:
            self._look_at(self.scope.scope)

    def show_stored(self, kept: KeptPolicies) -> None:
        """The policies as they are stored; what is being edited stays edited."""
        self.draft.keep(kept)
        self.scope.retranslate(self.draft.has_own)
        self._show_all()

    def show_saved(self, kept: KeptPolicies) -> None:
        self.show_stored(kept)
        if not self.unsaved:
            self.bar.show_saved()

    def show_refused(self, error: ModeratorError) -> None:
        """Nothing was saved."""
        self.bar.show_wrong(_("{why} Nothing is saved until then.").format(why=explain_error(error)))

    def show_failed(self) -> None:
        """Saving failed; the reason stands in the notice bar."""
        self.bar.show_unsaved()

    def save(self) -> None:
        """Ask for saving."""
        self.bar.show_saving()
        self.save_wanted.emit(self.draft.changes)

    def hear_edited(self) -> None:
        """The draft has changed by hand."""
        self._show_all()
        if self.unsaved:
            self.bar.show_unsaved()
        else:
            self.bar.rest()

    def show_draft(self) -> None:
        raise NotImplementedError

    def retranslate(self) -> None:
        self.scope.retranslate(self.draft.has_own)

    def _look_at(self, scope: Scope) -> None:
        self.draft.scope = scope
        self.show_draft()

    def _discard(self) -> None:
        self.draft.discard()
        self._show_all()
        self.bar.rest()

    def _show_all(self) -> None:
        self.show_draft()
        unsaved = bool(self.draft.changes)
        if unsaved != self._unsaved:
            self._unsaved = unsaved
            self.unsaved_changed.emit(unsaved)

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
            self.show_draft()
        super().changeEvent(event)
