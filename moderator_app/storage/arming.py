"""The actions that carry a decision out, as they are stored together with it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from moderator_app.domain.canned import chosen
from moderator_app.domain.decision import ActionKind, ActionState, Choice, Note
from moderator_app.domain.errors import ConsentNeeded, Refused
from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.domain.rights import obstacle_to
from moderator_app.domain.warnings import language_of, worded
from moderator_app.storage import albums, policies, violations
from moderator_app.storage.keys import new_key
from moderator_app.storage.notes import note_value, obstacles_of
from moderator_app.storage.sqlite import integer_list
from moderator_app.storage.tables import IS_OPEN, AnyRow, action, community, item, message

IMPORTED_FILE = Note("action.imported_file")

# Enough to know the language of a chat by.
_LETTERS_OF = 50
_BEGINNING = 200

# Items with what their actions depend on.
TAKEN = (
    select(
        item.c.id, item.c.message_id, item.c.community_id, message.c.message, message.c.version, message.c.album,
        message.c.author_id, message.c.date,
        community.c.live, community.c.platform, community.c.community, community.c.name, community.c.obstacles,
        community.c.may_warn,
    )
    .join_from(item, message)
    .join(community)
)  # fmt: skip


def check(
    connection: Connection, choice: Choice, taken: Sequence[AnyRow], asked: Collection[int], *, consent: bool
) -> None:
    """Raise Refused where one of the items that were `asked` for cannot be dealt with so, and why.

    Raises ConsentNeeded where warnings would be the first ones of their communities; with `consent` they are allowed
    from now on.
    """
    for row in taken:
        possible = not row.live or row.id not in asked
        why = None if possible else obstacle_to(choice, obstacles_of(row.obstacles, row.message))
        if why is not None:
            raise Refused(why.text_id, **dict(why.parameters))
    unasked = {row.community_id: row.name or row.community for row in taken if row.live and not row.may_warn}
    if ActionKind.WARN not in choice.kinds or not unasked:
        return
    if not consent:
        raise ConsentNeeded("warning.consent", communities=", ".join(unasked.values()))
    allowed = update(community).where(integer_list(community.c.id, unasked))
    connection.execute(allowed.values(may_warn=True))


def leave_out(connection: Connection, choice: Choice, items: Sequence[int], revision: int) -> dict[int, Note]:
    """Those of `items` that cannot be dealt with so, and why: their rows say it from now on."""
    found: dict[int, Note] = {}
    for row in connection.execute(TAKEN.where(integer_list(item.c.id, items), IS_OPEN)):
        why = obstacle_to(choice, obstacles_of(row.obstacles, row.message)) if row.live else None
        if why is not None:
            found[row.id] = why
    for why in dict.fromkeys(found.values()):
        alike = integer_list(item.c.id, [each for each, note in found.items() if note == why])
        connection.execute(update(item).where(alike).values(failure=note_value(why), revision=revision))
    return found


def is_possible(row: AnyRow, choice: Choice) -> bool:
    """Whether a rule may decide so by itself: nothing stands in its way, nor has a human to be asked."""
    unasked = ActionKind.WARN in choice.kinds and not row.may_warn
    return not unasked and obstacle_to(choice, obstacles_of(row.obstacles, row.message)) is None


def actions(
    connection: Connection,
    choice: Choice,
    taken: Sequence[tuple[int, AnyRow]],
    due: datetime,
    length: int | None,
    warnings: Mapping[str, str],
    again: int | None = None,
    number: int = 0,
) -> list[dict[str, Any]]:
    """The actions of decisions on items: first what comes first of every item.

    What is done to an author is one thing for all of them there, and stays that when the decision `again` is repeated.
    `length` as in a decision; `warnings` are the canned texts by language, of which the one of that `number` is said.
    """
    lengths = _lengths(connection, choice, [row for _decision, row in taken], length)
    warned = [row for _decision, row in taken] if ActionKind.WARN in choice.kinds else []
    said = texts(connection, warned, warnings, number)
    targets = albums.targets(connection, [row for _decision, row in taken])
    keys = _former_keys(connection, again)
    made = []
    for (decision_id, row), seconds in zip(taken, lengths, strict=True):
        for kind, obstacle, (message_id, version) in _effects(choice, row, targets[row.id]):
            values = {
                "decision_id": decision_id,
                "message_id": message_id,
                "kind": kind,
                "state": ActionState.PENDING if obstacle is None else ActionState.IMPOSSIBLE,
                "due": due,
                "wanted": due,
                "length": seconds if kind in TIMED else None,
                "idempotency_key": keys.setdefault(_effect(kind, row, message_id), new_key()),
                "note": note_value(obstacle),
                "seen_version": version,
                "text": said[row.id] if kind is ActionKind.WARN else "",
            }
            made.append(values)
    return sorted(made, key=lambda values: choice.kinds.index(values["kind"]))


TIMED = frozenset({ActionKind.BAN, ActionKind.MUTE, ActionKind.RESTRICT})


def _effects(
    choice: Choice, row: AnyRow, targets: Sequence[tuple[int, int]]
) -> Iterator[tuple[ActionKind, Note | None, tuple[int, int]]]:
    """The actions of a choice, each with what stands in its way, and the row and version of its message.

    Of an album each message is deleted; all else is done once.
    """
    known = dict(obstacles_of(row.obstacles, row.message))
    for kind in choice.kinds:
        obstacle = known.get(kind) if row.live else IMPORTED_FILE
        for target in targets if kind is ActionKind.DELETE else [(row.message_id, row.version)]:
            yield kind, obstacle, target


def _effect(kind: ActionKind, row: AnyRow, message_id: int) -> tuple[Any, ...]:
    if kind.on_author and row.author_id is not None:
        return kind, row.community_id, row.author_id
    return kind, message_id


def _former_keys(connection: Connection, again: int | None) -> dict[tuple[Any, ...], int]:
    """The keys of what concerns an author, by effect, of a decision that is repeated."""
    if again is None:
        return {}
    columns = (action.c.kind, action.c.idempotency_key, message.c.community_id, message.c.author_id)
    query = select(*columns).join_from(action, message).where(action.c.decision_id == again).order_by(action.c.id)
    kinds = ((ActionKind(row.kind), row) for row in connection.execute(query))
    return {_effect(kind, row, 0): row.idempotency_key for kind, row in kinds if kind.on_author}


def _lengths(connection: Connection, choice: Choice, taken: Sequence[AnyRow], length: int | None) -> list[int | None]:
    """How long what is decided about each item lasts."""
    if length is not None or ActionKind.MUTE not in choice.kinds:
        return [length] * len(taken)
    book = policies.read(connection)
    return [round(book.of(CommunityKey(Platform(row.platform), row.community)).mute_seconds) for row in taken]


def texts(connection: Connection, rows: Sequence[AnyRow], warnings: Mapping[str, str], number: int) -> dict[int, str]:
    """What the warnings about items say, each in its community's language, with the author's step on the ladder."""
    if not rows:
        return {}
    spoken = {each: language_of(_newest_texts(connection, each)) for each in {row.community_id for row in rows}}
    levels, book = violations.levels(connection, rows), policies.read(connection)
    return {
        row.id: worded(
            chosen(warnings.get(spoken[row.community_id], ""), number),
            levels[row.id],
            book.of(CommunityKey(Platform(row.platform), row.community)).ladder,
        )
        for row in rows
    }


def _newest_texts(connection: Connection, community_id: int) -> Sequence[str]:
    query = select(func.substr(message.c.text, 1, _BEGINNING)).where(message.c.community_id == community_id)
    return connection.execute(query.order_by(message.c.date.desc()).limit(_LETTERS_OF)).scalars().all()
