"""The messages that AI may be asked about, with what decides whether it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, Connection, Select, and_, case, func, or_, select, true, type_coerce

from moderator_app.domain.ai import State, Which
from moderator_app.domain.message import CommunityKey, Message
from moderator_app.storage.items import DECIDED
from moderator_app.storage.message_rows import WITH_PEOPLE, message_of
from moderator_app.storage.tables import (
    IS_WRITTEN,
    AnyRow,
    ai_check,
    author,
    community,
    finding,
    item,
    joining,
    message,
)

# A newcomer came within this time, or wrote fewer messages before.
NEW_FOR = timedelta(hours=24)
FEW = 3
# So many authors' names are masked, of those who wrote last.
MOST_NAMES = 500
# Who is on these lists is judged already.
_LISTED = ("blacklist",)

_other, _other_item, _earlier = message.alias("other"), item.alias("other_item"), message.alias("earlier")
_other_check, _own_check = ai_check.alias("other_check"), ai_check.alias("own_check")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored message. `settled`: rules or humans have decided about it, or about just this text.

    `campaign` is the one it belongs to, `like` a message of it that AI has answered about. `checked`: when something
    came of asking about it last.
    """

    id: int
    version: int
    message: Message
    flagged: bool
    newcomer: bool
    settled: bool
    campaign: int | None
    like: int | None
    checked: datetime | None


def offered(connection: Connection, limit: int) -> tuple[Candidate, ...]:
    """Judged messages of which nobody has seen yet whether AI is to be asked about them."""
    oldest = select(ai_check.c.message_id).join_from(ai_check, message).where(ai_check.c.state == State.OFFERED)
    judged = oldest.where(message.c.policy_version.is_not(None)).order_by(ai_check.c.message_id).limit(limit)
    return _read(connection, _CANDIDATES.where(message.c.id.in_(judged)))


def waiting(connection: Connection, limit: int) -> tuple[Candidate, ...]:
    """The newest messages that wait for AI."""
    wanted = select(ai_check.c.message_id).where(ai_check.c.state == State.WAITING)
    newest = wanted.order_by(ai_check.c.message_id.desc()).limit(limit)
    return _read(connection, _CANDIDATES.where(message.c.id.in_(newest)).order_by(message.c.id.desc()))


def unasked(
    connection: Connection, which: Which, share: float, before: int | None, limit: int
) -> tuple[Candidate, ...]:
    """The newest judged messages, stored before `before`, of which AI has told nothing yet."""
    answered = and_(
        ai_check.c.message_id == message.c.id,
        ai_check.c.version == message.c.version,
        ai_check.c.state == State.ANSWERED,
    )
    there = (IS_WRITTEN, ~message.c.deleted, message.c.policy_version.is_not(None), _of_which(which, share))
    query = _CANDIDATES.where(*there, ~select(ai_check.c.message_id).where(answered).exists())
    if before is not None:
        query = query.where(message.c.id < before)
    return _read(connection, query.order_by(message.c.id.desc()).limit(limit))


def answered(connection: Connection, limit: int) -> tuple[Candidate, ...]:
    """The newest messages that AI has answered about."""
    newest = select(ai_check.c.message_id).where(ai_check.c.state == State.ANSWERED)
    wanted = newest.order_by(ai_check.c.message_id.desc()).limit(limit)
    return _read(connection, _CANDIDATES.where(message.c.id.in_(wanted), IS_WRITTEN).order_by(message.c.id.desc()))


def names(connection: Connection, key: CommunityKey) -> frozenset[str]:
    """What those who wrote last in a community call themselves."""
    here = (community.c.platform == key.platform, community.c.community == key.community)
    places = select(community.c.id).where(*here).scalar_subquery()
    last = select(message.c.author_id).where(message.c.community_id == places).order_by(message.c.date.desc())
    found = select(author.c.name).where(author.c.id.in_(last.limit(MOST_NAMES)), author.c.name != "")
    return frozenset(connection.execute(found).scalars())


def wanted(candidate: Candidate, which: Which, share: float) -> bool:
    """The same as `unasked` asks, of a message that was read already."""
    match which:
        case Which.ALL:
            return True
        case Which.FLAGGED:
            return candidate.flagged
        case Which.NEWCOMERS:
            return candidate.newcomer
        case Which.FLAGGED_AND_NEWCOMERS:
            return candidate.flagged or candidate.newcomer
        case Which.SAMPLE:
            return _drawn(candidate.id) < share * _LOT


_LOT, _FACTOR = 10_007, 7_919


def _drawn(id: int) -> int:
    """A number that is as good as random, and the same for a message each time."""
    return id * _FACTOR % _LOT


def _of_which(which: Which, share: float) -> ColumnElement[bool]:
    match which:
        case Which.ALL:
            return true()
        case Which.FLAGGED:
            return message.c.flagged
        case Which.NEWCOMERS:
            return _IS_NEW
        case Which.FLAGGED_AND_NEWCOMERS:
            return or_(message.c.flagged, _IS_NEW)
        case Which.SAMPLE:
            return message.c.id * _FACTOR % _LOT < share * _LOT


# As times are stored.
_WRITTEN, _JOINED_AT = type_coerce(message.c.date, BigInteger), type_coerce(joining.c.date, BigInteger)
_CAME = round(NEW_FOR.total_seconds() * 1000)
_JOINED = (
    select(joining.c.author_id)
    .where(joining.c.community_id == message.c.community_id, joining.c.author_id == message.c.author_id)
    .where(_JOINED_AT <= _WRITTEN, _JOINED_AT >= _WRITTEN - _CAME)
    .exists()
)
_WROTE = (
    select(_earlier.c.id)
    .where(_earlier.c.author_id == message.c.author_id, _earlier.c.community_id == message.c.community_id)
    .where(or_(_earlier.c.date < message.c.date, and_(_earlier.c.date == message.c.date, _earlier.c.id < message.c.id)))
    .limit(FEW)
    .correlate(message)
    .subquery()
)
_IS_NEW = and_(
    message.c.author_id.is_not(None),
    or_(_JOINED, select(func.count()).select_from(_WROTE).scalar_subquery() < FEW),
)
_DECIDED_HERE = select(item.c.id).where(item.c.message_id == message.c.id, item.c.state == DECIDED).exists()
_DECIDED_ELSEWHERE = (
    select(_other.c.id)
    .join_from(_other, _other_item, _other_item.c.message_id == _other.c.id)
    .where(_other.c.text_hash == message.c.text_hash, _other.c.flagged, _other.c.id != message.c.id)
    .where(_other_item.c.state == DECIDED)
    .exists()
)
_ON_A_LIST = select(finding.c.rule).where(finding.c.message_id == message.c.id, finding.c.rule.in_(_LISTED)).exists()
_CAMPAIGN = select(item.c.campaign_id).where(item.c.message_id == message.c.id).correlate(message).scalar_subquery()
_LIKE = (
    select(_other_check.c.message_id)
    .join_from(_other_check, _other_item, _other_item.c.message_id == _other_check.c.message_id)
    .where(_other_item.c.campaign_id == _CAMPAIGN, _other_check.c.state == State.ANSWERED)
    .limit(1)
    .correlate(message)
    .scalar_subquery()
)
_SETTLED = or_(message.c.deleted, message.c.trusted, _DECIDED_HERE, _DECIDED_ELSEWHERE, _ON_A_LIST)
_CHECKED = (
    select(_own_check.c.at)
    .where(_own_check.c.message_id == message.c.id, _own_check.c.version == message.c.version)
    .correlate(message)
    .scalar_subquery()
)
_CANDIDATES: Select[tuple[object, ...]] = WITH_PEOPLE.add_columns(
    _IS_NEW.label("newcomer"),
    case((_SETTLED, True), else_=False).label("settled"),
    _CAMPAIGN.label("campaign_id"),
    _LIKE.label("alike"),
    _CHECKED.label("checked"),
)


def _read(connection: Connection, query: Select[tuple[object, ...]]) -> tuple[Candidate, ...]:
    rows: Sequence[AnyRow] = connection.execute(query).all()
    return tuple(
        Candidate(
            id=row.id,
            version=row.version,
            message=message_of(row),
            flagged=row.flagged,
            newcomer=bool(row.newcomer),
            settled=bool(row.settled),
            campaign=row.campaign_id,
            like=row.alike,
            checked=row.checked,
        )
        for row in rows
    )
