"""Paints one row of the queue: score, where it comes from, who wrote what, why it is here."""

from math import ceil

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from moderator_app.domain.queue import QueueRow
from moderator_app.language import _, explain_note, format_number, rule_name
from moderator_app.settings import Density
from moderator_app.ui.names import named
from moderator_app.ui.queue import wording
from moderator_app.ui.queue.evidence import Span, in_utf16, joined, percent, printable
from moderator_app.ui.queue.queue_model import ENTRY, Entry
from moderator_app.ui.theme import GRID, Tokens, tabular, tokens

LEAST_SCORE_WIDTH = 4 * GRID
LEAST_BADGE_WIDTH = 3 * GRID
MOST_CHIPS = 2
# Evidence farther from the beginning than this is brought into sight, with so many characters before it.
_FAR, _BEFORE = 40, 16

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter


# Above and below the two lines of a row together.
_MARGINS = {Density.COMPACT: 4, Density.NORMAL: 2 * GRID, Density.LARGE: 4 * GRID}
COVER = "•"


def row_height(font: QFont, density: Density = Density.NORMAL) -> int:
    """Two lines and their margins; on the grid, but where rows are to be as low as can be."""
    height = 2 * QFontMetrics(font).height() + _MARGINS[density]
    return height if density is Density.COMPACT else -(-height // GRID) * GRID


def covered(text: str, spans: tuple[Span, ...]) -> str:
    """`text` with every letter inside `spans` covered, as long as before."""
    letters = list(text)
    for first, last in spans:
        letters[first:last] = [letter if letter.isspace() else COVER for letter in letters[first:last]]
    return "".join(letters)


def score_width(font: QFont) -> int:
    """Room for the widest score in `font`, in pixels."""
    return max(LEAST_SCORE_WIDTH, ceil(QFontMetricsF(tabular(font)).horizontalAdvance("100")))


def badge_width(font: QFont) -> int:
    """Room for the widest badge in `font`, in pixels."""
    metrics = QFontMetrics(font)
    return max(LEAST_BADGE_WIDTH, *(metrics.horizontalAdvance(badge) + 2 for badge in wording.BADGES.values()))


class _Letters:
    """The fonts of a row, and what depends on them alone: made once, not for every row that is painted."""

    def __init__(self, font: QFont) -> None:
        self.plain = QFont(font)
        self.bold = QFont(font)
        self.bold.setWeight(QFont.Weight.DemiBold)
        self.small = QFont(font)
        self.small.setPointSizeF(font.pointSizeF() * 0.9)
        self.plain_figures, self.bold_figures, self.small_figures = map(tabular, (self.plain, self.bold, self.small))
        self.score, self.badge = score_width(self.bold), badge_width(self.small)


class QueueDelegate(QStyledItemDelegate):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Whether profanity is covered in the rows that the hand is not on.
        self.masks = False
        self._letters: _Letters | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(40 * GRID, row_height(option.font))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry = index.data(ENTRY)
        if isinstance(entry, Entry):
            painter.save()
            # Marks piled up on letters would stand in the neighbouring rows.
            painter.setClipRect(option.rect)
            if self._letters is None or self._letters.plain != option.font:
                self._letters = _Letters(option.font)
            _RowPainter(painter, option, entry, self._letters, masks=self.masks).paint()
            painter.restore()


class _RowPainter:
    def __init__(
        self, painter: QPainter, option: QStyleOptionViewItem, entry: Entry, letters: _Letters, *, masks: bool
    ) -> None:
        self.painter = painter
        self.option = option
        self.entry = entry
        self.row: QueueRow = entry.row
        self.colors: Tokens = tokens(option.palette)
        self.faded = not entry.is_open
        self.masks = masks and not option.state & QStyle.StateFlag.State_Selected
        self.letters = letters
        self.plain, self.bold, self.small = letters.plain, letters.bold, letters.small

    def paint(self) -> None:
        self._background()
        free = self.option.rect.height() - 2 * QFontMetrics(self.plain).height()
        margin = max(1, free // 2 - 2)
        area = self.option.rect.adjusted(GRID, margin, -GRID, -margin)
        half = area.height() // 2
        score = self.letters.score
        self._score(QRect(area.left(), area.top(), score, area.height()))
        lines = area.adjusted(score + GRID, 0, 0, 0)
        self._first_line(QRect(lines.left(), lines.top(), lines.width(), half))
        self._second_line(QRect(lines.left(), lines.top() + half, lines.width(), area.height() - half))

    def _background(self) -> None:
        rect, state = self.option.rect, self.option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        chosen_ground = chosen or self.entry.ticked
        under_mouse = bool(state & QStyle.StateFlag.State_MouseOver)
        color = "selected" if chosen_ground else "hover" if under_mouse else "panel"
        self.painter.fillRect(rect, self.colors.color(color))
        if chosen:
            active = bool(state & QStyle.StateFlag.State_HasFocus)
            bar = QRect(rect.left(), rect.top(), 3, rect.height())
            self.painter.fillRect(bar, self.colors.color("accent" if active else "muted"))
        self.painter.setPen(self.colors.color("line"))
        self.painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _score(self, rect: QRect) -> None:
        value = percent(self.row.score)
        color = self.colors.color(self._gravity(value))
        height = QFontMetrics(self.bold).height()
        self._write(QRect(rect.left(), rect.top(), rect.width(), height), str(value), self.letters.bold_figures, color)
        groove = QRect(rect.left(), rect.top() + height + 4, rect.width(), 4)
        self.painter.fillRect(groove, self.colors.color("line"))
        groove.setWidth(max(1, rect.width() * value // 100))
        self.painter.fillRect(groove, color)
        if self.entry.ticked:
            self._tick(QRect(rect.left(), groove.bottom() + 4, rect.width(), rect.bottom() - groove.bottom() - 4))

    def _tick(self, rect: QRect) -> None:
        """Chosen for one decision with others: a sign, for those who do not tell the grounds apart."""
        side = min(rect.height(), 2 * GRID)
        box = QRect(rect.left() + (rect.width() - side) // 2, rect.top(), side, side)
        self.painter.fillRect(box, self.colors.color("accent"))
        self._write_in(box, "✓", self.small, self.colors.color("on_accent"))

    def _write_in(self, rect: QRect, text: str, font: QFont, color: QColor) -> None:
        self.painter.setFont(font)
        self.painter.setPen(color)
        self.painter.drawText(rect, _CENTER, text)

    def _gravity(self, value: int) -> str:
        if self.faded:
            return "muted"
        return "danger" if value >= 80 else "warning" if value >= 50 else "muted"

    def _first_line(self, rect: QRect) -> None:
        right = self._age(rect)
        right = self._chips(rect, right)
        width = self.letters.badge
        badge = QRect(rect.left(), rect.top(), width, rect.height())
        self._write(badge, wording.BADGES[self.row.key.platform], self.small, self.colors.color("muted"))
        left = rect.left() + width + GRID // 2
        author = QRect(left, rect.top(), max(0, right - left - GRID), rect.height())
        tone = "muted" if self.faded else "text"
        used = self._write(author, wording.author_of(self.row), self.bold, self.colors.color(tone))
        place = author.adjusted(used + GRID, 0, 0, 0)
        if place.width() > 3 * GRID:
            self._write(
                place, named(self.row.community_name, self.row.key.community), self.plain, self.colors.color("muted")
            )

    def _age(self, rect: QRect) -> int:
        text = wording.age(self.row.posted)
        width = QFontMetrics(self.small).horizontalAdvance(text) + 2
        left = rect.right() - width
        self._write(QRect(left, rect.top(), width, rect.height()), text, self.letters.small_figures, self._muted)
        return left - GRID

    def _chips(self, rect: QRect, right: int) -> int:
        """Draw from the right edge inwards; at most half of the line belongs to chips."""
        least = rect.left() + rect.width() // 2
        for text in reversed(self._chip_texts()):
            width = QFontMetrics(self.small).horizontalAdvance(text) + GRID + 2
            if right - width < least:
                continue
            self._chip(QRect(right - width, rect.top(), width, rect.height()), text)
            right -= width + GRID // 2
        return right

    def _chip_texts(self) -> list[str]:
        texts = [f"×{format_number(self.row.count)}"] if self.row.count > 1 else []
        texts += [wording.album_of(self.row.album)] if self.row.album > 1 else []
        texts += [rule_name(rule) for rule in self.row.rules[:MOST_CHIPS]]
        rest = len(self.row.rules) - MOST_CHIPS
        return [*texts, f"+{rest}"] if rest > 0 else texts

    def _chip(self, rect: QRect, text: str) -> None:
        frame = QRectF(rect).adjusted(0.5, 1.5, -0.5, -1.5)
        self.painter.setPen(QPen(self.colors.color("line"), 1))
        self.painter.setBrush(self.colors.color("window"))
        self.painter.drawRoundedRect(frame, 3, 3)
        self.painter.setFont(self.small)
        self.painter.setPen(self._muted)
        self.painter.drawText(rect, _CENTER, text)

    def _second_line(self, rect: QRect) -> None:
        problem = self.entry.error or (explain_note(self.row.failure) if self.row.failure else "")
        if self.faded:
            self._write(rect, wording.fate(self.entry), self.letters.plain_figures, self.colors.color("text"))
        elif problem:
            self._write(rect, problem, self.plain, self.colors.color("danger"))
        elif not self.row.excerpt.strip():
            self._write(rect, _("(no text)"), self.plain, self._muted)
        else:
            self._excerpt(rect)

    def _excerpt(self, rect: QRect) -> None:
        excerpt = covered(self.row.excerpt, self.row.profane) if self.masks else self.row.excerpt
        text, spans = in_sight(excerpt, self.row.spans)
        shown = QFontMetrics(self.plain).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        limit = len(shown) if shown == text else len(shown) - 1
        cut = [(first, min(last, limit)) for first, last in spans if first < limit]
        self._marked(rect, shown, in_utf16(shown, cut))

    def _marked(self, rect: QRect, text: str, spans: tuple[Span, ...]) -> None:
        layout = QTextLayout(text, self.plain)
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats([_range(first, last, self.colors) for first, last in spans])
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(rect.width())
        layout.endLayout()
        self.painter.setPen(self.colors.color("text"))
        top = rect.top() + (rect.height() - line.height()) / 2
        layout.draw(self.painter, QPointF(rect.left(), top))

    def _write(self, rect: QRect, text: str, font: QFont, color: QColor) -> int:
        """Draw one elided line and return the width it took."""
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(printable(text), Qt.TextElideMode.ElideRight, rect.width())
        self.painter.setFont(font)
        self.painter.setPen(color)
        self.painter.drawText(rect, _LEFT | Qt.TextFlag.TextSingleLine, shown)
        return metrics.horizontalAdvance(shown)

    @property
    def _muted(self) -> QColor:
        return self.colors.color("muted")


def in_sight(excerpt: str, spans: tuple[Span, ...]) -> tuple[str, tuple[Span, ...]]:
    """The excerpt from shortly before its evidence on, where that would lie outside the column."""
    marks = joined(spans)
    if not marks or marks[0][0] <= _FAR:
        return printable(excerpt), marks
    start = marks[0][0] - _BEFORE
    # Begin with a whole word where one begins in that stretch.
    start = 1 + excerpt.find(" ", start, marks[0][0] - 1) or start
    return "…" + printable(excerpt[start:]), tuple((first - start + 1, last - start + 1) for first, last in marks)


def _range(first: int, last: int, colors: Tokens) -> QTextLayout.FormatRange:
    marked = QTextLayout.FormatRange()
    marked.start, marked.length = first, last - first
    marked.format = mark_format(colors)
    return marked


def mark_format(colors: Tokens) -> QTextCharFormat:
    """Evidence: a ground of its own and an underline, for those who do not tell colours apart."""
    look = QTextCharFormat()
    look.setBackground(colors.color("mark"))
    look.setForeground(colors.color("text"))
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    look.setUnderlineColor(colors.color("mark_line"))
    return look
