"""Chooses how the window looks: language, colours, letters, rows, and what is covered."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from moderator_app.language import _
from moderator_app.settings import Density, Language, Settings, Theme, Veil
from moderator_app.ui.settings.number_box import WholeBox
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label

LANGUAGE_KEY = "appearance.language"
THEME_KEY = "appearance.theme"
BLUR_KEY = "appearance.blur"
DENSITY_KEY = "appearance.density"
LETTERS_KEY = "appearance.font_percent"
MASK_KEY = "appearance.mask"

# A language is named in itself: who cannot read the others finds it.
_LANGUAGES: dict[Language, Callable[[], str]] = {
    Language.OF_MACHINE: lambda: _("As the system"),
    Language.RUSSIAN: lambda: "Русский",
    Language.ENGLISH: lambda: "English",
}
_THEMES: dict[Theme, Callable[[], str]] = {
    Theme.SYSTEM: lambda: _("As the system"),
    Theme.LIGHT: lambda: _("Light"),
    Theme.DARK: lambda: _("Dark"),
}
_VEILS: dict[Veil, Callable[[], str]] = {
    Veil.NONE: lambda: _("As they are"),
    Veil.BLUR: lambda: _("Blurred"),
    Veil.GREYSCALE: lambda: _("Without colour"),
}
_DENSITIES: dict[Density, Callable[[], str]] = {
    Density.COMPACT: lambda: _("Low"),
    Density.NORMAL: lambda: _("Usual"),
    Density.LARGE: lambda: _("High"),
}


class AppearancePanel(QWidget):
    """`chosen` carries the key of a setting and its new value."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language_title, self._theme_title, self._density_title = (label(title=True) for _choice in range(3))
        self._letters_title, self._veil_title = label(title=True), label(title=True)
        self._letters, self._mask = WholeBox(80, 200), QCheckBox()
        self._revealed = label(tone="muted", wrap=True)
        self._said = label(tone="muted", wrap=True)
        self._languages = _Choice(tuple(_LANGUAGES.items()))
        self._themes = _Choice(tuple(_THEMES.items()))
        self._veils = _Choice(tuple(_VEILS.items()))
        self._densities = _Choice(tuple(_DENSITIES.items()))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        for title, parts in (
            (self._language_title, (self._languages,)),
            (self._theme_title, (self._themes,)),
            (self._letters_title, (self._letters,)),
            (self._density_title, (self._densities,)),
            (self._veil_title, (self._veils, self._revealed, self._mask)),
        ):
            box.addWidget(title)
            for part in parts:
                box.addWidget(part)
            box.addSpacing(GRID)
        box.addWidget(self._said)
        box.addStretch(1)
        self._languages.chosen.connect(lambda value: self.chosen.emit(LANGUAGE_KEY, value))
        self._themes.chosen.connect(lambda value: self.chosen.emit(THEME_KEY, value))
        self._veils.chosen.connect(lambda value: self.chosen.emit(BLUR_KEY, value))
        self._densities.chosen.connect(lambda value: self.chosen.emit(DENSITY_KEY, value))
        self._letters.given.connect(lambda value: self.chosen.emit(LETTERS_KEY, str(value)))
        self._mask.toggled.connect(lambda on: self.chosen.emit(MASK_KEY, "true" if on else "false"))
        self._retranslate()

    def show_settings(self, settings: Settings) -> None:
        self._languages.choose(settings.appearance.language)
        self._themes.choose(settings.appearance.theme)
        self._veils.choose(settings.appearance.blur)
        self._densities.choose(settings.appearance.density)
        self._letters.show_value(settings.appearance.font_percent)
        with QSignalBlocker(self._mask):
            self._mask.setChecked(settings.appearance.mask)

    def _retranslate(self) -> None:
        self._language_title.setText(_("Language"))
        self._theme_title.setText(_("Colours"))
        self._letters_title.setText(_("Size of the letters"))
        self._letters.setSuffix(" %")
        self._letters.setAccessibleName(_("Size of the letters, per cent"))
        self._density_title.setText(_("Rows of the queue"))
        self._densities.name(_("Rows of the queue"))
        self._mask.setText(_("Cover profanity in the rows that are not chosen"))
        self._veil_title.setText(_("Pictures in messages"))
        self._revealed.setText(_("A picture shows itself whole while the pointer or the focus is on it."))
        self._said.setText(_("Takes effect at once; nothing has to be saved or started anew."))
        self._languages.name(_("Language"))
        self._themes.name(_("Colours"))
        self._veils.name(_("Pictures in messages"))

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


class _Choice(QWidget):
    """A row of radio buttons; `chosen` carries the value picked by hand."""

    chosen = Signal(str)

    def __init__(self, names: Sequence[tuple[str, Callable[[], str]]]) -> None:
        super().__init__()
        self._values = [str(value) for value, _name in names]
        self._names = [name for _value, name in names]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3 * GRID)
        for place in range(len(names)):
            button = QRadioButton()
            self._group.addButton(button, place)
            row.addWidget(button)
        row.addStretch(1)
        self._group.idClicked.connect(lambda place: self.chosen.emit(self._values[place]))

    def choose(self, value: str) -> None:
        self._group.button(self._values.index(value)).setChecked(True)

    def name(self, title: str) -> None:
        self.setAccessibleName(title)
        for place, name in enumerate(self._names):
            button = self._group.button(place)
            button.setText(name())
            button.setAccessibleName(f"{title}: {name()}")
