"""What cannot be done in a community, and why: known before a key is pressed."""

import re
from collections.abc import Collection, Iterable, Mapping

from moderator_app.domain.decision import ActionKind, Choice, Note

# What cannot be done, each with the sentence that says why.
Obstacles = tuple[tuple[ActionKind, Note], ...]
# The same for each kind of place in a community, by the letters that ids of messages begin with there; "" holds
# wherever nothing else is said.
PlacedObstacles = Mapping[str, Obstacles]

_LETTERS = re.compile(r"[a-z]*", re.ASCII)

_DELETING = frozenset({ActionKind.DELETE, ActionKind.DELETE_ALL, ActionKind.RESTORE})
_RESTRICTING = frozenset(
    {ActionKind.BAN, ActionKind.MUTE, ActionKind.KICK, ActionKind.RESTRICT, ActionKind.UNBAN, ActionKind.UNMUTE}
)


def place_of(message: str) -> str:
    """The kind of place that the id of a message names: none of Telegram's, `chat` of chat7_12."""
    found = _LETTERS.match(message)
    return found[0] if found is not None else ""


def obstacle(kind: ActionKind, kinds: Collection[ActionKind], rights: Collection[ActionKind]) -> Note | None:
    """Why a source that can do `kinds` at all, and has these `rights` in a community, may not do `kind` there."""
    if kind in rights:
        return None
    if kind not in kinds:
        return Note("right.not_here")
    if kind in _DELETING:
        return Note("right.delete")
    if kind in _RESTRICTING:
        return Note("right.restrict")
    return Note("right.write" if kind is ActionKind.WARN else "right.other")


def obstacles(ways: Iterable[tuple[Collection[ActionKind], Collection[ActionKind]]]) -> Obstacles:
    """What none of the accounts in a community can do there; `ways` are the kinds and the rights of each.

    Where one of them lacks no more than a right, that is the reason.
    """
    found: dict[ActionKind, Note] = dict.fromkeys(ActionKind, Note("right.not_here"))
    for kinds, rights in ways:
        for kind in tuple(found):
            why = obstacle(kind, kinds, rights)
            if why is None:
                del found[kind]
            elif kind in kinds:
                found[kind] = why
    return tuple(found.items())


def obstacle_to(choice: Choice, known: Obstacles) -> Note | None:
    """Why a choice cannot be carried out as a whole."""
    found = dict(known)
    return next((found[kind] for kind in choice.kinds if kind in found), None)
