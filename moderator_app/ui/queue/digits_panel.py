"""What the digits mean at this moment, above the actions; a click does the same."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from moderator_app.domain.canned import MOST
from moderator_app.language import _
from moderator_app.ui.names import shortened
from moderator_app.ui.queue.follow_up import Offer
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label, set_tone

COLUMNS = 3
_LETTERS = 60


class DigitsPanel(QWidget):
    """`chosen` carries the digit, from 0."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer, self._besides = Offer("", ()), ""
        self._title = label(tone="muted", wrap=True)
        self.buttons = [self._button(number) for number in range(MOST)]
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(0)
        for place, button in enumerate(self.buttons):
            grid.addWidget(button, place // COLUMNS, place % COLUMNS)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        box.setSpacing(GRID // 2)
        box.addWidget(self._title)
        box.addLayout(grid)
        self.setProperty("panel", True)
        self.setProperty("rule", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def asks(self) -> bool:
        """Whether something is still to be said about a decision."""
        return self._offer.after

    def show_offer(self, offer: Offer, besides: str = "") -> None:
        """`besides`: what else the keys are about at the moment."""
        self._offer, self._besides = offer, besides
        title = f"{offer.title} · {_('Enter leaves it')}" if offer.after else offer.title
        self._title.setText(besides or title)
        set_tone(self._title, "accent" if offer.after or besides else "muted")
        for number, button in enumerate(self.buttons):
            there = number < len(offer.options)
            text = offer.options[number] if there else ""
            button.setText(f"{number + 1}  {shortened(text, _LETTERS)}" if there else "")
            button.setToolTip(text)
            button.setAccessibleName(f"{offer.title}: {text}")
            button.setEnabled(there)
            button.setChecked(number == offer.chosen)

    def _button(self, number: int) -> QPushButton:
        button = _Option()
        button.setCheckable(True)
        button.setProperty("option", True)
        # A click must not take the keys away from the list.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.chosen.emit(number))
        return button

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_offer(self._offer, self._besides)


class _Option(QPushButton):
    """As wide as its column: a long text is cut, and told whole when the mouse rests on it."""

    def minimumSizeHint(self) -> QSize:
        return QSize(4 * GRID, super().minimumSizeHint().height())
