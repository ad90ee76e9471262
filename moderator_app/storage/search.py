"""Searches all stored messages by their words and by what is known of them."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, or_, select
from sqlalchemy.sql.elements import literal_column

from moderator_app.domain.decision import Choice
from moderator_app.domain.errors import Refused
from moderator_app.domain.ids import bare
from moderator_app.domain.message import AuthorKey, Community, CommunityKey, MessageKey, Platform
from moderator_app.domain.search import Condition, Field, Found, Hit, Part, SearchQuery, State, folded
from moderator_app.storage.items import DECIDED, OPEN
from moderator_app.storage.sqlite import at_most, has_words, integer_list, message_word
from moderator_app.storage.tables import IS_WRITTEN, AnyRow, author, community, decision, finding, item, message

# Of more only the last received are shown.
MOST = 10_000
# People and chats of whose names a part was given.
MOST_NAMED = 2000
SECONDS = 5.0

EXCERPT_LENGTH = 240
# Text before the first hit, so that it is read in what it stands in.
_LEAD = 60
# Of a longer message no more is looked through for what to show.
_LOOKED_THROUGH = 20_000
_TEXT_LENGTH = 4000

_UNDO_LEFT = decision.c.undone.is_(None)


def find(connection: Connection, query: SearchQuery, words: str, without: str) -> Found:
    """The newest messages that fit. `words` is an expression of the index of words, `without` one of what to leave out.

    Raises Refused when it takes too long.
    """
    fitting = [IS_WRITTEN, *(_condition(connection, each) for each in query.conditions)]
    if query.after is not None:
        fitting.append(message.c.date >= query.after)
    if query.before is not None:
        fitting.append(message.c.date < query.before)
    if without:
        fitting.append(message.c.id.not_in(_of_words(without)))
    with at_most(connection, SECONDS, Refused("search.too_long")):
        rows = connection.execute(_query(words, fitting, narrow=_is_narrow(query)).limit(MOST + 1)).all()
    newest = sorted(rows[:MOST], key=lambda row: (row.date, row.id), reverse=True)
    return Found(tuple(row.id for row in newest), len(rows) > MOST)


def hits(
    connection: Connection, messages: Sequence[int], forms: frozenset[str], prefixes: Sequence[str] = ()
) -> tuple[Hit, ...]:
    """These messages, in this order."""
    rows = {row.id: row for row in connection.execute(_HITS.where(integer_list(message.c.id, messages)))}
    items = [row.item_id for row in rows.values() if row.item_id is not None]
    standing = _standing(connection, items) if items else {}
    marks = _Marks(forms, tuple(prefixes))
    return tuple(_hit(rows[each], standing.get(rows[each].item_id), marks) for each in messages if each in rows)


def _query(words: str, fitting: Sequence[ColumnElement[bool]], *, narrow: bool) -> Select[Any]:
    query = select(message.c.id, message.c.date).where(*fitting)
    if not words:
        return query.order_by(message.c.id.desc())
    if narrow:
        # Few messages fit the rest: they are looked up among those with the words.
        return query.where(literal_column("+message.id").in_(_of_words(words))).order_by(message.c.id.desc())
    query = query.join_from(message_word, message, message.c.id == message_word.c.rowid)
    return query.where(has_words(words)).order_by(message_word.c.rowid.desc())


def _of_words(words: str) -> Select[Any]:
    return select(message_word.c.rowid).where(has_words(words))


_NARROW = frozenset({Field.AUTHOR, Field.DECISION, Field.BY, Field.REASON})


def _is_narrow(query: SearchQuery) -> bool:
    return any(each.field in _NARROW and not each.without for each in query.conditions)


def _condition(connection: Connection, wanted: Condition) -> ColumnElement[bool]:
    found = _CONDITIONS[wanted.field](connection, wanted.value)
    return ~func.coalesce(found, false()) if wanted.without else found


def _by_author(connection: Connection, value: str) -> ColumnElement[bool]:
    name = value.removeprefix("@")
    whose = or_(
        func.lower(author.c.username) == name.lower(),
        author.c.author == name,
        (author.c.platform + ":" + author.c.author) == name,
        _contains(author.c.name, name),
    )
    ids = connection.execute(select(author.c.id).where(whose).limit(MOST_NAMED)).scalars().all()
    return integer_list(message.c.author_id, ids)


def _by_community(connection: Connection, value: str) -> ColumnElement[bool]:
    ids = {bare(value, platform) for platform in Platform}
    which = or_(community.c.community.in_(ids), _contains(community.c.name, value))
    return _in_communities(connection, which)


def _by_source(connection: Connection, value: str) -> ColumnElement[bool]:
    return _in_communities(connection, community.c.platform == value)


def _in_communities(connection: Connection, which: ColumnElement[bool]) -> ColumnElement[bool]:
    ids = connection.execute(select(community.c.id).where(which).limit(MOST_NAMED)).scalars().all()
    return integer_list(message.c.community_id, ids)


def _contains(place: ColumnElement[str], words: str) -> ColumnElement[bool]:
    return func.instr(func.lower(place), words.lower()) > 0


def _by_rule(_connection: Connection, value: str) -> ColumnElement[bool]:
    return message.c.id.in_(select(finding.c.message_id).where(finding.c.rule == value))


def _by_label(_connection: Connection, value: str) -> ColumnElement[bool]:
    return message.c.id.in_(select(finding.c.message_id).where(finding.c.label == value))


def _by_state(_connection: Connection, value: str) -> ColumnElement[bool]:
    match State(value):
        case State.OPEN:
            return message.c.id.in_(select(item.c.message_id).where(item.c.state == OPEN))
        case State.DECIDED:
            return message.c.id.in_(select(item.c.message_id).where(item.c.state == DECIDED))
        case State.FLAGGED:
            return message.c.flagged.is_(True)
        case State.DELETED:
            return message.c.deleted.is_(True)
        case State.EDITED:
            return message.c.edited.is_not(None)


_PARTS: Mapping[Part, str] = {Part.MEDIA: "attachments", Part.REPLY: "reply_to", Part.FORWARD: "forward"}


def _by_part(_connection: Connection, value: str) -> ColumnElement[bool]:
    part = Part(value)
    if part is Part.LINK:
        hidden = message.c.details["links"].as_string().is_not(None)
        return or_(func.instr(message.c.text, "://") > 0, and_(message.c.details.is_not(None), hidden))
    named = message.c.details[_PARTS[part]].as_string().is_not(None)
    return and_(message.c.details.is_not(None), named)


def _by_decision(_connection: Connection, value: str) -> ColumnElement[bool]:
    return _decided(decision.c.choice == value)


def _by_moderator(_connection: Connection, value: str) -> ColumnElement[bool]:
    return _decided(_contains(decision.c.by, value))


def _by_reason(_connection: Connection, value: str) -> ColumnElement[bool]:
    return _decided(_contains(decision.c.reason, value))


def _decided(which: ColumnElement[bool]) -> ColumnElement[bool]:
    return message.c.id.in_(select(item.c.message_id).join_from(item, decision).where(which, _UNDO_LEFT))


_CONDITIONS: Mapping[Field, Callable[[Connection, str], ColumnElement[bool]]] = {
    Field.AUTHOR: _by_author,
    Field.COMMUNITY: _by_community,
    Field.SOURCE: _by_source,
    Field.RULE: _by_rule,
    Field.LABEL: _by_label,
    Field.IS: _by_state,
    Field.HAS: _by_part,
    Field.DECISION: _by_decision,
    Field.BY: _by_moderator,
    Field.REASON: _by_reason,
}

_HITS = (
    select(
        message.c.id, message.c.message, message.c.date, message.c.edited, message.c.deleted, message.c.flagged,
        func.substr(message.c.text, 1, _LOOKED_THROUGH).label("text"), community.c.platform, community.c.community,
        community.c.name.label("community_name"), author.c.author, author.c.name.label("author_name"),
        item.c.id.label("item_id"), item.c.state,
    )
    .join_from(message, community)
    .join(author, author.c.id == message.c.author_id, isouter=True)
    .join(item, item.c.message_id == message.c.id, isouter=True)
)  # fmt: skip


def _standing(connection: Connection, items: Sequence[int]) -> dict[int, AnyRow]:
    """The newest decision on each item that was not taken back."""
    newest = select(func.max(decision.c.id)).where(integer_list(decision.c.item_id, items), _UNDO_LEFT)
    columns = (decision.c.id, decision.c.item_id, decision.c.choice, decision.c.by)
    rows = connection.execute(select(*columns).where(decision.c.id.in_(newest.group_by(decision.c.item_id))))
    return {row.item_id: row for row in rows}


class _Marks:
    """Finds in a text the words that were looked for."""

    def __init__(self, forms: frozenset[str], prefixes: tuple[str, ...]) -> None:
        self._forms, self._prefixes = forms, prefixes

    def spans(self, text: str) -> list[tuple[int, int]]:
        if not self._forms and not self._prefixes:
            return []
        return [found.span() for found in _WORD.finditer(folded(text)) if self._is_wanted(found[0])]

    def _is_wanted(self, word: str) -> bool:
        return word in self._forms or word.startswith(self._prefixes or ("\0",))


_WORD = re.compile(r"\w+")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]")


def _hit(row: AnyRow, standing: AnyRow | None, marks: _Marks) -> Hit:
    platform = Platform(row.platform)
    line = _BLANK.sub(" ", row.text)
    spans = marks.spans(line)
    first = spans[0][0] if spans else 0
    start = first - _LEAD if first > EXCERPT_LENGTH - _LEAD else 0
    end = start + EXCERPT_LENGTH
    return Hit(
        message=row.id,
        key=MessageKey(platform, row.community, row.message),
        community=Community(CommunityKey(platform, row.community), row.community_name),
        author=None if row.author is None else AuthorKey(platform, row.author),
        author_name=row.author_name or row.author or "",
        date=row.date,
        excerpt=line[start:end],
        spans=tuple((from_ - start, min(to, end) - start) for from_, to in spans if start <= from_ < end),
        text=row.text[:_TEXT_LENGTH],
        edited=row.edited is not None,
        deleted=row.deleted,
        flagged=row.flagged,
        item=row.item_id,
        is_open=row.state == OPEN,
        decision=None if standing is None else standing.id,
        choice=None if standing is None else Choice(standing.choice),
        by="" if standing is None else standing.by,
    )
