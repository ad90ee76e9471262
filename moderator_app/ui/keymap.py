"""The keys that a moderator has chosen: read from the setting, checked against each other, written back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from moderator_app.language import _
from moderator_app.ui.keys import BINDINGS, DIGITS, VIEWS, Binding, Command
from moderator_app.ui.physical_keys import Key

Stroke = tuple[Key, bool, bool, bool]

# The key that takes back is where it is for everybody, and numbers stay on their keys.
FIXED = frozenset({Command.CANCEL, *DIGITS, *VIEWS})
# What only opens a preview is not among them.
DESTRUCTIVE = frozenset({Command.WARN, Command.MUTE, Command.DELETE, Command.DELETE_BAN, Command.DELETE_GROUP})
# Space, which the thumb strikes without a look, and the row of keys above it.
NEAR_SPACE = frozenset({Key.SPACE, Key.Z, Key.X, Key.C, Key.V, Key.B, Key.N, Key.M})
# With Ctrl they edit the text that is being typed.
EDITING = frozenset({Key.A, Key.C, Key.V, Key.X, Key.Z, Key.Y})

_CTRL, _SHIFT, _ALT = "Ctrl", "Shift", "Alt"


@dataclass(frozen=True, slots=True)
class Keymap:
    """`bindings` in the order of the help sheet; `faults` are the entries of the setting that cannot be followed."""

    bindings: tuple[Binding, ...]
    faults: tuple[str, ...] = ()


STANDARD = Keymap(tuple(BINDINGS))


def names() -> tuple[str, ...]:
    """What each binding is called in the setting: the command's name, `undo:2` for its second key."""
    seen: dict[Command, int] = {}
    result = []
    for binding in BINDINGS:
        seen[binding.command] = number = seen.get(binding.command, 0) + 1
        result.append(binding.command.value if number == 1 else f"{binding.command}:{number}")
    return tuple(result)


NAMES = names()


def read(text: str) -> Keymap:
    """The map that a setting describes; where an entry is wrong or refused, that key stays the standard one."""
    wanted, faults = dict[str, Stroke](), []
    for entry in text.split():
        name, _equals, written = entry.partition("=")
        stroke = parsed(written)
        if name not in NAMES or stroke is None:
            faults.append(entry)
        else:
            wanted[name] = stroke
    while True:
        made = _with(wanted)
        refused = [name for name in wanted if why_not(made.bindings, name, wanted[name])]
        if not refused:
            return Keymap(made.bindings, tuple(faults))
        # One at a time: the others may well stand once it is gone.
        faults.append(f"{refused[-1]}={written_stroke(wanted.pop(refused[-1]))}")


def written(bindings: Sequence[Binding]) -> str:
    """The setting that describes what differs from the standard."""
    return " ".join(
        f"{name}={written_stroke(one.stroke)}"
        for name, one, standard in zip(NAMES, bindings, BINDINGS, strict=True)
        if one.stroke != standard.stroke
    )


def changed(bindings: Sequence[Binding], name: str, stroke: Stroke) -> tuple[Binding, ...]:
    """The map with one key put elsewhere; ask `why_not` before."""
    return tuple(_moved(one, stroke) if other == name else one for other, one in zip(NAMES, bindings, strict=True))


def standard(name: str) -> Stroke:
    return BINDINGS[NAMES.index(name)].stroke


def why_not(bindings: Sequence[Binding], name: str, stroke: Stroke) -> str:
    """Why a key cannot be put there, in a sentence; "" where it can."""
    key, ctrl, _shift, alt = stroke
    binding = _moved(bindings[NAMES.index(name)], stroke)
    if stroke == standard(name):
        return _taken(bindings, name, binding)
    if binding.command in FIXED:
        return _("This key cannot be put elsewhere.")
    if key is Key.ESCAPE:
        return _("Esc takes back, always.")
    if binding.command in DESTRUCTIVE and key in NEAR_SPACE:
        return _("What acts on people lies neither on the space bar nor on the row above it: a slip would do it.")
    if ctrl and not alt and key in EDITING and binding.anywhere:
        return _("{key} edits the text that is being typed.").format(key=binding.legend)
    return _taken(bindings, name, binding)


def _taken(bindings: Sequence[Binding], name: str, binding: Binding) -> str:
    for other, one in zip(NAMES, bindings, strict=True):
        if other != name and one.stroke == binding.stroke:
            return _("{key} already means: {command}.").format(key=binding.legend, command=_(one.title))
    return ""


def without_letters(bindings: Sequence[Binding]) -> tuple[Binding, ...]:
    """What is left when single keys are switched off: those with Ctrl, and Esc."""
    return tuple(one for one in bindings if one.ctrl or one.key is Key.ESCAPE)


def parsed(text: str) -> Stroke | None:
    """`Ctrl+Shift+K` as a stroke."""
    *modifiers, key = text.split("+")
    given = set(modifiers)
    if key not in set(Key) or not given <= {_CTRL, _SHIFT, _ALT} or len(given) < len(modifiers):
        return None
    return Key(key), _CTRL in given, _SHIFT in given, _ALT in given


def written_stroke(stroke: Stroke) -> str:
    key, *held = stroke
    return "+".join([*(name for name, on in zip((_CTRL, _SHIFT, _ALT), held, strict=True) if on), key.value])


def _with(wanted: Mapping[str, Stroke]) -> Keymap:
    moved = (_moved(one, wanted.get(name, one.stroke)) for name, one in zip(NAMES, BINDINGS, strict=True))
    return Keymap(tuple(moved))


def _moved(binding: Binding, stroke: Stroke) -> Binding:
    key, ctrl, shift, alt = stroke
    return replace(binding, key=key, ctrl=ctrl, shift=shift, alt=alt)
