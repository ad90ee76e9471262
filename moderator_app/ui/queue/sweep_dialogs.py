"""What a decision on very many will hit, in numbers, before it is made; digits choose, the way out is the default."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QDialog, QDialogButtonBox, QPushButton, QRadioButton, QVBoxLayout, QWidget

from moderator_app.domain.decision import Choice
from moderator_app.domain.sweeps import BANDS, BanPlace, Purge
from moderator_app.language import _, choice_name, explain_note, format_length, format_number, ngettext, platform_name
from moderator_app.ui.names import named
from moderator_app.ui.physical_keys import pressed
from moderator_app.ui.theme import GRID, tokens
from moderator_app.ui.widgets.labels import foreign, label


class SweepDialog(QDialog):
    """Options under digits, and buttons that say what they do to how many."""

    def __init__(self, parent: QWidget, title: str, said: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(56 * GRID)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        self.column.setSpacing(GRID)
        self.column.addWidget(foreign(said, most=400))
        self._options = QButtonGroup(self)
        self._buttons = QDialogButtonBox()
        self._leave = self._buttons.addButton(_("Leave it"), QDialogButtonBox.ButtonRole.RejectRole)
        self._buttons.rejected.connect(self.reject)
        self._leave.setDefault(True)

    @property
    def chosen(self) -> int:
        """The option under its digit, from 0."""
        return self._options.checkedId()

    def offer(self, options: Sequence[str], chosen: int, changed: Callable[[], object]) -> None:
        for number, text in enumerate(options):
            option = QRadioButton(f"{number + 1}  {text}")
            self._options.addButton(option, number)
            self.column.addWidget(option)
            option.setChecked(number == chosen)
        self._options.idToggled.connect(lambda _number, on: changed() if on else None)

    def button(self, wished: Callable[[], object]) -> QPushButton:
        """One that closes the dialog and does what was `wished`."""
        made = self._buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        made.setAutoDefault(False)

        def do() -> None:
            # What is chosen is asked for before the dialog is gone.
            wished()
            self.accept()

        made.clicked.connect(do)
        return made

    def finish(self) -> None:
        self.column.addWidget(self._buttons)
        self._leave.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = pressed(event)
        number = int(key.value) - 1 if key is not None and key.value.isdecimal() else -1
        option = self._options.button(number)
        if option is not None and not event.isAutoRepeat():
            option.setChecked(True)
            return
        super().keyPressEvent(event)


class PurgeDialog(SweepDialog):
    """Everything by one author in a period."""

    def __init__(
        self, parent: QWidget, name: str, counted: Sequence[Purge], decide: Callable[[int | None, Choice], object]
    ) -> None:
        super().__init__(parent, _("Everything by one author"), _("What {name} wrote").format(name=name))
        self._counted = counted
        first = next((number for number, each in enumerate(counted) if each.messages), 0)
        self.offer([_period(each) for each in counted], first, self._show)
        self._decisions = {
            choice: self.button(partial(self._decide, decide, choice)) for choice in (Choice.DELETE, Choice.DELETE_BAN)
        }
        self.finish()
        self._show()

    def _decide(self, decide: Callable[[int | None, Choice], object], choice: Choice) -> None:
        decide(self._purge.seconds, choice)

    @property
    def _purge(self) -> Purge:
        return self._counted[max(0, self.chosen)]

    def _show(self) -> None:
        count = self._purge.messages
        for choice, button in self._decisions.items():
            text = ngettext("{choice}: {n} message", "{choice}: {n} messages", count)
            button.setText(text.format(choice=choice_name(choice), n=format_number(count)))
            button.setEnabled(count > 0)
        # Figures grow; what stands on a button is never cut.
        self.setMinimumWidth(max(self.minimumWidth(), self.sizeHint().width()))


def _period(purge: Purge) -> str:
    span = _("at any time") if purge.seconds is None else _("in the last {time}").format(
        time=format_length(purge.seconds)
    )  # fmt: skip
    messages = ngettext("{n} message", "{n} messages", purge.messages).format(n=format_number(purge.messages))
    if purge.communities < 2:
        return f"{span}: {messages}"
    places = ngettext("in {n} community", "in {n} communities", purge.communities)
    return f"{span}: {messages} {places.format(n=format_number(purge.communities))}"


class BandsDialog(SweepDialog):
    """Everything below a score, on a histogram of the scores."""

    def __init__(self, parent: QWidget, counts: Sequence[int], dismiss: Callable[[int], object]) -> None:
        super().__init__(parent, _("Dismiss by score"), _("How many wait with which score"))
        self._counts = counts
        self._histogram = _Histogram(counts)
        self.column.addWidget(self._histogram)
        bounds = [_("below {score}").format(score=10 * number) for number in range(1, BANDS)]
        options = [
            f"{bound}: {format_number(sum(counts[:number]))}" for number, bound in enumerate(bounds, 1)
        ]  # fmt: skip
        self.offer(options, 0, self._show)
        self._dismiss = self.button(lambda: dismiss(self.chosen + 1))
        self.finish()
        self._show()

    def _show(self) -> None:
        band = self.chosen + 1
        count = sum(self._counts[:band])
        self._histogram.show_below(band)
        text = ngettext("Dismiss {n} message below {score}", "Dismiss {n} messages below {score}", count)
        self._dismiss.setText(text.format(n=format_number(count), score=10 * band))
        self._dismiss.setEnabled(count > 0)


class BanDialog(SweepDialog):
    """One author in all communities: where it will work, and where not."""

    def __init__(
        self, parent: QWidget, name: str, platform: Any, places: Sequence[BanPlace], ban: Callable[[], object]
    ) -> None:
        said = _("{name} in all communities on {platform}").format(name=name, platform=platform_name(platform))
        super().__init__(parent, _("Ban in all my communities"), said)
        for place in places:
            where = named(place.community.name, place.community.key.community)
            text = f"✓ {where}" if place.why is None else f"× {where}: {explain_note(place.why)}"
            self.column.addWidget(label(text, tone="" if place.why is None else "muted", wrap=True))
        count = sum(place.why is None for place in places)
        button = self.button(ban)
        text = ngettext("Ban in {n} community", "Ban in {n} communities", count)
        button.setText(text.format(n=format_number(count)))
        button.setEnabled(count > 0)
        self.finish()


class _Histogram(QWidget):
    def __init__(self, counts: Sequence[int]) -> None:
        super().__init__()
        self._counts, self._below = counts, 0
        self.setAccessibleName(_("How many wait with which score"))
        self.setAccessibleDescription(", ".join(f"{10 * n}–{10 * n + 10}: {count}" for n, count in enumerate(counts)))

    def show_below(self, band: int) -> None:
        self._below = band
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(50 * GRID, 12 * GRID)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colors, most = tokens(self.palette()), max(*self._counts, 1)
        width, line = self.width() // BANDS, self.fontMetrics().height()
        room = self.height() - 2 * line
        for band, count in enumerate(self._counts):
            left, height = band * width, max(1, room * count // most)
            color = "accent" if band < self._below else "scroll"
            painter.fillRect(QRect(left + 2, line + room - height, width - 4, height), colors.color(color))
            painter.setPen(colors.color("text"))
            above = QRect(left, line + room - height - line, width, line)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, format_number(count) if count else "")
            painter.setPen(colors.color("muted"))
            painter.drawText(QRect(left, self.height() - line, width, line), Qt.AlignmentFlag.AlignLeft, str(10 * band))
        painter.end()
