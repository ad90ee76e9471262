"""Albums: messages that were sent as one. One of them stands in the queue for all."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Select, func, select, update

from moderator_app.domain.decision import ActionKind, ActionState
from moderator_app.domain.message import Message, MessageKey
from moderator_app.storage.items import DECIDED, OPEN, WITHDRAWN, JudgedMessage, was_dismissed
from moderator_app.storage.keys import new_key
from moderator_app.storage.message_rows import WITH_PEOPLE, message_of
from moderator_app.storage.revisions import next_revision
from moderator_app.storage.sqlite import integer_list, text_list
from moderator_app.storage.tables import IS_OPEN, IS_PART, AnyRow, action, community, decision, item, message

_EXCERPT_LENGTH = 300


class Place(NamedTuple):
    """Which album: the row of its community, and its id there."""

    community_id: int
    album: str


@dataclass(frozen=True, slots=True)
class Album:
    """How many of its messages are there, and what the first one says that says anything."""

    messages: int
    caption: str


ALONE = Album(1, "")


def stand(
    connection: Connection, judged: Sequence[JudgedMessage], rows: Mapping[int, AnyRow]
) -> tuple[Sequence[JudgedMessage], frozenset[int]]:
    """`judged` without those messages for which another one of their album stands in the queue.

    That is the flagged one with words, or else the first flagged one. Items go over to it, unless they have been acted
    upon; also returns the messages that have got an item so. `rows` are the messages' rows, stored as they are judged.
    """
    places = {_place(rows[each.message]) for each in judged} - {None}
    standing: dict[Place | None, int] = {}
    moved: dict[int, AnyRow] = {}
    for place, parts in _parts(connection, places).items():
        face = min((part for part in parts if part.flagged and not part.deleted), key=_worth, default=None)
        bearer = next((part for part in parts if part.item_id is not None), None)
        if bearer is not None and face is not None and face is not bearer and _may_move(connection, bearer):
            moved[bearer.item_id] = face
            bearer = face
        stands = bearer or face
        if stands is not None:
            standing[place] = stands.id
    _move(connection, moved)
    kept = [each for each in judged if standing.get(_place(rows[each.message]), each.message) == each.message]
    return kept, frozenset(row.id for row in moved.values())


def targets(connection: Connection, taken: Sequence[AnyRow]) -> dict[int, list[tuple[int, int]]]:
    """What a deletion of items means: the rows and versions of the messages, the item's own first.

    `taken` have the columns id, message_id, community_id, version and album.
    """
    by_place: defaultdict[Place | None, list[tuple[int, int]]] = defaultdict(list)
    listed = select(message.c.id, message.c.version, message.c.community_id, message.c.album).where(~message.c.deleted)
    for part in _of(connection, listed, {_place(row) for row in taken}):
        by_place[_place(part)].append((part.id, part.version))
    found = {}
    for row in taken:
        own = (row.message_id, row.version)
        parts = by_place[_place(row)]
        found[row.id] = sorted(parts, key=lambda part: part != own) or [own]
    return found


def take_in(connection: Connection, arrived: Collection[int], now: datetime, *, live: bool) -> None:
    """Let new messages share the fate of their albums: what was decided about those holds for them, too."""
    parts = select(message.c.id, message.c.version, message.c.community_id, message.c.album)
    fresh = [row for row in connection.execute(parts.where(integer_list(message.c.id, arrived))) if row.album]
    columns = (item.c.id, item.c.state, message.c.community_id, message.c.album)
    items = _of(connection, select(*columns).join_from(item, message), {_place(row) for row in fresh})
    bearers = {_place(row): row for row in items}
    grown = [bearers[_place(row)].id for row in fresh if _place(row) in bearers]
    if not grown:
        return
    revision = next_revision(connection)
    connection.execute(update(item).where(integer_list(item.c.id, grown), IS_OPEN).values(revision=revision))
    for row in fresh if live else ():
        bearer = bearers.get(_place(row))
        if bearer is not None and bearer.state == DECIDED:
            _join_decision(connection, row, bearer.id, now, revision)


def wholly_gone(connection: Connection, removed: Mapping[int, AnyRow]) -> dict[int, int]:
    """The open items of albums of which nothing is left, each with one of the messages that are gone now."""
    last = {place: id for id, row in removed.items() if (place := _place(row)) is not None}
    columns = (message.c.community_id, message.c.album)
    left = {_place(row) for row in _of(connection, select(*columns).where(~message.c.deleted), last)}
    bearers = _of(connection, select(item.c.id, *columns).join_from(item, message).where(IS_OPEN), last.keys() - left)
    return {row.id: last[place] for row in bearers if (place := _place(row)) is not None}


def same_as(connection: Connection, key: MessageKey) -> Sequence[str]:
    """The ids of the messages of an album, itself included; none for one that was sent alone."""
    here = (community.c.platform == key.platform, community.c.community == key.community)
    own = select(message.c.community_id, message.c.album).join_from(message, community)
    place = _place_or_none(connection.execute(own.where(*here, message.c.message == key.message)).first())
    return [row.message for row in _of(connection, select(message.c.message), [place])]


def known(connection: Connection, rows: Iterable[AnyRow]) -> dict[Place, Album]:
    """The albums to which rows with `community_id` and `album` belong."""
    says = func.substr(message.c.text, 1, _EXCERPT_LENGTH).label("says")
    query = select(message.c.community_id, message.c.album, says).where(~message.c.deleted).order_by(message.c.id)
    found: defaultdict[Place, list[str]] = defaultdict(list)
    for row in _of(connection, query, {_place(row) for row in rows}):
        found[Place(row.community_id, row.album)].append(row.says)
    return {place: Album(len(texts), next(filter(None, texts), "")) for place, texts in found.items()}


def others(connection: Connection, row: AnyRow) -> tuple[Message, ...]:
    """The messages that were sent as one with that of `row`."""
    if not row.album:
        return ()
    same = (message.c.community_id == row.community_id, message.c.album == row.album, IS_PART)
    query = WITH_PEOPLE.where(*same, message.c.id != row.id, ~message.c.deleted).order_by(message.c.id)
    return tuple(map(message_of, connection.execute(query)))


def _place(row: AnyRow) -> Place | None:
    return Place(row.community_id, row.album) if row.album else None


def _place_or_none(row: AnyRow | None) -> Place | None:
    return None if row is None else _place(row)


def _of(connection: Connection, query: Select[*tuple[object, ...]], places: Iterable[Place | None]) -> list[AnyRow]:
    """What a query finds in these albums."""
    by_community: defaultdict[int, list[str]] = defaultdict(list)
    for place in places:
        if place is not None:
            by_community[place.community_id].append(place.album)
    # By a comparison of pairs SQLite would not find the index.
    conditions = (
        (message.c.community_id == community_id, text_list(message.c.album, listed), IS_PART)
        for community_id, listed in by_community.items()
    )
    return [row for here in conditions for row in connection.execute(query.where(*here))]


def _parts(connection: Connection, places: Iterable[Place | None]) -> dict[Place, list[AnyRow]]:
    columns = (
        message.c.id, message.c.community_id, message.c.album, message.c.flagged, message.c.deleted, message.c.version,
        (func.length(message.c.text) > 0).label("speaks"), item.c.id.label("item_id"), item.c.state,
    )  # fmt: skip
    query = select(*columns).join_from(message, item, isouter=True).order_by(message.c.id)
    found: defaultdict[Place, list[AnyRow]] = defaultdict(list)
    for row in _of(connection, query, places):
        found[Place(row.community_id, row.album)].append(row)
    return found


def _worth(part: AnyRow) -> tuple[bool, int]:
    return not part.speaks, part.id


def _may_move(connection: Connection, bearer: AnyRow) -> bool:
    if bearer.state in (OPEN, WITHDRAWN):
        return True
    return bearer.state == DECIDED and was_dismissed(connection, bearer.item_id)


def _move(connection: Connection, moved: Mapping[int, AnyRow]) -> None:
    if moved:
        revision = next_revision(connection)
        for item_id, part in moved.items():
            values = {"message_id": part.id, "version": part.version, "revision": revision}
            connection.execute(update(item).where(item.c.id == item_id).values(**values))


_GOES_ON = (ActionState.PENDING, ActionState.WAITING, ActionState.RUNNING, ActionState.DONE)
_TO_COME = (ActionState.PENDING, ActionState.WAITING)


def _join_decision(connection: Connection, part: AnyRow, item_id: int, now: datetime, revision: int) -> None:
    """Have a part deleted that came after its album's deletion was decided."""
    decided = select(func.max(decision.c.id)).where(decision.c.item_id == item_id, decision.c.undone.is_(None))
    deletions = select(action).where(action.c.decision_id == decided.scalar_subquery())
    deletions = deletions.where(action.c.kind == ActionKind.DELETE, action.c.state.in_(_GOES_ON))
    example = connection.execute(deletions.order_by(action.c.id.desc()).limit(1)).first()
    if example is None:
        return
    values = example._asdict() | {
        "message_id": part.id, "seen_version": part.version, "idempotency_key": new_key(), "attempts": 0,
    }  # fmt: skip
    del values["id"]
    if example.state not in _TO_COME:
        values |= {"state": ActionState.PENDING, "due": now, "wanted": now, "note": None}
    connection.execute(action.insert(), [values])
    connection.execute(update(decision).where(decision.c.id == example.decision_id).values(revision=revision))
