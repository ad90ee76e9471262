"""Which key of the board was pressed, whatever layout is in force.

Qt gives layouts' letters, so that one shortcut means another key, or none, under a Russian layout. The scan code stays.
"""

import sys
from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from moderator_app.language import _


class Key(StrEnum):
    """Positions, named by what a US board prints on them."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"
    G = "G"
    H = "H"
    I = "I"  # noqa: E741 - it is the key's name
    J = "J"
    K = "K"
    L = "L"
    M = "M"
    N = "N"
    O = "O"  # noqa: E741
    P = "P"
    Q = "Q"
    R = "R"
    S = "S"
    T = "T"
    U = "U"
    V = "V"
    W = "W"
    X = "X"
    Y = "Y"
    Z = "Z"
    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    SIX = "6"
    SEVEN = "7"
    EIGHT = "8"
    NINE = "9"
    PERIOD = "."
    SLASH = "/"
    SPACE = "Space"
    ENTER = "Enter"
    BRACKET_LEFT = "["
    BRACKET_RIGHT = "]"
    BACKSPACE = "Backspace"
    ESCAPE = "Esc"
    F1 = "F1"


# The letter that a Russian board prints on the same key.
RUSSIAN: Mapping[Key, str] = dict(
    zip(map(Key, "QWERTYUIOPASDFGHJKLZXCVBNM"), "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ", strict=True)
) | {Key.PERIOD: "Ю", Key.BRACKET_LEFT: "Х", Key.BRACKET_RIGHT: "Ъ"}

# Linux's event codes (linux/input-event-codes.h); X11 and Wayland add 8.
_EVDEV: Mapping[Key, int] = {
    Key.ESCAPE: 1, Key.ONE: 2, Key.TWO: 3, Key.THREE: 4, Key.FOUR: 5, Key.FIVE: 6, Key.SIX: 7,
    Key.SEVEN: 8, Key.EIGHT: 9, Key.NINE: 10, Key.BACKSPACE: 14,
    Key.Q: 16, Key.W: 17, Key.E: 18, Key.R: 19, Key.T: 20, Key.Y: 21, Key.U: 22, Key.I: 23, Key.O: 24, Key.P: 25,
    Key.A: 30, Key.S: 31, Key.D: 32, Key.F: 33, Key.G: 34, Key.H: 35, Key.J: 36, Key.K: 37, Key.L: 38,
    Key.Z: 44, Key.X: 45, Key.C: 46, Key.V: 47, Key.B: 48, Key.N: 49, Key.M: 50,
    Key.PERIOD: 52, Key.SLASH: 53, Key.SPACE: 57, Key.F1: 59,
    Key.BRACKET_LEFT: 26, Key.BRACKET_RIGHT: 27, Key.ENTER: 28,
}  # fmt: skip

# macOS's virtual key codes (HIToolbox/Events.h, kVK_ANSI_*), which name positions too.
_MAC: Mapping[Key, int] = {
    Key.A: 0, Key.S: 1, Key.D: 2, Key.F: 3, Key.H: 4, Key.G: 5, Key.Z: 6, Key.X: 7, Key.C: 8, Key.V: 9, Key.B: 11,
    Key.Q: 12, Key.W: 13, Key.E: 14, Key.R: 15, Key.Y: 16, Key.T: 17, Key.ONE: 18, Key.TWO: 19, Key.THREE: 20,
    Key.FOUR: 21, Key.SIX: 22, Key.FIVE: 23, Key.NINE: 25, Key.SEVEN: 26, Key.EIGHT: 28,
    Key.O: 31, Key.U: 32, Key.I: 34, Key.P: 35, Key.L: 37, Key.J: 38, Key.K: 40, Key.SLASH: 44,
    Key.N: 45, Key.M: 46, Key.PERIOD: 47, Key.SPACE: 49, Key.BACKSPACE: 51, Key.ESCAPE: 53, Key.F1: 122,
    Key.BRACKET_LEFT: 33, Key.BRACKET_RIGHT: 30, Key.ENTER: 36,
}  # fmt: skip

# The number block has an Enter of its own.
_XKB = {code + 8: key for key, code in _EVDEV.items()} | {96 + 8: Key.ENTER}
# Windows' set 1 gives these keys the numbers that Linux took over for its event codes.
_SET_1 = {code: key for key, code in _EVDEV.items()}
_MAC_KEYS = {code: key for key, code in _MAC.items()} | {76: Key.ENTER}

_NAMED = {
    Qt.Key.Key_Space: Key.SPACE,
    Qt.Key.Key_Backspace: Key.BACKSPACE,
    Qt.Key.Key_Escape: Key.ESCAPE,
    Qt.Key.Key_Return: Key.ENTER,
    Qt.Key.Key_Enter: Key.ENTER,
    Qt.Key.Key_F1: Key.F1,
    Qt.Key.Key_Period: Key.PERIOD,
    Qt.Key.Key_Slash: Key.SLASH,
    Qt.Key.Key_Question: Key.SLASH,
}
_LETTERS = {letter: key for key, letter in RUSSIAN.items()} | {key.value: key for key in Key if len(key.value) == 1}


def pressed(event: QKeyEvent) -> Key | None:
    """The key behind `event`; None for one that has no part in the console."""
    return by_code(QGuiApplication.platformName(), event.nativeScanCode(), event.nativeVirtualKey(), event.key())


def by_code(platform: str, scan_code: int, virtual_key: int, qt_key: int) -> Key | None:
    """`qt_key` decides only where the platform gives no code, as Qt's offscreen and vnc platforms do."""
    if platform == "cocoa":
        # 0 is the code of A and also what an event without a code carries: then the letter decides.
        return _MAC_KEYS.get(virtual_key) if virtual_key else _by_letter(qt_key)
    if scan_code:
        return (_SET_1 if platform == "windows" else _XKB).get(scan_code)
    return _by_letter(qt_key)


def legend(key: Key) -> str:
    """What is printed on the key, in both alphabets: `D / В`."""
    if key is Key.SPACE:
        return _("Space")
    if key in (Key.BACKSPACE, Key.ESCAPE, Key.ENTER, Key.F1) or key not in RUSSIAN:
        return key.value
    return f"{key.value} / {RUSSIAN[key]}"


def option_name() -> str:
    """The name of the key that Qt calls Alt."""
    return "⌥" if sys.platform == "darwin" else "Alt"


def command_name() -> str:
    """The name of the key that Qt calls Control."""
    return "⌘" if sys.platform == "darwin" else "Ctrl"


def _by_letter(qt_key: int) -> Key | None:
    for named, key in _NAMED.items():
        if qt_key == named:
            return key
    return _LETTERS.get(chr(qt_key)) if 0x20 < qt_key < 0x500 else None
