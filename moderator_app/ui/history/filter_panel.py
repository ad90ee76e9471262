"""Chooses which decisions the history shows."""

from PySide6.QtCore import QEvent, QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from moderator_app.domain.decision import ActionState, Choice
from moderator_app.domain.history import HistoryFilter
from moderator_app.language import _, action_state_name, choice_name

TYPING_PAUSE_MS = 250
WORDS_LETTERS = 44
_UNANSWERED = "unanswered"


class FilterPanel(QWidget):
    """`changed` carries the new filter, once the typing rests."""

    changed = Signal(HistoryFilter)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = QComboBox()
        self._state = QComboBox()
        self._words = QLineEdit()
        self._words.setClearButtonEnabled(True)
        self._words.setFixedWidth(WORDS_LETTERS * self.fontMetrics().averageCharWidth())
        # What is looked for most stands first.
        states = (None, _UNANSWERED, *ActionState)
        for combo, choices in ((self._choice, (None, *Choice)), (self._state, states)):
            for choice in choices:
                combo.addItem("", choice)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words)
        row.addWidget(self._choice)
        row.addWidget(self._state)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._announce)
        self._words.textChanged.connect(lambda: self._pause.start())
        self._words.returnPressed.connect(self._announce)
        self._choice.currentIndexChanged.connect(self._announce)
        self._state.currentIndexChanged.connect(self._announce)
        self._filter = HistoryFilter()
        self._retranslate()

    @property
    def filter(self) -> HistoryFilter:
        choice, state = self._choice.currentData(), self._state.currentData()
        return HistoryFilter(
            choice=Choice(choice) if choice else None,
            state=ActionState(state) if state and state != _UNANSWERED else None,
            words=self._words.text().strip(),
            unanswered=state == _UNANSWERED,
        )

    def clear(self) -> None:
        self._choose(0)

    def choose_unanswered(self) -> None:
        """Show what waits for the moderator's word, as it is now, and nothing else."""
        self._choose(self._state.findData(_UNANSWERED))

    def choose_item(self, item: int) -> None:
        """Show the decisions on one item, and nothing else."""
        self._choose(0, f"item:{item}")

    def _choose(self, state: int, words: str = "") -> None:
        with QSignalBlocker(self._words), QSignalBlocker(self._choice), QSignalBlocker(self._state):
            self._words.setText(words)
            self._choice.setCurrentIndex(0)
            self._state.setCurrentIndex(state)
        self._pause.stop()
        self._filter = self.filter
        self.changed.emit(self._filter)

    def _announce(self) -> None:
        self._pause.stop()
        if self.filter != self._filter:
            self._filter = self.filter
            self.changed.emit(self._filter)

    def _retranslate(self) -> None:
        self._choice.setItemText(0, _("Any decision"))
        self._state.setItemText(0, _("Any state"))
        self._state.setItemText(1, _("Waits for your answer"))
        for place, choice in enumerate(Choice, start=1):
            self._choice.setItemText(place, choice_name(choice))
        for place, state in enumerate(ActionState, start=2):
            self._state.setItemText(place, action_state_name(state).capitalize())
        self._words.setPlaceholderText(_("Author, community or reason"))
        self._words.setAccessibleName(_("Words in the author, community or reason"))
        self._choice.setAccessibleName(_("Decision"))
        self._state.setAccessibleName(_("State of an action"))

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
