"""The review queue as screens and commands read it."""

import re
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, and_, func, literal, select, tuple_

from moderator_app.domain.decision import Choice
from moderator_app.domain.message import Community, CommunityKey, Message, MessageKey, Platform
from moderator_app.domain.queue import (
    Card,
    Closed,
    CommunityQueue,
    Conversation,
    Opinion,
    QueueEntry,
    QueuePage,
    QueueRow,
    Reopened,
)
from moderator_app.domain.traits import EVERYTHING, QueueFilter
from moderator_app.domain.verdict import Finding, Label, Verdict, contributions, noisy_or
from moderator_app.storage import ai_checks, albums, traits, variants
from moderator_app.storage.albums import ALONE, Album, Place
from moderator_app.storage.items import CLOSED, DECIDED
from moderator_app.storage.message_rows import WITH_PEOPLE, message_of
from moderator_app.storage.notes import note_of, obstacles_of
from moderator_app.storage.revisions import newest_revision
from moderator_app.storage.sqlite import integer_list
from moderator_app.storage.tables import (
    IS_HEAD,
    IS_OPEN,
    AnyRow,
    author,
    campaign,
    community,
    decision,
    item,
    message,
)
from moderator_app.storage.verdicts import findings_of
from moderator_app.storage.violations import suggestions

EXCERPT_LENGTH = 300

_head = item.alias("head")

_ROWS = (
    select(
        item.c.id, item.c.id.label("item_id"), item.c.rank, item.c.message_id, item.c.suggested, item.c.failure,
        item.c.opinion_by,
        message.c.message, message.c.author_id, message.c.community_id,
        message.c.date, message.c.score, func.substr(message.c.text, 1, EXCERPT_LENGTH).label("excerpt"),
        community.c.platform, community.c.community, community.c.name.label("community_name"), community.c.live,
        author.c.author, author.c.name.label("author_name"),
        message.c.album, item.c.campaign_id, campaign.c.waiting, campaign.c.apart,
        func.coalesce(_head.c.opened, item.c.opened).label("entered"),
    )
    .join_from(item, message)
    .join(community)
    .join(author, isouter=True)
    .join(campaign, campaign.c.id == item.c.campaign_id, isouter=True)
    .join(_head, _head.c.id == campaign.c.head_id, isouter=True)
)  # fmt: skip


def page(
    connection: Connection,
    after: tuple[float, int] | None,
    limit: int,
    revision: int | None = None,
    wanted: QueueFilter = EVERYTHING,
) -> QueuePage:
    """At most `limit` rows behind `after` in the queue's order, of those that are wanted and entered by `revision`."""
    newest = newest_revision(connection) if revision is None else revision
    query = _ROWS.where(IS_HEAD, item.c.opened <= newest, traits.shown_by(connection, wanted))
    if after is not None:
        query = query.where(tuple_(item.c.rank, item.c.id) > tuple_(*after))
    rows = connection.execute(query.order_by(item.c.rank, item.c.id).limit(limit)).all()
    last = (rows[-1].rank, rows[-1].id) if len(rows) == limit else None
    return QueuePage(_queue_rows(connection, rows), last, newest)


def entries(connection: Connection, limit: int, after: tuple[float, int] | None = None) -> tuple[QueueEntry, ...]:
    """At most `limit` rows behind `after`, with whole texts and findings."""
    query = _ROWS.add_columns(message.c.text).where(IS_HEAD)
    if after is not None:
        query = query.where(tuple_(item.c.rank, item.c.id) > tuple_(*after))
    rows = connection.execute(query.order_by(item.c.rank, item.c.id).limit(limit)).all()
    findings = findings_of(connection, [row.message_id for row in rows])
    suggested = suggestions(connection, rows)
    groups = variants.groups(connection, [row.campaign_id for row in rows if (row.waiting or 0) > 1])
    sent = albums.known(connection, rows)
    return tuple(
        _entry(row, findings.get(row.message_id, ()), suggested[row.id], groups.get(row.campaign_id), _album(row, sent))
        for row in rows
    )


def waiting(connection: Connection) -> int:
    """The number of open items. Not for every page: with 200,000 it takes longer than reading one."""
    return int(connection.execute(select(func.count()).select_from(item).where(IS_OPEN)).scalar_one())


def by_community(connection: Connection) -> tuple[CommunityQueue, ...]:
    """The communities in which something waits, the fullest first."""
    count = func.count()
    counted = select(item.c.community_id, count.label("waiting")).where(IS_OPEN).group_by(item.c.community_id)
    waiting = counted.subquery()
    rows = connection.execute(select(community, waiting.c.waiting).join(waiting).order_by(waiting.c.waiting.desc()))
    return tuple(
        CommunityQueue(Community(CommunityKey(Platform(row.platform), row.community), row.name), row.waiting)
        for row in rows
    )


def rows_of(connection: Connection, items: Collection[int]) -> tuple[QueueRow, ...]:
    """The rows of those of `items` that are open, whether or not they stand for their campaigns."""
    query = _ROWS.where(IS_OPEN, integer_list(item.c.id, items)).order_by(item.c.rank, item.c.id)
    return _queue_rows(connection, connection.execute(query).all())


def standing_for(
    connection: Connection, items: Collection[int] = (), campaigns: Collection[int] = ()
) -> tuple[QueueRow, ...]:
    """The rows of the queue that stand for open ones of `items`, and for `campaigns` of which something is open."""
    theirs = select(item.c.campaign_id).where(integer_list(item.c.id, items), IS_OPEN).distinct()
    concerned = {*campaigns, *connection.execute(theirs).scalars()} - {None}
    heads = connection.execute(select(campaign.c.head_id).where(integer_list(campaign.c.id, concerned))).scalars()
    standing = {*items, *heads} - {None}
    query = _ROWS.where(integer_list(item.c.id, standing), IS_HEAD).order_by(item.c.rank, item.c.id)
    return _queue_rows(connection, connection.execute(query).all())


def closed(connection: Connection, items: Collection[int]) -> tuple[Closed, ...]:
    """Those of `items` that a standing decision took out of the queue, or what somebody did on the platform."""
    newest = (
        select(func.max(decision.c.id))
        .where(integer_list(decision.c.item_id, items), decision.c.undone.is_(None))
        .group_by(decision.c.item_id)
    )
    query = select(decision.c.item_id, decision.c.choice, decision.c.by).join_from(decision, item)
    rows = connection.execute(query.where(decision.c.id.in_(newest), item.c.state == DECIDED))
    decided = [Closed(row.item_id, Choice(row.choice), row.by) for row in rows]
    closed_elsewhere = select(item.c.id, item.c.closing).where(integer_list(item.c.id, items), item.c.state == CLOSED)
    seen_to = [Closed(row.id, note=note_of(row.closing)) for row in connection.execute(closed_elsewhere)]
    return (*decided, *seen_to)


def newer(connection: Connection, revision: int, wanted: QueueFilter = EVERYTHING) -> int:
    """The number of rows that are wanted and entered after `revision`."""
    # What entered was changed no earlier, and of changes there is an index.
    changed = item.c.revision > revision
    query = select(func.count()).select_from(item).where(IS_HEAD, changed, item.c.opened > revision)
    query = query.where(traits.shown_by(connection, wanted))
    return int(connection.execute(query).scalar_one())


def card(connection: Connection, item_id: int) -> Card | None:
    """Everything about an item, open or not; None for an unknown one."""
    # `message` and `item` both have an id: the item's columns are named apart.
    query = WITH_PEOPLE.add_columns(
        item.c.suggested, item.c.id.label("item_id"), item.c.campaign_id, item.c.opinion_by, item.c.opinion_at
    )
    row = connection.execute(query.join(item, item.c.message_id == message.c.id).where(item.c.id == item_id)).first()
    if row is None:
        return None
    findings = findings_of(connection, [row.id]).get(row.id, ())
    return Card(
        item=item_id,
        message=message_of(row),
        community=Community(CommunityKey(Platform(row.platform), row.community), row.community_name),
        verdict=_verdict(row, findings),
        contributions=contributions(findings),
        suggested=suggestions(connection, [row])[item_id],
        can_act=row.live,
        obstacles=obstacles_of(row.obstacles, row.message) if row.live else (),
        reopened=_reopened(connection, item_id),
        opinion=None if row.opinion_by is None else Opinion(row.opinion_by, row.opinion_at),
        ai=ai_checks.answers_of(connection, [row.id]).get(row.id),
        album=albums.others(connection, row),
        campaign=None if row.campaign_id is None else variants.campaign_of(connection, row.campaign_id, item_id),
    )


def conversation(connection: Connection, item_id: int, before: int, after: int) -> Conversation | None:
    """The messages around the item's message in the order of their time, and the one it answers; None as for `card`."""
    query = select(message.c.id, message.c.community_id, message.c.date, message.c.details)
    row = connection.execute(query.join_from(item, message).where(item.c.id == item_id)).first()
    if row is None:
        return None
    here = message.c.community_id == row.community_id
    place = tuple_(message.c.date, message.c.id)
    # A bare value in a tuple would be bound without the column's type.
    this = tuple_(literal(row._mapping[message.c.date], message.c.date.type), row.id)
    earlier = _messages(connection, and_(here, place < this), before, newest_first=True)
    later = _messages(connection, and_(here, place > this), after, newest_first=False)
    answered = (row.details or {}).get("reply_to", "")
    replied = _messages(connection, and_(here, message.c.message == answered), 1) if answered else ()
    return Conversation(tuple(reversed(earlier)), later, replied[0] if replied else None)


def _messages(
    connection: Connection, condition: ColumnElement[bool], limit: int, *, newest_first: bool = True
) -> tuple[Message, ...]:
    order = (message.c.date.desc(), message.c.id.desc()) if newest_first else (message.c.date, message.c.id)
    rows = connection.execute(WITH_PEOPLE.where(condition).order_by(*order).limit(limit))
    return tuple(message_of(row) for row in rows)


def _queue_rows(connection: Connection, rows: Sequence[AnyRow]) -> tuple[QueueRow, ...]:
    findings = findings_of(connection, [row.message_id for row in rows]) if rows else {}
    suggested = suggestions(connection, rows)
    sent = albums.known(connection, rows)
    return tuple(
        _queue_row(row, findings.get(row.message_id, ()), suggested[row.id], _album(row, sent)) for row in rows
    )


def _album(row: AnyRow, sent: Mapping[Place, Album]) -> Album:
    return sent.get(Place(row.community_id, row.album), ALONE)


def _queue_row(row: AnyRow, findings: tuple[Finding, ...], suggested: Choice, sent: Album) -> QueueRow:
    excerpt, spans = _one_line(row.excerpt or sent.caption, [span for found in findings for span in found.spans])
    obscene = [span for found in findings if found.label is Label.PROFANITY for span in found.spans]
    strongest = sorted(findings, key=lambda found: -found.score)
    return QueueRow(
        item=row.id,
        rank=row.rank,
        key=MessageKey(Platform(row.platform), row.community, row.message),
        community_name=row.community_name,
        author_name=row.author_name or row.author or "",
        excerpt=excerpt,
        spans=spans,
        rules=tuple(dict.fromkeys(found.rule for found in strongest)),
        score=row.score or 0.0,
        suggested=suggested,
        posted=row.date,
        failure=note_of(row.failure),
        can_act=row.live,
        count=((row.waiting or 1) - (row.apart or 0)) or 1,
        album=sent.messages,
        campaign=row.campaign_id,
        entered=row.entered,
        second_opinion=row.opinion_by is not None,
        profane=_one_line(row.excerpt or sent.caption, obscene)[1],
    )


def _entry(
    row: AnyRow, findings: tuple[Finding, ...], suggested: Choice, group: variants.Group | None, sent: Album
) -> QueueEntry:
    standing = group or variants.Group((row.id,), 1, 1)
    shown = _queue_row(row, findings, suggested, sent)
    text = row.text or sent.caption
    return QueueEntry(shown, row.author or "", text, findings, standing.items, standing.communities, standing.authors)


def _one_line(text: str, spans: Collection[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text with white space and control characters as single blanks in place, so that spans stay where they are."""
    line = re.sub(r"[\s\x00-\x1f\x7f]", " ", text)
    end = len(line)
    return line, tuple(sorted({(first, min(last, end)) for first, last in spans if first < end}))


def _verdict(row: AnyRow, findings: tuple[Finding, ...]) -> Verdict:
    labels = tuple(
        (label, noisy_or(found.score for found in findings if found.label is label))
        for label in Label
        if any(found.label is label for found in findings)
    )
    return Verdict(row.score or 0.0, findings, labels, (), row.policy_version or 0, row.trusted)


def _reopened(connection: Connection, item_id: int) -> Reopened | None:
    """The standing decision on an item that is open again all the same."""
    query = (
        select(decision)
        .join(item, and_(item.c.id == decision.c.item_id, IS_OPEN))
        .where(decision.c.item_id == item_id, decision.c.undone.is_(None))
        .order_by(decision.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    return None if row is None else Reopened(Choice(row.choice), row.by, row.at)
