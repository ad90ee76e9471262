"""Between notes, as values of the domain, and what stands in a column of JSON."""

from typing import Any

from moderator_app.domain.decision import ActionKind, Note
from moderator_app.domain.rights import Obstacles, PlacedObstacles, place_of


def note_of(value: Any) -> Note | None:
    """A note as stored: [text id, [[name, value], ...]]."""
    return None if value is None else Note(value[0], tuple((name, parameter) for name, parameter in value[1]))


def note_value(note: Note | None) -> list[Any] | None:
    return None if note is None else [note.text_id, [list(pair) for pair in note.parameters]]


def obstacles_of(value: Any, message: str) -> Obstacles:
    """What cannot be done about a message, as stored; nothing is known to be impossible where nothing is stored."""
    stored = value or {}
    noted = ((kind, note_of(why)) for kind, why in stored.get(place_of(message), stored.get("", ())))
    # Another version may know other kinds.
    return tuple((ActionKind(kind), why) for kind, why in noted if kind in set(ActionKind) and why is not None)


def obstacles_value(placed: PlacedObstacles) -> dict[str, Any]:
    return {place: [[kind, note_value(why)] for kind, why in obstacles] for place, obstacles in placed.items()}
