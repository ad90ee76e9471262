"""The keys of the console: what each does, and the filter that hears them before any widget does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from moderator_app.language import N_, _
from moderator_app.ui.physical_keys import Key, command_name, legend, option_name, pressed


class Command(StrEnum):
    NEXT = "next"
    PREVIOUS = "previous"
    SKIP = "skip"
    DISMISS = "dismiss"
    WARN = "warn"
    MUTE = "mute"
    DELETE = "delete"
    DELETE_BAN = "delete_ban"
    CANCEL = "cancel"
    UNDO = "undo"
    SHOW_NEW = "show_new"
    AUTHOR = "author"
    SELECT = "select"
    EXTEND_NEXT = "extend_next"
    EXTEND_PREVIOUS = "extend_previous"
    SNOOZE = "snooze"
    OPINION = "opinion"
    OPEN = "open"
    LINKS = "links"
    CONTEXT = "context"
    GROUP = "group"
    DELETE_GROUP = "delete_group"
    COMPOSE = "compose"
    LOOK_BACK = "look_back"
    LOOK_FORWARD = "look_forward"
    PURGE = "purge"
    BAN_EVERYWHERE = "ban_everywhere"
    BY_SCORE = "by_score"
    KEEP = "keep"
    DIGIT_1 = "digit_1"
    DIGIT_2 = "digit_2"
    DIGIT_3 = "digit_3"
    DIGIT_4 = "digit_4"
    DIGIT_5 = "digit_5"
    DIGIT_6 = "digit_6"
    DIGIT_7 = "digit_7"
    DIGIT_8 = "digit_8"
    DIGIT_9 = "digit_9"
    NOTE = "note"
    PAUSE = "pause"
    ANSWER = "answer"
    QUEUE = "queue"
    STATISTICS = "statistics"
    HISTORY = "history"
    SETTINGS = "settings"
    IMPORT = "import"
    HELP = "help"
    FILTERS = "filters"
    SEARCH = "search"
    PALETTE = "palette"
    ZEN = "zen"
    VIEW_1 = "view_1"
    VIEW_2 = "view_2"
    VIEW_3 = "view_3"
    VIEW_4 = "view_4"
    VIEW_5 = "view_5"
    VIEW_6 = "view_6"
    VIEW_7 = "view_7"
    VIEW_8 = "view_8"
    VIEW_9 = "view_9"


# The views in the order in which they are listed; the first shows all that waits.
VIEWS = tuple(command for command in Command if command.startswith("view_"))

# What is chosen by digit: a reason, or right after a decision what is still to be said about it.
DIGITS = tuple(command for command in Command if command.startswith("digit_"))


@dataclass(frozen=True, slots=True)
class Binding:
    """`anywhere`: on every page, else in the queue alone. `repeats`: while the key is held down."""

    command: Command
    key: Key
    title: str
    ctrl: bool = False
    shift: bool = False
    anywhere: bool = False
    repeats: bool = False
    alt: bool = False

    @property
    def stroke(self) -> tuple[Key, bool, bool, bool]:
        return self.key, self.ctrl, self.shift, self.alt

    @property
    def beside_text(self) -> bool:
        """Whether it means the same while a text is typed: it writes nothing and edits nothing."""
        return self.anywhere and (self.ctrl or self.key is Key.F1)

    @property
    def legend(self) -> str:
        if self.key is Key.SLASH and self.shift:
            return "?"
        parts = [command_name()] * self.ctrl + [option_name()] * self.alt + ["Shift"] * self.shift
        return "+".join([*parts, legend(self.key)])


# The order is that of the help sheet.
BINDINGS: Sequence[Binding] = (
    Binding(Command.NEXT, Key.J, N_("Next message"), repeats=True),
    Binding(Command.PREVIOUS, Key.K, N_("Previous message"), repeats=True),
    Binding(Command.SKIP, Key.SPACE, N_("Next without a decision")),
    Binding(Command.DISMISS, Key.A, N_("Dismiss: nothing wrong")),
    Binding(Command.WARN, Key.W, N_("Warn the author")),
    Binding(Command.MUTE, Key.E, N_("Mute the author")),
    Binding(Command.DELETE, Key.D, N_("Delete the message")),
    Binding(Command.DELETE_BAN, Key.R, N_("Delete the message, ban the author")),
    *(
        Binding(digit, Key(str(place)), N_("Reason; after a mute its length, after a warning its words"))
        for place, digit in enumerate(DIGITS, 1)
    ),
    Binding(Command.KEEP, Key.ENTER, N_("Leave the length or the words as they are")),
    Binding(Command.SELECT, Key.X, N_("Select, for one decision on several")),
    Binding(Command.EXTEND_NEXT, Key.J, N_("Select downwards"), shift=True, repeats=True),
    Binding(Command.EXTEND_PREVIOUS, Key.K, N_("Select upwards"), shift=True, repeats=True),
    Binding(Command.CONTEXT, Key.C, N_("The conversation, message by message, and back")),
    Binding(Command.GROUP, Key.G, N_("The messages of a group, one by one, and back")),
    Binding(Command.DELETE_GROUP, Key.D, N_("In an open group: delete all that are ticked"), shift=True),
    Binding(Command.COMPOSE, Key.T, N_("Several actions together: then W, E, D, R, and Enter")),
    Binding(Command.PURGE, Key.P, N_("Everything by the author: count it, then decide")),
    Binding(Command.BAN_EVERYWHERE, Key.B, N_("Ban the author in all my communities: see where, then decide")),
    Binding(Command.BY_SCORE, Key.L, N_("Dismiss by score: see how many, then decide")),
    Binding(Command.SNOOZE, Key.S, N_("Put off for a while; a digit says for how long")),
    Binding(Command.OPINION, Key.F, N_("Flag for a second opinion, or take the flag away")),
    Binding(Command.OPEN, Key.O, N_("Open the message in the platform's app")),
    Binding(Command.LOOK_BACK, Key.BRACKET_LEFT, N_("Your own last decisions, one further back")),
    Binding(Command.LOOK_FORWARD, Key.BRACKET_RIGHT, N_("Your own last decisions, one nearer to now")),
    Binding(Command.LINKS, Key.O, N_("The links in the message, whole, before one is opened"), shift=True),
    Binding(Command.CANCEL, Key.ESCAPE, N_("Take back the newest pending decision")),
    Binding(Command.UNDO, Key.Z, N_("Undo, one decision after the other"), ctrl=True),
    Binding(Command.UNDO, Key.BACKSPACE, N_("Undo, one decision after the other")),
    Binding(Command.AUTHOR, Key.H, N_("More about the author, and back")),
    Binding(Command.NOTE, Key.N, N_("A note about the author")),
    Binding(Command.ZEN, Key.Z, N_("Only the message, and back")),
    Binding(Command.SHOW_NEW, Key.PERIOD, N_("Show new messages")),
    Binding(Command.FILTERS, Key.Q, N_("Filters: what to show")),
    *(Binding(view, Key(str(place)), N_("Views, from the first"), alt=True) for place, view in enumerate(VIEWS, 1)),
    Binding(Command.SEARCH, Key.SLASH, N_("Search everything"), anywhere=True),
    Binding(Command.PALETTE, Key.K, N_("All commands, by name"), ctrl=True, anywhere=True),
    Binding(Command.PAUSE, Key.PERIOD, N_("Hold or release all actions"), ctrl=True, anywhere=True),
    Binding(Command.ANSWER, Key.J, N_("What waits for your answer"), ctrl=True, anywhere=True),
    Binding(Command.QUEUE, Key.ONE, N_("Page: Queue"), ctrl=True, anywhere=True),
    Binding(Command.STATISTICS, Key.TWO, N_("Page: Statistics"), ctrl=True, anywhere=True),
    Binding(Command.HISTORY, Key.THREE, N_("Page: History"), ctrl=True, anywhere=True),
    Binding(Command.SETTINGS, Key.FOUR, N_("Page: Settings"), ctrl=True, anywhere=True),
    Binding(Command.IMPORT, Key.I, N_("Import a chat"), ctrl=True, anywhere=True),
    Binding(Command.HELP, Key.SLASH, N_("The keys"), shift=True, anywhere=True),
    Binding(Command.HELP, Key.F1, N_("The keys"), anywhere=True),
)

# No finger lifts and strikes again within this time.
QUICKEST_MS = 8

# The property of a widget that wants every key for itself, as while a key is being chosen.
TAKES_KEYS = "takes_keys"

# What presses a button that has the focus.
_PRESSING = frozenset({Key.SPACE, Key.ENTER})
_OF_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_OTHERS = Qt.KeyboardModifier.MetaModifier


_in_force: Sequence[Binding] = BINDINGS


def use(bindings: Sequence[Binding]) -> None:
    """Hear and name these keys from now on; legends already shown follow with the next change of language."""
    global _in_force
    _in_force = tuple(bindings)


def in_force() -> Sequence[Binding]:
    return _in_force


def legends(command: Command) -> tuple[str, ...]:
    """What is printed on the keys of a command; nothing where it has none at present."""
    return tuple(binding.legend for binding in _in_force if binding.command is command)


def first_legend(command: Command) -> str:
    return next(iter(legends(command)), "")


def with_legend(text: str, command: Command) -> str:
    """A tooltip that teaches the key: `Import a chat (Ctrl+I / Ш)`."""
    key = first_legend(command)
    return _("{text} ({key})").format(text=text, key=key) if key else text


class KeyFilter(QObject):
    """Announces commands by `heard` while `window` is active, no dialog is open and no text is being typed."""

    heard = Signal(Command)

    def __init__(self, window: QWidget, in_queue: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window = window
        self._in_queue = in_queue
        self._released = (0, 0)
        # While another window has the keys.
        self.sleeps = False
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in _OF_KEYS or not isinstance(event, QKeyEvent):
            return False
        if kind is QEvent.Type.KeyRelease:
            self._released = (event.nativeScanCode(), event.timestamp())
            return False
        if not self._listens():
            return False
        binding = self._binding(event)
        if binding is None:
            return False
        event.accept()
        if kind is QEvent.Type.KeyPress and (binding.repeats or not self._is_held(event)):
            self.heard.emit(binding.command)
        return True

    def _is_held(self, event: QKeyEvent) -> bool:
        """Whether the key was down already.

        X11 repeats a key by releasing and pressing it in the same instant. Qt tells that from a second stroke by a look
        at the next event, and is wrong when that one has not arrived yet: a held key would decide again and again.
        """
        scan_code, released = self._released
        same = scan_code != 0 and scan_code == event.nativeScanCode()
        return event.isAutoRepeat() or (same and event.timestamp() - released < QUICKEST_MS)

    def _listens(self) -> bool:
        if QApplication.activeModalWidget() or QApplication.activePopupWidget():
            return False
        focus = QApplication.focusWidget()
        if self.sleeps or (focus is not None and focus.property(TAKES_KEYS)):
            return False
        # Without a window manager no window is ever active, and keys arrive all the same.
        return QApplication.activeWindow() in (None, self._window)

    def _binding(self, event: QKeyEvent) -> Binding | None:
        found, focus = find(event), QApplication.focusWidget()
        if found is None or (found.key in _PRESSING and isinstance(focus, QAbstractButton)):
            return None
        if takes_text(focus):
            return found if found.beside_text else None
        return found if found.anywhere or self._in_queue() else None


def find(event: QKeyEvent) -> Binding | None:
    """What the pressed key means. `?` counts wherever the layout has it: Shift+7 on a Russian board."""
    modifiers = event.modifiers()
    if modifiers & _OTHERS:
        return None
    alt = bool(modifiers & _ALT)
    key, ctrl, shift = pressed(event), bool(modifiers & _CTRL), bool(modifiers & _SHIFT)
    meant = (key, ctrl, shift, alt)
    if event.text() == "?" and not alt:
        meant = (Key.SLASH, False, True, False)
    return next((one for one in _in_force if one.stroke == meant), None)


def takes_text(widget: QWidget | None) -> bool:
    """Whether keys pressed now are being written into a field."""
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QLineEdit | QAbstractSpinBox)
