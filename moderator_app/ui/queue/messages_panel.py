"""A list of messages in the place of the card: the conversation around one, or its group."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from moderator_app.domain.context import Spoken
from moderator_app.language import _, format_short_day, format_time
from moderator_app.ui.names import shortened
from moderator_app.ui.queue.evidence import printable
from moderator_app.ui.queue.wording import DECIDED, writer
from moderator_app.ui.theme import GRID, tokens
from moderator_app.ui.widgets.labels import foreign, label, rule

TICK, WHEN, WHO, TEXT = range(4)
_LETTERS = 300


@dataclass(frozen=True, slots=True)
class Shown:
    """A line; `mark` is what stands before it: a tick, or where it belongs."""

    spoken: Spoken
    mark: str = ""
    here: bool = False


class MessagesPanel(QWidget):
    """`moved` carries the line under the hand, None where there is none."""

    moved = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Shown] = []
        self._title, self._hint = label(title=True), label(tone="muted", wrap=True)
        self._whole = foreign(most=2000)
        self._list = QTreeWidget()
        self._list.setColumnCount(TEXT + 1)
        self._list.setHeaderHidden(True)
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        # The keys stay with the queue; a click chooses a line all the same.
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.header().setStretchLastSection(True)
        self._list.header().setSectionResizeMode(TICK, QHeaderView.ResizeMode.ResizeToContents)
        self._list.header().setSectionResizeMode(WHEN, QHeaderView.ResizeMode.ResizeToContents)
        self._list.currentItemChanged.connect(lambda: self._tell())
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        for part in (self._title, self._hint, self._list, rule(), self._whole):
            column.addWidget(part, 1 if part is self._list else 0)
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def line(self) -> Shown | None:
        """The line under the hand."""
        row = self._number
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def texts(self) -> list[str]:
        """Each line as it is shown."""
        rows = [self._list.topLevelItem(number) for number in range(self._list.topLevelItemCount())]
        return ["  ".join(filter(None, (row.text(column) for column in range(TEXT + 1)))) for row in rows if row]

    def show_lines(self, title: str, hint: str, lines: Sequence[Shown], row: int | None) -> None:
        """The hand is put on the message stored in `row`, or on the first line."""
        self._title.setText(title)
        self._hint.setText(hint)
        self._list.setAccessibleName(title)
        self._list.blockSignals(True)
        self._list.clear()
        self._lines = list(lines)
        current = 0
        for number, line in enumerate(self._lines):
            self._list.addTopLevelItem(self._made(line))
            if line.spoken.row == row:
                current = number
        self._list.setColumnWidth(WHO, 16 * GRID)
        self._list.blockSignals(False)
        self._go(current)
        self._tell()

    def step(self, down: bool) -> bool:
        """To the neighbouring line; False at the end."""
        line = self._number + (1 if down else -1)
        if not 0 <= line < len(self._lines):
            return False
        self._go(line)
        return True

    @property
    def _number(self) -> int:
        chosen = self._list.currentItem()
        return -1 if chosen is None else self._list.indexOfTopLevelItem(chosen)

    def _go(self, line: int) -> None:
        chosen = self._list.topLevelItem(line)
        if chosen is not None:
            self._list.setCurrentItem(chosen)
            self._list.scrollToItem(chosen)

    def _tell(self) -> None:
        line = self.line
        self._whole.setText(line.spoken.message.text if line is not None else "")
        self.moved.emit(line)

    def _made(self, line: Shown) -> QTreeWidgetItem:
        message = line.spoken.message
        text = " ".join(printable(shortened(message.text, _LETTERS)).split()) or _("(no text)")
        fate = _fate(line)
        row = QTreeWidgetItem([line.mark, _when(line.spoken), writer(message), f"{fate} · {text}" if fate else text])
        colors = tokens(self.palette())
        for column in range(TEXT + 1):
            if fate and not line.here:
                row.setForeground(column, colors.color("muted"))
            if line.here:
                font = row.font(column)
                font.setBold(True)
                row.setFont(column, font)
        return row


def _when(spoken: Spoken) -> str:
    date = spoken.message.date
    return _("{day}, {time}").format(day=format_short_day(date), time=format_time(date)) if date is not None else ""


def _fate(line: Shown) -> str:
    spoken = line.spoken
    if line.here:
        return _("this message")
    if spoken.decided is not None:
        return _(DECIDED[spoken.decided])
    if spoken.deleted:
        return _("gone")
    return _("waits in the queue") if spoken.is_open and not line.mark else ""
