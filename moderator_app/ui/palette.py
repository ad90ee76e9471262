"""The palette: every command, view and section of the settings under its name in both languages."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from moderator_app.language import _, in_every_language
from moderator_app.ui.keys import BINDINGS, DIGITS, VIEWS, Command, legends
from moderator_app.ui.widgets.palette_dialog import Entry, PaletteDialog

Do = Callable[[Command], None]
# A name in the language in use when it is asked for, and what happens.
Place = tuple[Callable[[], str], Callable[[], None], str]

_SERIES = frozenset({*VIEWS, *DIGITS})


class Palette(QObject):
    """`places` are what can be gone to besides the commands: views, sections, the tour."""

    def __init__(
        self, window: QWidget, do: Do, why_not: Callable[[Command], str], places: Callable[[], Sequence[Place]]
    ) -> None:
        super().__init__(window)
        self._window, self._do, self._why_not, self._places = window, do, why_not, places

    def open(self) -> PaletteDialog:
        dialog = PaletteDialog(self._entries(), self._window)
        dialog.chosen.connect(lambda entry: entry.run())
        dialog.open()
        return dialog

    def _entries(self) -> list[Entry]:
        titles = {binding.command: binding.title for binding in BINDINGS}
        commands = [each for each in titles if each not in _SERIES and each is not Command.PALETTE]
        places = self._places()
        spoken = in_every_language(
            lambda: ([_(titles[command]) for command in commands], [name() for name, _run, _keys in places])
        )
        named = [tuple(names) for names in zip(*(words for words, _others in spoken), strict=True)]
        placed = [tuple(names) for names in zip(*(others for _words, others in spoken), strict=True)]
        return [
            *(self._of_command(command, names) for command, names in zip(commands, named, strict=True)),
            *(Entry(names, run, keys) for (_name, run, keys), names in zip(places, placed, strict=True)),
        ]

    def _of_command(self, command: Command, names: tuple[str, ...]) -> Entry:
        keys = ",  ".join(legends(command))
        return Entry(names, lambda: self._do(command), keys, self._why_not(command))
