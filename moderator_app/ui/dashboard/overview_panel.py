"""Shows one overview whole: figures, charts, top users and words."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from moderator_app.domain.statistics import Overview
from moderator_app.domain.verdict import Label
from moderator_app.language import _, label_name
from moderator_app.ui.dashboard.charts_panel import ChartsPanel
from moderator_app.ui.dashboard.counts_panel import CountsPanel
from moderator_app.ui.dashboard.figures_panel import FiguresPanel
from moderator_app.ui.names import named
from moderator_app.ui.theme import GRID

SIDE_LETTERS = 42


class OverviewPanel(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures = FiguresPanel()
        self.charts = ChartsPanel()
        self._users, self._words, self._labels = CountsPanel(), CountsPanel(), CountsPanel()
        side = QVBoxLayout()
        side.setSpacing(3 * GRID)
        side.addWidget(self._users, 1)
        side.addWidget(self._words, 1)
        side.addWidget(self._labels, 1)
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
        for panel in (self._users, self._words, self._labels):
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

    def _retranslate(self) -> None:
        users, words, labels = _("Who swears most"), _("Obscene words most used"), _("Toxicity by label")
        nobody = _("No obscene words in this period.")
        self._users.say(users, nobody, (_("Author"), _("Obscene words")))
        self._words.say(words, nobody, (_("Word"), _("Times")))
        self._labels.say(labels, "", (_("Label"), _("Messages")))

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _label(name: str) -> str:
    """Finer labels than our own are called as who gave them calls them."""
    return label_name(Label(name)) if name in frozenset(Label) else name
