"""The strip above the list: the attributes asked for most, each wanted, left out or all the same."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from moderator_app.domain.message import Platform
from moderator_app.domain.traits import EVERYTHING, Group, QueueFilter, Wish
from moderator_app.domain.verdict import Label
from moderator_app.language import _, format_number
from moderator_app.ui.keys import Command, with_legend
from moderator_app.ui.names import as_tip, shortened
from moderator_app.ui.queue.trait_words import MARKS, group_name, trait_name, wish_name
from moderator_app.ui.theme import GRID, tabular

# Always at the same place, as long as there is room.
USUAL: Sequence[str] = (
    *(f"{Group.LABEL}:{label}" for label in Label),
    *(f"{Group.SOURCE}:{platform}" for platform in Platform),
)
LONGEST_NAME = 24


class FilterStrip(QWidget):
    """`cycled` carries the trait of the pressed chip."""

    cycled = Signal(str)
    all_wished = Signal()
    save_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = EVERYTHING
        self._counts: Mapping[str, int] = {}
        self._communities: Mapping[str, str] = {}
        self._chips: dict[str, QToolButton] = {}
        self._all, self._save = QToolButton(), QToolButton()
        self._all.clicked.connect(self.all_wished)
        self._save.clicked.connect(self.save_wished)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        self._row.setSpacing(GRID // 2)
        self._row.addStretch(1)
        for button in (self._save, self._all):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("chip", "tool")
            self._row.addWidget(button)
        self._save.hide()
        self.setProperty("panel", True)
        self.setProperty("rule", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._retranslate()

    @property
    def anchor(self) -> QWidget:
        """What the list of all attributes hangs on."""
        return self._all

    def chip(self, trait: str) -> QToolButton:
        return self._chips[trait]

    def show_filter(self, wanted: QueueFilter, *, saved: bool) -> None:
        """`saved`: there is a view that shows the same."""
        self._wanted = wanted
        self._save.setVisible(bool(wanted) and not saved)
        self._fill()

    def show_counts(self, counts: Mapping[str, int], communities: Mapping[str, str]) -> None:
        self._counts, self._communities = counts, communities
        self._fill()

    def _traits(self) -> list[str]:
        used = self._wanted.require | self._wanted.exclude
        usual = [each for each in USUAL if each in used or self._counts.get(each)]
        return [*usual, *sorted(used - set(USUAL))]

    def _fill(self) -> None:
        wanted = self._traits()
        for trait in [each for each in self._chips if each not in wanted]:
            chip = self._chips.pop(trait)
            self._row.removeWidget(chip)
            chip.deleteLater()
        for place, trait in enumerate(wanted):
            if trait not in self._chips:
                self._chips[trait] = self._made(trait)
                self._row.insertWidget(place, self._chips[trait])
            self._describe(self._chips[trait], trait)
        self._fit()

    def _made(self, trait: str) -> QToolButton:
        chip = QToolButton()
        # A click must not take the keys away from the list.
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.setFont(tabular(chip.font()))
        chip.clicked.connect(lambda: self.cycled.emit(trait))
        return chip

    def _describe(self, chip: QToolButton, trait: str) -> None:
        wish = self._wanted.wish(trait)
        name = trait_name(trait, self._communities)
        count = format_number(self._counts.get(trait, 0))
        chip.setText(f"{shortened(name, LONGEST_NAME)} {MARKS[wish]} {count}".replace("&", "&&"))
        chip.setToolTip(
            as_tip(_("{name}: {wish}. A click goes on to the next.").format(name=name, wish=wish_name(wish)))
        )
        chip.setAccessibleName(f"{name}, {wish_name(wish)}, {count}")
        if chip.property("chip") != wish.value:
            chip.setProperty("chip", wish.value)
            chip.style().unpolish(chip)
            chip.style().polish(chip)

    def _fit(self) -> None:
        """What is asked for stays in view; of the others as many as there is room for."""
        tools = [each for each in (self._save, self._all) if not each.isHidden()]
        room = self.width() - 2 * GRID - sum(each.sizeHint().width() + GRID // 2 for each in tools)
        order = sorted(self._chips, key=lambda trait: self._wanted.wish(trait) is Wish.IGNORE)
        for trait in order:
            chip = self._chips[trait]
            room -= chip.sizeHint().width() + GRID // 2
            chip.setVisible(room >= 0)

    def _retranslate(self) -> None:
        text = _("Filters")
        self._all.setText(text)
        self._all.setToolTip(with_legend(_("All attributes"), Command.FILTERS))
        self._all.setAccessibleName(_("All attributes to filter by"))
        self._save.setText(_("Save view"))
        self._save.setToolTip(_("Keep this filter among the views, under a name"))
        self.setAccessibleName(_("Filter of the queue: {groups}").format(groups=", ".join(map(group_name, Group))))
        self._fill()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._all.sizeHint().width() + 2 * GRID, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
