"""Paints a line of the history: actions with the icon of their state, undone decisions struck through."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from moderator_app.domain.decision import Action
from moderator_app.domain.history import HistoryLine
from moderator_app.ui.history import wording
from moderator_app.ui.history.history_model import LINE_ROLE, UNDONE_ROLE, Column
from moderator_app.ui.history.marks import MARKS, Mark, painted
from moderator_app.ui.icons import SIZE
from moderator_app.ui.theme import GRID, Tokens, tabular, tokens
from moderator_app.ui.widgets.row_delegate import Index, RowDelegate

QUIET = frozenset({Column.TIME, Column.COMMUNITY, Column.BY, Column.REASON})


class LineDelegate(RowDelegate):
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.features &= ~QStyleOptionViewItem.ViewItemFeature.WrapText
        if index.column() in QUIET or index.data(UNDONE_ROLE):
            muted = tokens(option.widget.palette()).color("muted")
            option.palette.setColor(option.palette.ColorRole.Text, muted)
            option.palette.setColor(option.palette.ColorRole.HighlightedText, muted)
        if index.column() == Column.TIME:
            option.font = tabular(option.font)
        if index.column() == Column.CHOICE:
            option.font = _choice_font(option.font, bool(index.data(UNDONE_ROLE)))

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, index: Index) -> None:
        if index.column() != Column.ACTIONS:
            super().paint_content(painter, option, place, index)
            return
        line: HistoryLine = index.data(LINE_ROLE)
        painter.save()
        painter.setFont(tabular(option.font))
        _draw_actions(painter, place, line.decision.actions, tokens(option.widget.palette()))
        painter.restore()


def _choice_font(font: QFont, undone: bool) -> QFont:
    chosen = QFont(font)
    chosen.setStrikeOut(undone)
    return chosen


def _draw_actions(painter: QPainter, place: QRect, actions: Sequence[Action], colors: Tokens) -> None:
    for state, words in wording.brief_states(actions, wording.now()):
        if place.width() < 2 * SIZE:
            return
        place = _draw_state(painter, place, words, MARKS[state], colors)


def _draw_state(painter: QPainter, place: QRect, words: str, mark: Mark, colors: Tokens) -> QRect:
    """Draw actions that stand alike at the left of `place`; returns what is left of it."""
    color: QColor = colors.color(mark.color)
    top = place.center().y() - SIZE // 2 + 1
    painted(mark.icon, color.name()).paint(painter, place.x(), top, SIZE, SIZE)
    text = place.adjusted(SIZE + GRID // 2, 0, 0, 0)
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, text.width())
    painter.setPen(color)
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
    return text.adjusted(painter.fontMetrics().horizontalAdvance(shown) + 2 * GRID, 0, 0, 0)
