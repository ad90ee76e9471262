"""The lists that admins keep: trusted and banned authors, stop words."""

from dataclasses import dataclass
from enum import StrEnum

from moderator_app.domain.message import AuthorKey, CommunityKey
from moderator_app.domain.verdict import Label


class ListKind(StrEnum):
    WHITELIST = "whitelist"
    BLACKLIST = "blacklist"
    STOP_WORDS = "stop_words"


class WordKind(StrEnum):
    """How a stop word matches: a whole word in every Russian inflection, anywhere, the whole message, a pattern."""

    WORD = "word"
    SUBSTRING = "substring"
    EXACT = "exact"
    PATTERN = "pattern"


@dataclass(frozen=True, slots=True)
class StopWord:
    """`community` None applies everywhere. `label` is what a hit counts as."""

    text: str
    kind: WordKind = WordKind.WORD
    label: Label = Label.LIST
    community: CommunityKey | None = None


@dataclass(frozen=True, slots=True)
class Lists:
    whitelist: frozenset[AuthorKey] = frozenset()
    blacklist: frozenset[AuthorKey] = frozenset()
    stop_words: tuple[StopWord, ...] = ()
