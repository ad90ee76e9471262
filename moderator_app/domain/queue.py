"""What the review queue shows: rows, the card of one item, its conversation and its author."""

from dataclasses import dataclass
from datetime import datetime

from moderator_app.domain.ai import Check
from moderator_app.domain.decision import Choice, Note
from moderator_app.domain.message import Author, Community, Message, MessageKey
from moderator_app.domain.rights import Obstacles
from moderator_app.domain.verdict import Finding, Verdict


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One undecided item as a line of the list.

    `excerpt` is the beginning of the text on one line; `spans` mark the evidence inside it. `rules` are the ids of
    the rules that spoke, strongest first. `count` is the number of messages the item stands for. `failure` says why
    the last decision on it could not be carried out. `can_act` is False where no action can be, because the chat
    came from a file. Rows stand in ascending order of (`rank`, `item`). Of a `campaign`, which near-equal messages
    share, the queue shows one row. `album` is the number of messages that were sent as one with it, itself
    included; the excerpt is the caption. `profane` are those of the `spans` that hold profanity. `entered` is the
    revision at which that row entered the queue.
    """

    item: int
    rank: float
    key: MessageKey
    community_name: str
    author_name: str
    excerpt: str
    spans: tuple[tuple[int, int], ...]
    rules: tuple[str, ...]
    score: float
    suggested: Choice
    posted: datetime
    count: int = 1
    failure: Note | None = None
    can_act: bool = True
    campaign: int | None = None
    entered: int = 0
    album: int = 1
    second_opinion: bool = False
    profane: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Opinion:
    """A second opinion that somebody wants."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Closed:
    """An item that has left the queue: by a decision, and whose that was, or because of what its `note` says."""

    item: int
    choice: Choice | None = None
    by: str = ""
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One undecided item in full, as commands and exports give it.

    `items` are those that it stands for, itself first; so many `communities` and `authors` have a part in them.
    """

    row: QueueRow
    author: str
    text: str
    findings: tuple[Finding, ...]
    items: tuple[int, ...]
    communities: int = 1
    authors: int = 1


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A stretch of the queue in its order.

    `after` continues it, None at its end. What enters the queue later than `revision` is newer than this page.
    """

    rows: tuple[QueueRow, ...]
    after: tuple[float, int] | None
    revision: int


@dataclass(frozen=True, slots=True)
class CommunityQueue:
    """How many open items wait in a community."""

    community: Community
    waiting: int


@dataclass(frozen=True, slots=True)
class Reopened:
    """An earlier decision on an item that came back because its text changed."""

    choice: Choice
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Variant:
    """A near-equal message, briefly: `excerpt` is the beginning of its text on one line."""

    item: int
    community: Community
    author_name: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Campaign:
    """The near-equal messages to which an item belongs, as far as they are open.

    `others` are the first few besides the item. `decided` says what was decided about how many before.
    """

    messages: int
    authors: int
    communities: int
    others: tuple[Variant, ...] = ()
    decided: tuple[tuple[Choice, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """Everything about one item. `contributions` follow `verdict.findings` and add up to `verdict.score`.

    `can_act` as in a row; `obstacles` are what cannot be done in its community. `campaign` is None for a message that
    is like no other. `album` are the other messages that were sent as one with it. `ai` is
    None where nobody asked.
    """

    item: int
    message: Message
    community: Community
    verdict: Verdict
    contributions: tuple[float, ...]
    suggested: Choice
    can_act: bool
    reopened: Reopened | None = None
    campaign: Campaign | None = None
    obstacles: Obstacles = ()
    ai: Check | None = None
    album: tuple[Message, ...] = ()
    opinion: Opinion | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """The messages around one message of the same community, oldest first, and what it answers."""

    before: tuple[Message, ...]
    after: tuple[Message, ...]
    replied: Message | None = None


@dataclass(frozen=True, slots=True)
class AuthorPlace:
    """A community in which an author writes, with the violations that moderators have confirmed there."""

    community: Community
    messages: int
    violations: int = 0


@dataclass(frozen=True, slots=True)
class PastDecision:
    """A standing decision on a message of an author; `excerpt` is the beginning of its text on one line."""

    choice: Choice
    by: str
    at: datetime
    community: Community
    excerpt: str


@dataclass(frozen=True, slots=True)
class Said:
    """A message of an author, briefly."""

    community: Community
    date: datetime
    excerpt: str
    flagged: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class AuthorNote:
    """What a moderator wrote down about an author."""

    id: int
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AuthorRecord:
    """An author's history over all communities of the same platform.

    `decided` counts reviewed messages, `confirmed` those found to break the rules: the share rejected is
    confirmed / decided. `listed` is "whitelist", "blacklist" or empty. `places` begin with the one of most messages,
    `decisions`, `latest` and `notes` with the newest; of these there are the first few.
    """

    author: Author
    first_seen: datetime | None
    joined: datetime | None
    messages: int
    flagged: int
    decided: int
    confirmed: int
    listed: str = ""
    places: tuple[AuthorPlace, ...] = ()
    decisions: tuple[PastDecision, ...] = ()
    latest: tuple[Said, ...] = ()
    notes: tuple[AuthorNote, ...] = ()
