"""What others did on the platform closes the open items that it concerns: removed messages, penalties."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, or_, select, tuple_, update

from moderator_app.domain.decision import ActionKind, ActionState, Note
from moderator_app.domain.message import Author, CommunityKey
from moderator_app.domain.ports import Penalty, Removal
from moderator_app.storage import albums, campaigns
from moderator_app.storage.items import CLOSED, WITHDRAWN
from moderator_app.storage.notes import note_value
from moderator_app.storage.revisions import next_revision
from moderator_app.storage.sqlite import integer_list, text_list
from moderator_app.storage.tables import IS_UNDECIDED, AnyRow, action, author, community, item, message

# The platform's clock and this one's, and the time between a claim and its effect.
_NEAR = timedelta(minutes=10)
_GONE = ("queue.gone", "queue.gone.by", "queue.gone.with_author")


def remove(connection: Connection, removals: Sequence[Removal], now: datetime) -> None:
    """Mark stored messages as deleted and close their open items; what is unknown is passed.

    Of what is known to be gone it may be told later by whom.
    """
    by_place: defaultdict[CommunityKey, dict[str, Removal]] = defaultdict(dict)
    for each in removals:
        by_place[each.key.community_key][each.key.message] = each
    notes: dict[int, Note] = {}
    gone: dict[int, AnyRow] = {}
    for place, removed in by_place.items():
        rows = connection.execute(_PRESENT.where(_is(place), text_list(message.c.message, removed))).all()
        swept = _swept(connection, place) if rows else frozenset()
        for row in rows:
            gone[row.id] = row
            notes[row.id] = _gone(removed[row.message], now, with_author=row.author_id in swept)
    _sign(connection, [each for each in removals if each.by is not None], now)
    if notes:
        connection.execute(update(message).where(integer_list(message.c.id, notes)).values(deleted=True))
        alone = [id for id, row in gone.items() if not row.album]
        open_items = select(item.c.id, item.c.message_id).where(IS_UNDECIDED, integer_list(item.c.message_id, alone))
        closed = {row.id: row.message_id for row in connection.execute(open_items)} | albums.wholly_gone(
            connection, gone
        )
        _close(connection, {item_id: notes[message_id] for item_id, message_id in closed.items()})


def penalise(connection: Connection, penalties: Sequence[Penalty]) -> None:
    """Close the open items of authors whom other moderators have banned, kicked or muted since they wrote."""
    notes: dict[int, Note] = {}
    for each in penalties:
        if each.kind in _PENALTIES and not _is_ours(connection, each):
            notes |= dict.fromkeys(_open_items(connection, each), _penalty_note(each))
    _close(connection, notes)


def sweep(connection: Connection, community_id: int, author_id: int, since: datetime | None) -> None:
    """What an author wrote in a community after `since`, or ever, was deleted in one go: mark it so, and close what is
    open of it."""
    written = [] if since is None else [message.c.date > since]
    theirs = (message.c.community_id == community_id, message.c.author_id == author_id, *written)
    connection.execute(update(message).where(*theirs).values(deleted=True))
    rows = connection.execute(select(item.c.id).join_from(item, message).where(*theirs, IS_UNDECIDED))
    _close(connection, dict.fromkeys(rows.scalars(), Note("queue.gone.with_author")))


def restore(connection: Connection, messages: Collection[int]) -> None:
    """Mark messages as present again. Items that were closed because they were gone wait for their next verdict."""
    listed = integer_list(message.c.id, messages)
    connection.execute(update(message).where(listed).values(deleted=False, policy_version=None))
    closed = select(item.c.id, item.c.closing).where(item.c.state == CLOSED, integer_list(item.c.message_id, messages))
    gone = [row.id for row in connection.execute(closed) if row.closing and row.closing[0] in _GONE]
    if gone:
        taken_back = {"state": WITHDRAWN, "closing": None, "revision": next_revision(connection)}
        connection.execute(update(item).where(integer_list(item.c.id, gone)).values(**taken_back))


def _sign(connection: Connection, signed: Sequence[Removal], now: datetime) -> None:
    """Say who has removed the messages of items that were closed because these were gone."""
    columns = (item.c.id, item.c.closing, message.c.message)
    closed = select(*columns).join_from(item, message).join(community).where(item.c.state == CLOSED)
    notes: dict[int, Note] = {}
    for each in signed:
        same = albums.same_as(connection, each.key) or [each.key.message]
        found = connection.execute(closed.where(_is(each.key.community_key), message.c.message.in_(same)))
        unsigned = [row.id for row in found if row.closing and row.closing[0] == _GONE[0]]
        notes |= dict.fromkeys(unsigned, _gone(each, now, with_author=False))
    _close(connection, notes)


_PRESENT = (
    select(message.c.id, message.c.message, message.c.author_id, message.c.community_id, message.c.album)
    .join_from(message, community)
    .where(~message.c.deleted)
)


def _is(place: CommunityKey) -> ColumnElement[bool]:
    return and_(community.c.platform == place.platform, community.c.community == place.community)


def _close(connection: Connection, notes: dict[int, Note]) -> None:
    if not notes:
        return
    revision = next_revision(connection)
    by_note: defaultdict[Note, list[int]] = defaultdict(list)
    for item_id, note in notes.items():
        by_note[note].append(item_id)
    for note, items in by_note.items():
        closed = {
            "state": CLOSED,
            "failure": None,
            "closing": note_value(note),
            "revision": revision,
            "snoozed_until": None,
        }
        connection.execute(update(item).where(integer_list(item.c.id, items)).values(**closed))
    campaigns.settle_items(connection, notes, revision)


def _gone(removal: Removal, now: datetime, *, with_author: bool) -> Note:
    if with_author:
        return Note("queue.gone.with_author")
    at = ("at", (removal.at or now).timestamp())
    if removal.by is None:
        return Note("queue.gone", (at,))
    return Note("queue.gone.by", (("by", _name(removal.by)), at))


_PENALTIES = {
    ActionKind.BAN: ("queue.author_banned", "queue.author_banned.by"),
    ActionKind.KICK: ("queue.author_kicked", "queue.author_kicked.by"),
    ActionKind.MUTE: ("queue.author_muted", "queue.author_muted.by"),
}


def _penalty_note(penalty: Penalty) -> Note:
    unsigned, signed = _PENALTIES[penalty.kind]
    at = ("at", penalty.at.timestamp())
    return Note(unsigned, (at,)) if penalty.by is None else Note(signed, (("by", _name(penalty.by)), at))


def _name(who: Author) -> str:
    return who.name or who.username or who.key.author


def _open_items(connection: Connection, penalty: Penalty) -> Iterable[int]:
    query = select(item.c.id).join_from(item, message).join(community).join(author, message.c.author_id == author.c.id)
    whose = (_is(penalty.community), tuple_(author.c.platform, author.c.author) == tuple_(*penalty.author))
    return connection.execute(query.where(*whose, IS_UNDECIDED, message.c.date <= penalty.at)).scalars()


# What an action is told by, from the claim on: `wanted` is the time of the last one.
_OURS = (
    select(action.c.id, message.c.author_id)
    .join_from(action, message)
    .join(community)
    .join(author, message.c.author_id == author.c.id)
    .where(action.c.attempts > 0)
)
_UNFINISHED = (ActionState.PENDING, ActionState.RUNNING, ActionState.WAITING)


def _is_ours(connection: Connection, penalty: Penalty) -> bool:
    """Whether it is what this console did itself."""
    near = action.c.wanted.between(penalty.at - _NEAR, penalty.at + _NEAR)
    begun = or_(action.c.state.in_(_UNFINISHED), and_(action.c.state == ActionState.DONE, near))
    of_kind = (action.c.kind == penalty.kind, author.c.author == penalty.author.author)
    return connection.execute(_OURS.where(_is(penalty.community), *of_kind, begun).limit(1)).first() is not None


def _swept(connection: Connection, place: CommunityKey) -> frozenset[int]:
    """The authors of whom this console is deleting everything."""
    sweeping = (action.c.kind == ActionKind.DELETE_ALL, action.c.state.in_(_UNFINISHED))
    rows: Sequence[AnyRow] = connection.execute(_OURS.where(_is(place), *sweeping)).all()
    return frozenset(row.author_id for row in rows)
