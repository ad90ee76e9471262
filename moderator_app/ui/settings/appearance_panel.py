"""Chooses the language and the colours of the window."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from moderator_app.language import _
from moderator_app.settings import Language, Settings, Theme, Veil
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label

LANGUAGE_KEY = "appearance.language"
THEME_KEY = "appearance.theme"
BLUR_KEY = "appearance.blur"

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


class AppearancePanel(QWidget):
    """`chosen` carries the key of a setting and its new value."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language_title, self._theme_title, self._veil_title = (label(title=True) for _choice in range(3))
        self._revealed = label(tone="muted", wrap=True)
        self._said = label(tone="muted", wrap=True)
        self._languages = _Choice(tuple(_LANGUAGES.items()))
        self._themes = _Choice(tuple(_THEMES.items()))
        self._veils = _Choice(tuple(_VEILS.items()))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        titles = (self._language_title, self._theme_title, self._veil_title)
        for title, choice in zip(titles, (self._languages, self._themes, self._veils), strict=True):
            box.addWidget(title)
            box.addWidget(choice)
            box.addSpacing(2 * GRID)
        box.insertWidget(box.count() - 1, self._revealed)
        box.addWidget(self._said)
        box.addStretch(1)
        self._languages.chosen.connect(lambda value: self.chosen.emit(LANGUAGE_KEY, value))
        self._themes.chosen.connect(lambda value: self.chosen.emit(THEME_KEY, value))
        self._veils.chosen.connect(lambda value: self.chosen.emit(BLUR_KEY, value))
        self._retranslate()

    def show_settings(self, settings: Settings) -> None:
        self._languages.choose(settings.appearance.language)
        self._themes.choose(settings.appearance.theme)
        self._veils.choose(settings.appearance.blur)

    def _retranslate(self) -> None:
        self._language_title.setText(_("Language"))
        self._theme_title.setText(_("Colours"))
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
