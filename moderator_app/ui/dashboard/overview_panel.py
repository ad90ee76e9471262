"""Shows one overview whole: figures, charts, top users and words."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from moderator_app.domain.statistics import AiUse, Overview
from moderator_app.domain.verdict import Label
from moderator_app.language import _, format_number, format_short_day, label_name, toxicity_name
from moderator_app.ui.dashboard.charts_panel import ChartsPanel
from moderator_app.ui.dashboard.counts_panel import CountsPanel
from moderator_app.ui.dashboard.figures_panel import FiguresPanel
from moderator_app.ui.names import named
from moderator_app.ui.theme import GRID

SIDE_LETTERS = 42
MOST_DAYS = 10


class OverviewPanel(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures = FiguresPanel()
        self.charts = ChartsPanel()
        self._users, self._words, self._labels = CountsPanel(), CountsPanel(), CountsPanel()
        self._ai, self._use = CountsPanel(), AiUse()
        side = QVBoxLayout()
        side.setSpacing(3 * GRID)
        side.addWidget(self._users, 1)
        side.addWidget(self._words, 1)
        side.addWidget(self._labels, 1)
        side.addWidget(self._ai, 1)
        lower = QHBoxLayout()
        lower.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        lower.setSpacing(4 * GRID)
        lower.addWidget(self.charts, 1)
        lower.addLayout(side)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._figures)
        box.addLayout(lower, 1)
        for panel in (self._users, self._words, self._labels, self._ai):
            panel.setFixedWidth(SIDE_LETTERS * self.fontMetrics().averageCharWidth())
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._retranslate()

    def show_overview(self, overview: Overview) -> None:
        self._figures.show_overview(overview)
        self.charts.show_days(overview.days)
        self._users.show_counts(tuple((named(user.name, user.author), user.count) for user in overview.top_users))
        self._words.show_counts(tuple((word.word, word.count) for word in overview.top_words))
        self._labels.show_counts(tuple((_label(name), count) for name, count in overview.toxicity))
        self._labels.setVisible(bool(overview.toxicity))
        self._use = overview.ai
        newest = sorted(overview.ai.days, reverse=True)[:MOST_DAYS]
        self._ai.show_counts(tuple((format_short_day(day), use.requests) for day, use in newest))
        self._ai.setVisible(bool(newest))
        self._retranslate()

    def _retranslate(self) -> None:
        users, words, labels = _("Who swears most"), _("Obscene words most used"), _("Toxicity by label")
        nobody = _("No obscene words in this period.")
        self._users.say(users, nobody, (_("Author"), _("Obscene words")))
        self._words.say(words, nobody, (_("Word"), _("Times")))
        self._labels.say(labels, "", (_("Label"), _("Messages")))
        self._ai.say(_about(self._use), "", (_("Day"), _("Requests")))

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _about(use: AiUse) -> str:
    cost, each = format_number(use.total.cost, 2), use.cost_per_confirmed
    if each is None:
        return _("AI requests, {cost} $ in all").format(cost=cost)
    told = _("AI: {cost} $, {each} $ a confirmed violation")
    return told.format(cost=cost, each=format_number(each, 3))


def _label(name: str) -> str:
    """Finer labels than our own are AI's."""
    return label_name(Label(name)) if name in frozenset(Label) else toxicity_name(name)
