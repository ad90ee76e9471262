"""Colours, palette and style sheet of the window, light and dark."""

from dataclasses import dataclass, fields

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from moderator_app import paths
from moderator_app.settings import Theme as Choice

GRID = 8

# Letters that are larger than the others, by how much.
LETTERS = {"score_letters": 1.6, "figure_letters": 1.9, "message_letters": 1.1}

_USUAL = "usual_point_size"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour of the window. Text colours hold AA (4.5) on `panel`, `text` and `muted` on `window` too."""

    window: str
    panel: str
    hover: str
    selected: str
    line: str
    scroll: str
    text: str
    muted: str
    accent: str
    on_accent: str
    danger: str
    warning: str
    good: str
    mark: str
    mark_line: str

    def color(self, name: str) -> QColor:
        return QColor(getattr(self, name))


LIGHT = Tokens(
    window="#F6F7F9",
    panel="#FFFFFF",
    hover="#F0F3F8",
    selected="#E6EDFB",
    line="#DDE1E7",
    scroll="#C3C9D2",
    text="#1B1F27",
    muted="#5B6472",
    accent="#2F5BD3",
    on_accent="#FFFFFF",
    danger="#C22F2F",
    warning="#9A5B00",
    good="#1F7A44",
    mark="#FFE9B8",
    mark_line="#B97700",
)

DARK = Tokens(
    window="#14171C",
    panel="#1B1F26",
    hover="#222832",
    selected="#26324A",
    line="#2D333D",
    scroll="#454D5A",
    text="#E7EAF0",
    muted="#9BA5B4",
    accent="#8FB0FF",
    on_accent="#10141C",
    danger="#FF8A86",
    warning="#F2BE6B",
    good="#7FD6A0",
    mark="#5A4612",
    mark_line="#F2BE6B",
)


def tokens(palette: QPalette) -> Tokens:
    """The colours that go with a widget's palette."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def tabular(font: QFont) -> QFont:
    """`font` with figures of one width, so that columns of numbers stand still."""
    figures = QFont(font)
    figures.setFeature(QFont.Tag("tnum"), 1)
    return figures


class Theme(QObject):
    """Dresses the application; follows the system where the setting says so."""

    changed = Signal()

    def __init__(self, application: QApplication, choice: Choice = Choice.SYSTEM, percent: int = 100) -> None:
        super().__init__(application)
        self._application = application
        self._choice = choice
        self._worn: tuple[Tokens, float] | None = None
        # The system's own size, however large letters were made before in this process.
        self._usual = application.property(_USUAL) or application.font().pointSizeF()
        application.setProperty(_USUAL, self._usual)
        self._points = self._usual * percent / 100
        application.styleHints().colorSchemeChanged.connect(self._dress)
        self.use(choice)

    def use(self, choice: Choice) -> None:
        self._choice = choice
        scheme = {Choice.LIGHT: Qt.ColorScheme.Light, Choice.DARK: Qt.ColorScheme.Dark}.get(choice)
        self._application.styleHints().setColorScheme(scheme or Qt.ColorScheme.Unknown)
        self._dress()

    def use_letters(self, percent: int) -> None:
        """Letters of so many percent of the system's size."""
        if self._points == self._usual * percent / 100:
            return
        self._points = self._usual * percent / 100
        self._dress()

    def _dress(self) -> None:
        chosen = self._tokens()
        if (chosen, self._points) == self._worn:
            return
        self._worn = (chosen, self._points)
        letters = self._application.font()
        if letters.pointSizeF() != self._points:
            letters.setPointSizeF(self._points)
            self._application.setFont(letters)
        self._application.setPalette(palette(chosen))
        # Also what brings the letters to widgets that have been styled already.
        self._application.setStyleSheet(style_sheet(chosen, self._points))
        self.changed.emit()

    def _tokens(self) -> Tokens:
        if self._choice is Choice.SYSTEM:
            return DARK if self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
        return DARK if self._choice is Choice.DARK else LIGHT


def palette(chosen: Tokens) -> QPalette:
    role = QPalette.ColorRole
    colors = {
        role.Window: chosen.window,
        role.WindowText: chosen.text,
        role.Base: chosen.panel,
        role.AlternateBase: chosen.hover,
        role.Text: chosen.text,
        role.PlaceholderText: chosen.muted,
        role.Button: chosen.panel,
        role.ButtonText: chosen.text,
        role.BrightText: chosen.danger,
        role.ToolTipBase: chosen.panel,
        role.ToolTipText: chosen.text,
        role.Highlight: chosen.accent,
        role.HighlightedText: chosen.on_accent,
        role.Accent: chosen.accent,
        role.Link: chosen.accent,
        role.LinkVisited: chosen.accent,
        role.Light: chosen.panel,
        role.Midlight: chosen.hover,
        role.Mid: chosen.line,
        role.Dark: chosen.line,
        role.Shadow: chosen.line,
    }
    made = QPalette()
    for which, color in colors.items():
        made.setColor(which, QColor(color))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(chosen.muted))
    return made


def style_sheet(chosen: Tokens, points: float = 9.0) -> str:
    """As little as Fusion cannot do by palette alone: flat buttons, page tabs, lines instead of boxes."""
    sheet = _SHEET
    for field in fields(chosen):
        sheet = sheet.replace(f"@{field.name};", f"{getattr(chosen, field.name)};")
    for name, scale in LETTERS.items():
        sheet = sheet.replace(f"@{name};", f"{points * scale:.1f}pt")
    sheet = sheet.replace("@scheme;", "dark" if chosen is DARK else "light")
    return sheet.replace("@icons;", (paths.resources() / "icons").as_posix())


_SHEET = """
QToolTip { color: @text; background: @panel; border: 1px solid @line; padding: 4px; }
QSplitter::handle { background: @line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QPushButton {
    color: @text; background: @panel; border: 1px solid @line; border-radius: 4px; padding: 5px 12px;
}
QPushButton:hover { background: @hover; border-color: @muted; }
QPushButton:pressed { background: @selected; }
QPushButton:focus { border: 2px solid @accent; padding: 4px 11px; outline: none; }
QPushButton:disabled { color: @muted; background: @window; }
QPushButton:default:enabled { border-color: @accent; }
QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit[field="true"] {
    color: @text; background: @panel; border: 1px solid @line; border-radius: 4px; padding: 4px 8px;
    selection-background-color: @accent; selection-color: @on_accent;
}
QAbstractSpinBox { padding: 3px 4px 2px 8px; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { border: none; padding: 0; }
QAbstractSpinBox QLineEdit { padding-left: 6px; }
QLineEdit:hover, QComboBox:hover, QAbstractSpinBox:hover { border-color: @muted; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit[field="true"]:focus { border-color: @accent; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { color: @muted; background: @window; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow, QAbstractSpinBox::down-arrow, QAbstractSpinBox::up-arrow { width: 10px; height: 10px; }
QComboBox::down-arrow, QAbstractSpinBox::down-arrow { image: url("@icons;/chevron-down.png"); }
QAbstractSpinBox::up-arrow { image: url("@icons;/chevron-up.png"); }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 20px; }
QComboBox QAbstractItemView {
    background: @panel; border: 1px solid @line; selection-background-color: @selected; selection-color: @text;
    outline: none;
}
QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid @muted; border-radius: 8px; background: @panel;
}
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid @accent; }
QRadioButton::indicator:hover, QRadioButton::indicator:focus { border-color: @accent; }
QCheckBox { spacing: 8px; }
QCheckBox, QRadioButton { border: 1px solid transparent; border-radius: 4px; padding: 2px 4px 2px 1px; }
QCheckBox:focus, QRadioButton:focus { border-color: @accent; }
QCheckBox::indicator, QTableView::indicator {
    width: 14px; height: 14px; border: 1px solid @muted; border-radius: 3px; background: @panel;
}
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: @accent; }
QCheckBox::indicator:checked, QTableView::indicator:checked {
    border-color: @accent; background: @accent; image: url("@icons;/check-@scheme;.png");
}
QCheckBox::indicator:disabled, QTableView::indicator:disabled { border-color: @scroll; background: @window; }
QCheckBox::indicator:checked:disabled { background: @muted; border-color: @muted; }
QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 5px 10px; }
QToolButton:hover { background: @hover; }
QToolButton:focus { border-color: @accent; }
QFileDialog QToolButton { padding: 2px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QToolButton[page="true"] { color: @muted; padding: 7px 12px; border: none; border-bottom: 2px solid transparent; }
QToolButton[page="true"]:hover { color: @text; background: transparent; }
QToolButton[page="true"]:focus { background: @selected; border-radius: 0; }
QToolButton[page="true"]:checked {
    color: @text; border: none; border-bottom: 2px solid @accent; border-radius: 0; font-weight: 600;
}
QPlainTextEdit, QTableView, QScrollArea { border: none; background: @panel; }
QTableView { selection-background-color: @selected; selection-color: @text; outline: none; }
QListWidget { background: @window; border: none; outline: none; }
QHeaderView::section {
    color: @muted; background: @panel; border: none; border-bottom: 1px solid @line; padding: 6px 8px;
}
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: @scroll; border-radius: 3px; margin: 2px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { border: none; border-radius: 2px; background: @line; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { border-radius: 2px; background: @accent; }
*[panel="true"] { background: @panel; }
*[rule="left"] { border: none; border-left: 1px solid @line; }
*[rule="bottom"] { border: none; border-bottom: 1px solid @line; }
*[rule="top"] { border: none; border-top: 1px solid @line; }
QFrame[line="true"] { background: @line; border: none; }
QWidget[notice="true"] { background: @panel; border: 1px solid @muted; border-radius: 4px; }
QPushButton[action] { text-align: left; padding: 6px 10px; }
QPushButton[action="delete"], QPushButton[action="delete_ban"] { color: @danger; }
QPushButton[action]:focus { padding: 5px 9px; }
QPushButton[action]:disabled { color: @muted; }
QPushButton[flash="true"] { color: @text; background: @mark; border-color: @mark_line; }
QPushButton[strip="true"] {
    color: @accent; background: @selected; border: none; border-bottom: 1px solid @line; border-radius: 0; padding: 7px;
}
QPushButton[strip="true"]:focus { border: none; border-bottom: 2px solid @accent; padding: 7px 7px 6px 7px; }
QScrollArea[plain="true"], QScrollArea[plain="true"] > QWidget > QWidget { background: @window; }
QToolButton[chip] { padding: 2px 7px; border: 1px solid transparent; color: @muted; }
QToolButton[chip="require"] { color: @text; border-color: @accent; background: @selected; }
QToolButton[chip="exclude"] { color: @danger; border-color: @line; background: @window; }
QToolButton[chip="tool"] { color: @accent; }
QPushButton[option="true"] { border: 1px solid transparent; color: @text; text-align: left; padding: 2px 4px; }
QPushButton[option="true"]:checked { color: @text; border-color: @accent; background: @selected; }
QPushButton[option="true"]:focus { border: 2px solid @accent; padding: 1px 3px; }
QToolButton[chip]:hover { background: @hover; }
QToolButton[chip]:focus { border-color: @accent; }
QTreeWidget { background: @panel; border: none; outline: none; selection-background-color: @selected;
    selection-color: @text; }
QTreeWidget::item { padding: 3px 0; }
QToolButton[tone="warning"] { color: @warning; padding: 3px 8px; }
QToolButton[held="true"]:checked { color: @warning; background: transparent; }
QLabel[letters="score"] { font-size: @score_letters; }
QLabel[letters="figure"] { font-size: @figure_letters; }
QPlainTextEdit[letters="message"] { font-size: @message_letters; }
QLabel[tone="muted"] { color: @muted; }
QLabel[tone="accent"] { color: @accent; font-weight: 600; }
QLabel[tone="danger"], QLabel[tone="error"] { color: @danger; }
QLabel[tone="warning"] { color: @warning; }
QLabel[tone="good"] { color: @good; }
QLabel[heading="true"] { color: @muted; font-weight: 600; }
QLabel[title="true"] { font-weight: 600; }
"""
