"""What is searched for, as people write it: words, phrases and `field:value`, in English and Russian."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from moderator_app.domain.decision import Choice
from moderator_app.domain.errors import Refused
from moderator_app.domain.message import AuthorKey, Community, MessageKey, Platform
from moderator_app.domain.rules import RULES
from moderator_app.domain.verdict import Label


class Field(StrEnum):
    AUTHOR = "author"
    COMMUNITY = "community"
    SOURCE = "source"
    RULE = "rule"
    LABEL = "label"
    IS = "is"
    HAS = "has"
    BEFORE = "before"
    AFTER = "after"
    DECISION = "decision"
    BY = "by"
    REASON = "reason"


RUSSIAN_FIELDS = {
    "автор": Field.AUTHOR,
    "чат": Field.COMMUNITY,
    "сообщество": Field.COMMUNITY,
    "источник": Field.SOURCE,
    "правило": Field.RULE,
    "метка": Field.LABEL,
    "это": Field.IS,
    "есть": Field.HAS,
    "до": Field.BEFORE,
    "после": Field.AFTER,
    "решение": Field.DECISION,
    "кем": Field.BY,
    "причина": Field.REASON,
}
FIELDS: Mapping[str, Field] = {**{each.value: each for each in Field}, **RUSSIAN_FIELDS}

SOURCES: Mapping[str, str] = {
    "telegram": Platform.TELEGRAM,
    "tg": Platform.TELEGRAM,
    "телеграм": Platform.TELEGRAM,
    "тг": Platform.TELEGRAM,
    "vk": Platform.VK,
    "вк": Platform.VK,
}


class State(StrEnum):
    """What a message can be."""

    OPEN = "open"
    DECIDED = "decided"
    FLAGGED = "flagged"
    DELETED = "deleted"
    EDITED = "edited"


class Part(StrEnum):
    """What a message can have."""

    MEDIA = "media"
    LINK = "link"
    REPLY = "reply"
    FORWARD = "forward"


STATES: Mapping[str, str] = {each.value: each.value for each in State} | {
    "ждет": State.OPEN,
    "решено": State.DECIDED,
    "отмечено": State.FLAGGED,
    "удалено": State.DELETED,
    "изменено": State.EDITED,
}
PARTS: Mapping[str, str] = {each.value: each.value for each in Part} | {
    "медиа": Part.MEDIA,
    "ссылка": Part.LINK,
    "ответ": Part.REPLY,
    "пересылка": Part.FORWARD,
}

# Of fields with closed choices: what may be written, in lower case and without ё, for each value.
Values = Mapping[Field, Mapping[str, str]]
COMMON_VALUES: Values = {
    Field.SOURCE: SOURCES,
    Field.IS: STATES,
    Field.HAS: PARTS,
    Field.LABEL: {each.value: each.value for each in Label},
    Field.DECISION: {each.value: each.value for each in Choice},
    Field.RULE: {rule: rule for rule in RULES},
}

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Words:
    """Words next to each other. Of a single one every form is meant, unless it was written in quotes."""

    words: tuple[str, ...]
    without: bool = False
    exact: bool = False
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """`value` is as written where anything may be, else one of the field's values."""

    field: Field
    value: str
    without: bool = False


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """`after` is the first moment that counts, `before` the first that does not."""

    words: tuple[Words, ...] = ()
    conditions: tuple[Condition, ...] = ()
    after: datetime | None = None
    before: datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.words or self.conditions or self.after or self.before)


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of messages, newest first. `more`: there are others, received earlier. `forms`: the words looked for."""

    messages: tuple[int, ...] = ()
    more: bool = False
    forms: frozenset[str] = field(default_factory=frozenset)
    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that was found, and where it stands. `spans` mark in the excerpt what was looked for; `text` is the
    message, a very long one without its end.

    `item` is None for one that was never in the queue. `choice`, `by` and `decision` are those of the newest decision
    that stands.
    """

    message: int
    key: MessageKey
    community: Community
    author: AuthorKey | None
    author_name: str
    date: datetime
    excerpt: str
    spans: tuple[tuple[int, int], ...]
    text: str
    edited: bool
    deleted: bool
    flagged: bool
    item: int | None = None
    is_open: bool = False
    decision: int | None = None
    choice: Choice | None = None
    by: str = ""


_TOKEN = re.compile(r'(?P<without>-?)(?:(?P<field>\w+):)?(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]*))', re.UNICODE)
_WORD = re.compile(r"\w+", re.UNICODE)


def folded(text: str) -> str:
    """As words are compared: in lower case, ё as е. The length stays."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in text).replace("ё", "е")


def words_of(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(folded(text)))


def parse(text: str, values: Values = COMMON_VALUES, now: datetime | None = None) -> SearchQuery:
    """The query. Raises Refused for an unknown value, a date that is none, and a query with nothing in it."""
    moment = (now or datetime.now(UTC)).astimezone()
    words: list[Words] = []
    conditions: list[Condition] = []
    bounds: dict[Field, datetime] = {}
    for without, name, value, quoted in _tokens(text[:LONGEST]):
        found = FIELDS.get(folded(name)) if name else None
        if found is None:
            # What looks like a field may be an address or a time of day.
            words += _words(f"{name}:{value}" if name else value, without=without, exact=quoted)
        elif not value.strip():
            raise Refused("search.no_value", field=name)
        elif found in (Field.BEFORE, Field.AFTER):
            bounds[found] = _day(name, value, moment)
        else:
            conditions.append(Condition(found, _value(found, name, value, values), without))
    query = SearchQuery(tuple(words), tuple(conditions), bounds.get(Field.AFTER), bounds.get(Field.BEFORE))
    if not query:
        raise Refused("search.nothing")
    return query


def _tokens(text: str) -> Iterator[tuple[bool, str, str, bool]]:
    for found in _TOKEN.finditer(text):
        quoted, bare = found["quoted"], found["bare"]
        if found["field"] or quoted or bare:
            yield bool(found["without"]), found["field"] or "", quoted or bare or "", quoted is not None


def _words(text: str, *, without: bool, exact: bool) -> list[Words]:
    parts = words_of(text)
    return [Words(parts, without, exact, prefix=not exact and text.endswith("*"))] if parts else []


def _value(found: Field, name: str, value: str, values: Values) -> str:
    allowed = values.get(found) or COMMON_VALUES.get(found)
    if allowed is None:
        return value.strip()
    written = folded(value.strip()).replace(" ", "_")
    if written not in allowed:
        raise Refused("search.unknown_value", field=name, value=value)
    return allowed[written]


def _day(name: str, value: str, now: datetime) -> datetime:
    written = folded(value.strip())
    for pattern, day in _DAYS:
        if (match := pattern.fullmatch(written)) is not None:
            try:
                return _midnight(day(match, now.date()))
            except (ValueError, OverflowError, OSError):
                break
    raise Refused("search.no_date", field=name, value=value)


def _midnight(day: date) -> datetime:
    """Where a day begins on this machine's clock."""
    return datetime(day.year, day.month, day.day).astimezone(UTC)


_DAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date]], ...] = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), lambda m, _now: date(int(m[1]), int(m[2]), int(m[3]))),
    (re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})"), lambda m, _now: date(int(m[3]), int(m[2]), int(m[1]))),
    (re.compile(r"(\d{1,5})(?:d|д)"), lambda m, now: now - timedelta(days=int(m[1]))),
    (re.compile(r"today|сегодня"), lambda _m, now: now),
    (re.compile(r"yesterday|вчера"), lambda _m, now: now - timedelta(days=1)),
)
