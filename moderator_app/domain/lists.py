"""The lists that admins keep: trusted and banned authors, stop words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from moderator_app.domain.message import AuthorKey, CommunityKey
from moderator_app.domain.verdict import Label


class ListKind(StrEnum):
    """`managers`, `linked_channels` are free of judgement; `domains`, `bots` and `mixed_words` free of one check.

    With `report_words` members report a message to which they answer. `donors` are communities of others.
    """

    WHITELIST = "whitelist"
    BLACKLIST = "blacklist"
    STOP_WORDS = "stop_words"
    MANAGERS = "managers"
    LINKED_CHANNELS = "linked_channels"
    CHANNELS = "channels"
    DOMAINS = "domains"
    BOTS = "bots"
    MIXED_WORDS = "mixed_words"
    REPORT_WORDS = "report_words"
    DONORS = "donors"


class ChannelStatus(StrEnum):
    """What is known of a channel in whose name somebody writes; one that nobody has listed is pending."""

    ALLOWED = "allowed"
    PENDING = "pending"
    SUSPICIOUS = "suspicious"
    BLOCKED = "blocked"


class WordKind(StrEnum):
    """How a stop word matches: a whole word in every Russian inflection, anywhere, the whole message, a pattern."""

    WORD = "word"
    SUBSTRING = "substring"
    EXACT = "exact"
    PATTERN = "pattern"


_KINDS = frozenset(kind.value for kind in WordKind)


@dataclass(frozen=True, slots=True)
class StopWord:
    """`community` None applies everywhere. `label` is what a hit counts as."""

    text: str
    kind: WordKind = WordKind.WORD
    label: Label = Label.LIST
    community: CommunityKey | None = None

    def __str__(self) -> str:
        """As it is written in one line: `казино`, `substring:казин`."""
        bare = self.kind is WordKind.WORD and StopWord.parse(self.text).text == self.text
        return self.text if bare else f"{self.kind}:{self.text}"

    @classmethod
    def parse(cls, text: str) -> "StopWord":
        """The counterpart of `str`; label and community are not written there. `Substring:` is known, too.

        The text is empty where nothing follows the kind.
        """
        written, colon, rest = text.partition(":")
        kind = written.lower()
        return cls(rest.strip(), WordKind(kind)) if colon and kind in _KINDS else cls(text)


USUAL_REPORT_WORDS = frozenset({"report", "spam", "репорт", "спам", "спамер", "спамеры", "жалоба", "скам", "scam"})


@dataclass(frozen=True, slots=True)
class Lists:
    """`linked_channels` and `channels` are known as authors are: by an id with a minus.

    `domains` are bare (`example.org` covers what stands below it), `bots` user names without @, both in lower case;
    `mixed_words` and `report_words` are written as `fold` leaves them in `plain`. `donors` are short names on VK,
    with `=ID` behind them where they are for one community only.
    """

    whitelist: frozenset[AuthorKey] = frozenset()
    blacklist: frozenset[AuthorKey] = frozenset()
    stop_words: tuple[StopWord, ...] = ()
    managers: frozenset[AuthorKey] = frozenset()
    linked_channels: frozenset[AuthorKey] = frozenset()
    channels: Mapping[AuthorKey, ChannelStatus] = field(default_factory=dict)
    domains: frozenset[str] = frozenset()
    bots: frozenset[str] = frozenset()
    mixed_words: frozenset[str] = frozenset()
    report_words: frozenset[str] = USUAL_REPORT_WORDS
    donors: frozenset[str] = frozenset()
