"""Messages: stored once, updated by edits, read back for the judges."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, or_, select, update

from moderator_app.domain.ai import Answer, Check
from moderator_app.domain.decision import ActionKind
from moderator_app.domain.message import Community, CommunityKey, Message, MessageKey, Platform
from moderator_app.domain.ports import Kept
from moderator_app.storage import ai_checks, bulk, closing, counters, people, sqlite
from moderator_app.storage.items import OPEN
from moderator_app.storage.message_rows import WITH_PEOPLE, details_of, message_of, seen_of
from moderator_app.storage.sqlite import integer_list, text_list
from moderator_app.storage.tables import IS_PART, IS_WRITTEN, AnyRow, author, community, item, message


class StoredMessage(NamedTuple):
    """A message to be judged: a verdict counts only for the `version` of the text it was made from.

    `known`: it was stored before, so that something may have been found in it. `again`: this very text was judged.
    """

    id: int
    version: int
    message: Message
    known: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a batch: `to_judge` holds what is new, edited, or back on its platform; the last count as edited.

    `known` counts those that added nothing.
    """

    to_judge: tuple[StoredMessage, ...]
    new: int
    edited: int
    known: int


def store(connection: Connection, messages: Sequence[Message], now: datetime, *, live: bool = False) -> Stored:
    """Store messages: a known one adds nothing, unless its edit is newer: then it is updated and to be judged anew.

    Of a `live` source what comes later is newer where the dates of edits are the same: platforms count them in seconds.
    One that it shows again, although it was gone, is present again.
    """
    newest = _newest(messages, live=live)
    places = _places(connection, newest, live=live)
    known = _known(connection, places)
    fresh = [shown for key, shown in newest.items() if key not in known]
    inserted = _insert(connection, places, fresh, now)
    edited = [
        stored
        for key, row in known.items()
        if (stored := _take_over_edit(connection, row, newest[key], live=live)) is not None
    ]
    if live:
        edited += _come_back(connection, known, besides={each.id for each in edited})
    return Stored((*inserted, *edited), len(inserted), len(edited), len(messages) - len(inserted) - len(edited))


def kept(connection: Connection, place: CommunityKey, since: datetime, most: int) -> tuple[Kept, ...]:
    """The messages of a community that are not known to be gone: the newest written after `since`, and what waits."""
    here = (community.c.platform == place.platform, community.c.community == place.community, ~message.c.deleted)
    brief = select(*_BRIEF).join_from(message, community).where(*here)
    recent = brief.where(message.c.date > since).order_by(message.c.date.desc(), message.c.id.desc()).limit(most)
    rows = {row.id: row for row in connection.execute(recent)}
    waiting = brief.join(item, item.c.message_id == message.c.id).where(item.c.state == OPEN)
    rows |= {row.id: row for row in connection.execute(waiting)}
    # What was sent as one with them waits with them.
    sent = select(message.c.album).join_from(item, message).where(item.c.state == OPEN, IS_PART)
    # The index knows of no message sent alone.
    together = brief.where(IS_PART, message.c.album.in_(sent))
    rows |= {row.id: row for row in connection.execute(together)}
    return tuple(
        Kept(row.message, row.edited, row.text, str((row.details or {}).get("thread", ""))) for row in rows.values()
    )


_BRIEF = (message.c.id, message.c.message, message.c.edited, message.c.text, message.c.details)


def newest_id(connection: Connection) -> int:
    return int(connection.execute(select(func.max(message.c.id))).scalar() or 0)


def unjudged(connection: Connection, last: int, limit: int) -> tuple[StoredMessage, ...]:
    """The oldest messages up to the row `last` without a verdict: those a stop or a change of rules left."""
    query = WITH_PEOPLE.where(message.c.policy_version.is_(None), message.c.id <= last)
    rows = connection.execute(query.order_by(message.c.id).limit(limit))
    return tuple(map(_unjudged, rows))


def _unjudged(row: AnyRow) -> StoredMessage:
    return StoredMessage(row.id, row.version, message_of(row), known=True, again=row.score is not None)


def forget_verdicts(connection: Connection, newest: int) -> int:
    """Have what waits in the queue and the `newest` messages judged anew; says how many."""
    waiting = select(item.c.message_id).where(item.c.state == OPEN)
    recent = message.c.id > (select(func.max(message.c.id) - newest).scalar_subquery())
    forgotten = update(message).where(or_(message.c.id.in_(waiting), recent)).values(policy_version=None)
    return connection.execute(forgotten).rowcount


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the sequence rules need of a message of the past: of its text the beginning."""

    message: Message
    text_hash: int


# Enough to know a member's report by.
_BEGINNING = 201


def remembered(connection: Connection, first: datetime, last: datetime, most: int) -> tuple[Remembered, ...]:
    """The judged messages between two times, oldest first; the newest of them if they are too many."""
    query = (
        select(
            community.c.platform, community.c.community, message.c.message, message.c.date, message.c.text_hash,
            author.c.author, author.c.name.label("author_name"), message.c.details, message.c.album,
            func.substr(message.c.text, 1, _BEGINNING).label("text"),
        )
        .join_from(message, community)
        .join(author, isouter=True)
        # Community by community there is an index of dates.
        .where(message.c.community_id.in_(select(community.c.id)), message.c.date.between(first, last))
        .where(message.c.score.is_not(None))
        .order_by(message.c.date.desc(), message.c.id.desc())
        .limit(most)
    )  # fmt: skip
    return tuple(reversed([_remembered(row) for row in connection.execute(query)]))


@dataclass(frozen=True, slots=True)
class ExportedMessage:
    """A message with its verdict in brief, as exports give it."""

    id: int
    key: MessageKey
    author: str
    author_name: str
    date: datetime
    text: str
    edited: datetime | None
    deleted: bool
    score: float | None
    flagged: bool
    ai: Answer | None = None


def exported(connection: Connection, after: int, limit: int) -> tuple[ExportedMessage, ...]:
    """At most `limit` messages stored after the message `after`."""
    query = WITH_PEOPLE.where(message.c.id > after, IS_WRITTEN).order_by(message.c.id).limit(limit)
    rows = connection.execute(query).all()
    checks = ai_checks.answers_of(connection, [row.id for row in rows])
    return tuple(_exported(row, checks.get(row.id)) for row in rows)


def _exported(row: AnyRow, check: Check | None) -> ExportedMessage:
    return ExportedMessage(
        id=row.id,
        key=MessageKey(Platform(row.platform), row.community, row.message),
        author=row.author or "",
        author_name=row.author_name or "",
        date=row.date,
        text=row.text,
        edited=row.edited,
        deleted=row.deleted,
        score=row.score,
        flagged=row.flagged,
        ai=None if check is None else check.answer,
    )


def _remembered(row: AnyRow) -> Remembered:
    return Remembered(seen_of(row), row.text_hash or 0)


def _newest(messages: Sequence[Message], *, live: bool) -> dict[MessageKey, Message]:
    """One message a key: of several versions in one batch the one edited last."""
    newest: dict[MessageKey, Message] = {}
    for listed in messages:
        earlier = newest.get(listed.key)
        if earlier is None or _is_newer(listed.edited, earlier.edited, live=live):
            newest[listed.key] = listed
    return newest


def _is_newer(edited: datetime | None, than: datetime | None, *, live: bool) -> bool:
    return edited is not None and (than is None or edited > than or (live and edited == than))


def _places(connection: Connection, keys: Iterable[MessageKey], *, live: bool) -> dict[MessageKey, int]:
    """The row id of each message's community."""
    homes = {key: key.community_key for key in keys}
    communities = people.community_ids(connection, map(Community, set(homes.values())), live=live)
    return {key: communities[home] for key, home in homes.items()}


def _known(connection: Connection, places: Mapping[MessageKey, int]) -> dict[MessageKey, AnyRow]:
    wanted: dict[int, dict[str, MessageKey]] = {}
    for key, place in places.items():
        wanted.setdefault(place, {})[key.message] = key
    found: dict[MessageKey, AnyRow] = {}
    for place, keys in wanted.items():
        rows = connection.execute(_KNOWN.where(message.c.community_id == place, text_list(message.c.message, keys)))
        found |= {keys[row.message]: row for row in rows}
    return found


_KNOWN = select(
    message.c.id, message.c.message, message.c.edited, message.c.version, message.c.text, message.c.details,
    message.c.deleted,
)  # fmt: skip


def _come_back(
    connection: Connection, known: Mapping[MessageKey, AnyRow], besides: Collection[int]
) -> list[StoredMessage]:
    """Undo what was stored of the removal of messages, where the platform can restore them.

    Elsewhere it is an old sight of a message that arrives late.
    """
    back = [row.id for key, row in known.items() if row.deleted and _may_restore(key.platform)]
    if not back:
        return []
    closing.restore(connection, back)
    rows = connection.execute(WITH_PEOPLE.where(integer_list(message.c.id, back)))
    return [_unjudged(row) for row in rows if row.id not in besides]


def _may_restore(platform: Platform) -> bool:
    return ActionKind.DELETE.inverse(platform) is not None


def _insert(
    connection: Connection, places: Mapping[MessageKey, int], fresh: Sequence[Message], now: datetime
) -> list[StoredMessage]:
    if not fresh:
        return []
    dates = [listed.date or now for listed in fresh]
    authors = people.author_ids(
        connection,
        ((listed.author, date) for listed, date in zip(fresh, dates, strict=True) if listed.author is not None),
    )
    # Nobody else writes inside this transaction, so the next ids are ours; RETURNING would cost more than the insert.
    first = (connection.execute(select(message.c.id).order_by(message.c.id.desc()).limit(1)).scalar() or 0) + 1
    rows = [
        {
            "id": first + offset,
            "community_id": places[listed.key],
            "message": listed.key.message,
            "author_id": authors[listed.author.key] if listed.author is not None else None,
            "date": date,
            "edited": listed.edited,
            "text": listed.text,
            "album": listed.album,
            "details": details_of(listed),
        }
        for offset, (listed, date) in enumerate(zip(fresh, dates, strict=True))
    ]
    bulk.insert_rows(connection, message, rows)
    sqlite.index_words(connection, first, first + len(rows) - 1)
    counters.count_messages(connection, ((places[listed.key], date) for listed, date in zip(fresh, dates, strict=True)))
    return [StoredMessage(first + offset, 1, listed) for offset, listed in enumerate(fresh)]


def _take_over_edit(connection: Connection, row: AnyRow, shown: Message, *, live: bool) -> StoredMessage | None:
    if not _is_newer(shown.edited, row.edited, live=live):
        return None
    details = details_of(shown)
    same = shown.text == row.text and details == row.details
    if same and shown.edited == row.edited:
        return None
    changes: dict[str, Any] = {"edited": shown.edited}
    if not same:
        # Without a score: what was found in the former text is no verdict on this one.
        changes |= {"text": shown.text, "details": details, "version": row.version + 1}
        changes |= {"policy_version": None, "score": None}
    connection.execute(update(message).where(message.c.id == row.id).values(**changes))
    if shown.text != row.text:
        sqlite.index_words_anew(connection, row.id, row.text)
    return None if same else StoredMessage(row.id, row.version + 1, shown, known=True)
