"""Who is named in donor communities, and the decisions to ban them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, delete, func, select, update

from moderator_app.domain.decision import ActionState, Choice
from moderator_app.domain.donors import Candidate, Candidates, Contact, DonorReading, DonorRole, Read, Standing
from moderator_app.domain.lists import ListKind
from moderator_app.domain.message import Author, AuthorKey, Community, CommunityKey, Platform
from moderator_app.storage import decisions, people, traits
from moderator_app.storage.decisions import NewDecision, StoredDecision
from moderator_app.storage.items import OPEN
from moderator_app.storage.notes import note_of
from moderator_app.storage.revisions import next_revision
from moderator_app.storage.sqlite import text_list
from moderator_app.storage.tables import (
    IS_WRITTEN,
    AnyRow,
    action,
    author,
    community,
    decision,
    donor_contact,
    donor_reading,
    item,
    list_entry,
    message,
)


def listed(connection: Connection) -> tuple[str, ...]:
    """The donors that admins have listed."""
    query = select(list_entry.c.value, list_entry.c.kind).where(list_entry.c.list == ListKind.DONORS)
    rows = connection.execute(query.order_by(list_entry.c.id))
    return tuple(f"{row.value}={row.kind}" if row.kind else row.value for row in rows)


def last_reading(connection: Connection, place: CommunityKey) -> tuple[datetime, tuple[str, ...]] | None:
    """When the donors of a community were read last, and which they were."""
    query = select(donor_reading).join(community).where(*_is(place))
    row = connection.execute(query).first()
    return None if row is None else (row.at, tuple(row.donors))


def forget_readings(connection: Connection) -> None:
    """Have all donors read again soon."""
    connection.execute(delete(donor_reading))


def keep(
    connection: Connection, place: CommunityKey, donors: Sequence[str], reading: DonorReading, now: datetime
) -> None:
    """Take over what was read. Whom a donor does not name any more stays listed as long as the donor does."""
    community_id = people.community_ids(connection, [Community(place)])[place]
    authors = people.author_ids(connection, ((each.author, now) for each in reading.contacts))
    here = donor_contact.c.community_id == community_id
    connection.execute(delete(donor_contact).where(here, ~text_list(donor_contact.c.donor, donors)))
    named = [(authors[each.author.key], each) for each in reading.contacts]
    for author_id, each in named:
        connection.execute(
            delete(donor_contact).where(
                here, donor_contact.c.author_id == author_id, donor_contact.c.donor == each.donor
            )
        )
    if named:
        rows = {(author_id, each.donor): _contact_values(community_id, author_id, each) for author_id, each in named}
        connection.execute(donor_contact.insert(), list(rows.values()))
    connection.execute(delete(donor_reading).where(donor_reading.c.community_id == community_id))
    connection.execute(
        donor_reading.insert().values(community_id=community_id, at=now, donors=donors, unread=reading.unread)
    )
    next_revision(connection)


def candidates(connection: Connection) -> Candidates:
    """All who are named, by community and name, with what became of their bans."""
    people_of: defaultdict[tuple[int, int], list[AnyRow]] = defaultdict(list)
    order = (community.c.name, community.c.id, author.c.name, author.c.id, donor_contact.c.donor_name)
    for row in connection.execute(_CONTACTS.order_by(*order)):
        people_of[row.community_id, row.author_id].append(row)
    asked = _asked(connection)
    found = [_candidate(rows, asked.get(key)) for key, rows in people_of.items()]
    readings = connection.execute(
        select(donor_reading, community.c.platform, community.c.community, community.c.name)
        .join(community)
        .order_by(community.c.name)
    )
    read = tuple(Read(_community(row), row.at, tuple(row.unread)) for row in readings)
    return Candidates(tuple(found), read)


def ban(
    connection: Connection,
    place: CommunityKey,
    authors: Collection[AuthorKey],
    reason: str,
    by: str,
    at: datetime,
    due: datetime,
) -> StoredDecision:
    """Decide to ban people for ever, of whom no message is known: one decision each, one case.

    Those who are exempt, banned already or about to be are passed over. Raises Refused as `decisions.decide` does.
    """
    wanted = {
        each.author.key: each
        for each in candidates(connection).listed
        if each.community.key == place and each.author.key in authors and each.can_be_banned
    }
    rows = {
        AuthorKey(Platform(row.platform), row.author): row for row in connection.execute(_CONTACTS.where(*_is(place)))
    }
    items = [_opened(connection, rows[key], at) for key in wanted]
    return decisions.decide(connection, NewDecision(tuple(items), Choice.BAN, reason, by, at, due, None))


_CONTACTS = (
    select(
        donor_contact, community.c.platform, community.c.community, community.c.name.label("community_name"),
        author.c.author, author.c.name.label("author_name"), author.c.username,
    )
    .join_from(donor_contact, community)
    .join(author, author.c.id == donor_contact.c.author_id)
)  # fmt: skip


def _opened(connection: Connection, row: AnyRow, now: datetime) -> int:
    """The open item that stands for a person."""
    here = (message.c.community_id == row.community_id, message.c.message == row.stand_in)
    message_id = connection.execute(select(message.c.id).where(*here)).scalar()
    revision = next_revision(connection)
    if message_id is not None:
        reopened = {"state": OPEN, "failure": None, "closing": None, "revision": revision}
        changed = update(item).where(item.c.message_id == message_id).values(**reopened).returning(item.c.id)
        return int(connection.execute(changed).scalar_one())
    made = {
        "community_id": row.community_id, "message": row.stand_in, "author_id": row.author_id, "date": now, "text": "",
        # No platform shows it, and there is nothing to be judged.
        "deleted": True, "version": 0, "policy_version": 0,
    }  # fmt: skip
    message_id = int(connection.execute(message.insert().values(**made).returning(message.c.id)).scalar_one())
    number = traits.of_messages(connection, {message_id: ((), Choice.BAN)})[message_id]
    values: dict[str, Any] = {
        "message_id": message_id, "community_id": row.community_id, "author_id": row.author_id, "rank": 0.0,
        "state": OPEN, "version": 0, "suggested": Choice.BAN, "opened": revision, "revision": revision,
        "traits_id": number, "row_traits_id": number,
    }  # fmt: skip
    return int(connection.execute(item.insert().values(**values).returning(item.c.id)).scalar_one())


def _asked(connection: Connection) -> Mapping[tuple[int, int], AnyRow]:
    """The action of the newest standing decision about each person, by community and author.

    One that the platform does not know of any more, long after it was done, does not count.
    """
    # Outer joins keep to their order: begun with the few contacts, nothing is gone through as a whole.
    newest = (
        select(func.max(action.c.id))
        .select_from(donor_contact)
        .outerjoin(message, and_(_OF_CONTACT, ~IS_WRITTEN))
        .outerjoin(item, item.c.message_id == message.c.id)
        .outerjoin(decision, decision.c.item_id == item.c.id)
        .outerjoin(action, action.c.decision_id == decision.c.id)
        .where(decision.c.undone.is_(None))
        .group_by(donor_contact.c.community_id, donor_contact.c.stand_in)
    )
    query = (
        select(action.c.state, action.c.note, message.c.community_id, message.c.author_id, decision.c.at)
        .join_from(action, decision)
        .join(message, message.c.id == action.c.message_id)
        .where(action.c.id.in_(newest))
    )
    read = {row.community_id: row.at for row in connection.execute(select(donor_reading))}
    rows = connection.execute(query).all()
    return {(row.community_id, row.author_id): row for row in rows if not _has_lapsed(row, read.get(row.community_id))}


_OF_CONTACT = and_(
    message.c.community_id == donor_contact.c.community_id, message.c.message == donor_contact.c.stand_in
)
# From the decision until everything is carried out.
_LONGEST = timedelta(hours=1)


def _has_lapsed(row: AnyRow, read: datetime | None) -> bool:
    """Then how the person stands is what was read since."""
    return row.state == ActionState.DONE and read is not None and read - row.at > _LONGEST


def _candidate(rows: Sequence[AnyRow], asked: AnyRow | None) -> Candidate:
    first = rows[0]
    contacts = tuple(map(_contact, rows))
    where = Community(CommunityKey(Platform(first.platform), first.community), first.community_name)
    if asked is None:
        return Candidate(where, contacts[0].author, contacts)
    return Candidate(where, contacts[0].author, contacts, ActionState(asked.state), note_of(asked.note))


def _contact(row: AnyRow) -> Contact:
    who = Author(AuthorKey(Platform(row.platform), row.author), row.author_name, row.username)
    role, standing = DonorRole(row.role), Standing(row.standing)
    return Contact(who, row.stand_in, row.donor, row.donor_name, role, row.note, standing)


def _contact_values(community_id: int, author_id: int, contact: Contact) -> dict[str, Any]:
    return {
        "community_id": community_id,
        "author_id": author_id,
        "donor": contact.donor,
        "donor_name": contact.donor_name,
        "role": contact.role,
        "note": contact.note,
        "standing": contact.standing,
        "stand_in": contact.stand_in,
    }


def _community(row: AnyRow) -> Community:
    return Community(CommunityKey(Platform(row.platform), row.community), row.name)


def _is(place: CommunityKey) -> tuple[Any, ...]:
    return community.c.platform == place.platform, community.c.community == place.community
