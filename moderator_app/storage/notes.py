"""Between notes, as values of the domain, and what stands in a column of JSON."""

from typing import Any

from moderator_app.domain.decision import ActionKind, Note
from moderator_app.domain.rights import Obstacles


def note_of(value: Any) -> Note | None:
    """A note as stored: [text id, [[name, value], ...]]."""
    return None if value is None else Note(value[0], tuple((name, parameter) for name, parameter in value[1]))


def note_value(note: Note | None) -> list[Any] | None:
    return None if note is None else [note.text_id, [list(pair) for pair in note.parameters]]


def obstacles_of(value: Any) -> Obstacles:
    """What cannot be done, as stored; nothing is known to be impossible where nothing is stored."""
    noted = ((kind, note_of(why)) for kind, why in value or ())
    # Another version may know other kinds.
    return tuple((ActionKind(kind), why) for kind, why in noted if kind in set(ActionKind) and why is not None)


def obstacles_value(obstacles: Obstacles) -> list[Any]:
    return [[kind, note_value(why)] for kind, why in obstacles]
