"""People by what points at them, and what happened between each of them and the moderators."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from moderator_app.domain.decision import ActionKind, ActionState
from moderator_app.domain.errors import Refused
from moderator_app.domain.message import Author, AuthorKey, Community, CommunityKey, Platform
from moderator_app.domain.people import Chapter, Person, PersonReference, StandingPenalty, Story
from moderator_app.storage import history
from moderator_app.storage.claims import touch
from moderator_app.storage.keys import new_key
from moderator_app.storage.sqlite import integer_list
from moderator_app.storage.tables import IS_OPEN, AnyRow, action, author, community, decision, item, message
from moderator_app.storage.verdicts import findings_of

MOST_PEOPLE = 20
MOST_CHAPTERS = 50
_TEXT_LENGTH = 500

# What can be taken back from a person, each with what does.
_LIFTED_BY = {ActionKind.BAN: ActionKind.UNBAN, ActionKind.MUTE: ActionKind.UNMUTE}
_COMING = (ActionState.PENDING, ActionState.RUNNING, ActionState.WAITING)


def people(connection: Connection, reference: PersonReference) -> tuple[Person, ...]:
    """Those whom a reference may mean, who wrote most first."""
    if reference.message is not None:
        key = reference.message
        here = (community.c.platform == key.platform, community.c.community == key.community)
        wrote = select(message.c.author_id).join_from(message, community).where(*here, message.c.message == key.message)
        who: ColumnElement[bool] = author.c.id.in_(wrote)
    elif reference.username:
        name = reference.username.lower()
        who = or_(func.lower(author.c.username) == name, func.lower(author.c.name) == name)
    else:
        who = author.c.author == reference.author
    query = select(author).where(who)
    if reference.platform is not None:
        query = query.where(author.c.platform == reference.platform)
    rows = connection.execute(query.limit(MOST_PEOPLE)).all()
    found = [Person(_key(row), row.name, row.username, _messages(connection, row.id)) for row in rows]
    return tuple(sorted(found, key=lambda each: -each.messages))


def story(connection: Connection, key: AuthorKey, now: datetime) -> Story | None:
    """None for somebody nobody has met."""
    found = select(author).where(author.c.platform == key.platform, author.c.author == key.author)
    row = connection.execute(found).first()
    if row is None:
        return None
    theirs = select(decision.c.id).join_from(decision, item).join(message).where(message.c.author_id == row.id)
    newest = connection.execute(theirs.order_by(decision.c.id.desc()).limit(MOST_CHAPTERS + 1)).scalars().all()
    waiting = select(func.count()).select_from(item).where(item.c.author_id == row.id, IS_OPEN)
    return Story(
        author=Author(key, row.name, row.username),
        first_seen=row.first_seen,
        messages=_messages(connection, row.id),
        waiting=int(connection.execute(waiting).scalar_one()),
        chapters=_chapters(connection, newest[:MOST_CHAPTERS]),
        penalties=_penalties(connection, row.id, now),
        more=len(newest) > MOST_CHAPTERS,
    )


def lift(connection: Connection, decision_id: int, kind: ActionKind, due: datetime) -> None:
    """Order the action that takes one of a decision's effects on its author back; the decision itself stands.

    Raises Refused when nothing of the kind stands any more.
    """
    query = _EFFECTS.where(decision.c.id == decision_id, action.c.kind == kind, action.c.state == ActionState.DONE)
    row = connection.execute(query).first()
    if row is None or _is_taken_back(connection, row):
        raise Refused("story.nothing_stands")
    inverse = {
        "decision_id": decision_id,
        "message_id": row.message_id,
        "kind": _LIFTED_BY[kind],
        "state": ActionState.PENDING,
        "due": due,
        "wanted": due,
        "length": None,
        "idempotency_key": new_key(),
        "note": None,
        # Taking back does not depend on what the message says by now.
        "seen_version": 0,
    }
    connection.execute(action.insert().values(**inverse))
    touch(connection, [decision_id])


def _key(row: AnyRow) -> AuthorKey:
    return AuthorKey(Platform(row.platform), row.author)


def _messages(connection: Connection, author_id: int) -> int:
    query = select(func.count()).select_from(message).where(message.c.author_id == author_id)
    return int(connection.execute(query).scalar_one())


def _chapters(connection: Connection, decisions: Sequence[int]) -> tuple[Chapter, ...]:
    lines = history.lines_of(connection, decisions)
    columns = (decision.c.id, item.c.message_id, func.substr(message.c.text, 1, _TEXT_LENGTH).label("text"))
    query = select(*columns).join_from(decision, item).join(message).where(integer_list(decision.c.id, decisions))
    rows = {row.id: row for row in connection.execute(query)}
    found = findings_of(connection, [row.message_id for row in rows.values()])
    return tuple(
        Chapter(line, (row := rows[line.decision.decision]).text, found.get(row.message_id, ())) for line in lines
    )


_EFFECTS = (
    select(
        action.c.id, action.c.decision_id, action.c.message_id, action.c.kind, action.c.state, action.c.length,
        action.c.wanted, message.c.author_id, item.c.community_id, community.c.platform, community.c.community,
        community.c.name,
    )
    .join_from(action, decision)
    .join(item)
    .join(message, message.c.id == item.c.message_id)
    .join(community)
)  # fmt: skip


def _penalties(connection: Connection, author_id: int, now: datetime) -> tuple[StandingPenalty, ...]:
    """The newest ban and mute in each community that neither ended nor was taken back."""
    done = and_(action.c.state == ActionState.DONE, action.c.kind.in_(_LIFTED_BY))
    query = _EFFECTS.where(message.c.author_id == author_id, done).order_by(action.c.id.desc())
    newest: dict[tuple[int, str], AnyRow] = {}
    for row in connection.execute(query):
        newest.setdefault((row.community_id, row.kind), row)
    standing = []
    for row in newest.values():
        until = None if row.length is None else row.wanted + timedelta(seconds=row.length)
        if (until is None or until > now) and not _is_taken_back(connection, row, done_only=True):
            standing.append(_penalty(row, until, lifting=_is_taken_back(connection, row)))
    return tuple(standing)


def _is_taken_back(connection: Connection, effect: AnyRow, *, done_only: bool = False) -> bool:
    """Whether a later action there does, or will do, away with an effect on its author."""
    states = (ActionState.DONE,) if done_only else (ActionState.DONE, *_COMING)
    later = _EFFECTS.where(
        action.c.id > effect.id,
        action.c.kind == _LIFTED_BY[ActionKind(effect.kind)],
        action.c.state.in_(states),
        message.c.author_id == effect.author_id,
        item.c.community_id == effect.community_id,
    )
    return connection.execute(later.limit(1)).first() is not None


def _penalty(row: AnyRow, until: datetime | None, *, lifting: bool) -> StandingPenalty:
    place = Community(CommunityKey(Platform(row.platform), row.community), row.name)
    kind = ActionKind(row.kind)
    return StandingPenalty(row.decision_id, place, Platform(row.platform), kind, row.wanted, until, lifting)
