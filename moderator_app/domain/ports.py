"""The protocols through which the console meets the world."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from moderator_app.domain.accounts import QrShown, SignInStep
from moderator_app.domain.decision import ActionKind, Order
from moderator_app.domain.donors import DonorReading
from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.message import Author, AuthorKey, Community, CommunityKey, Join, Message, MessageKey
from moderator_app.domain.profile import Profile
from moderator_app.domain.rights import Obstacles


@dataclass(frozen=True, slots=True)
class Removal:
    """A message that is gone from its platform; `by` and `at` where the platform tells them."""

    key: MessageKey
    by: Author | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Penalty:
    """What another moderator did to a member: `kind` is BAN, KICK, MUTE or what takes these back."""

    community: CommunityKey
    author: AuthorKey
    kind: ActionKind
    by: Author | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Peer:
    """What an account must show to address somebody again: access hashes are of no use to another account.

    `kind` is the platform's word: user, channel, chat; `id` is bare.
    """

    kind: str
    id: str
    access_hash: int
    username: str = ""


@dataclass(frozen=True, slots=True)
class Renumbering:
    """That the community `former` is `now` another one, in which messages get numbers anew.

    The ids of those that are stored get `mark` and a colon before them.
    """

    former: CommunityKey
    now: Community
    mark: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a source hands over at once; `cursor` is stored with all of it, so that a restart goes on there."""

    messages: tuple[Message, ...] = ()
    joins: tuple[Join, ...] = ()
    communities: tuple[Community, ...] = ()
    cursor: str = ""
    removals: tuple[Removal, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    peers: tuple[Peer, ...] = ()
    renumberings: tuple[Renumbering, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored message that is not known to be gone, in brief."""

    message: str
    edited: datetime | None
    text: str = ""
    thread: str = ""


class Archive(Protocol):
    """What is stored of a source's past, for the source to compare with what it finds."""

    async def kept(self, community: CommunityKey, since: datetime, most: int) -> tuple[Kept, ...]:
        """The messages of a community written after `since`, at most the newest so many, and all that wait in the
        queue."""

    async def peers(self, source: str) -> tuple[Peer, ...]:
        """All that was delivered by the source of this name."""

    async def numbered_by(self, community: CommunityKey) -> str:
        """The source whose numbers the messages of a community bear, where each account has others; "" for nobody."""

    async def take_over(self, community: CommunityKey, source: str, former: str) -> bool:
        """Have the numbers be those of `source` from now on, instead of `former`; False when somebody was faster."""

    async def read_by_others(self, community: CommunityKey) -> datetime | None:
        """Until when all was read by sources that number messages otherwise."""

    async def thread(self, key: MessageKey) -> str:
        """`Message.thread` of a stored message, "" where it has none or is not stored."""

    async def by_author(
        self, community: CommunityKey, author: AuthorKey, since: datetime | None
    ) -> tuple[MessageKey, ...]:
        """What somebody wrote there after `since` and is not known to be gone, oldest first."""


class SightingState(StrEnum):
    PRESENT = "present"
    GONE = "gone"
    # The platform does not let this account read it.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A message as its platform shows it now."""

    state: SightingState
    text: str = ""
    edited: datetime | None = None


class SourceState(StrEnum):
    CONNECTING = "connecting"
    CATCHING_UP = "catching_up"
    CONNECTED = "connected"
    WAITING = "waiting"
    SIGNED_OUT = "signed_out"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """`detail` is a text id of `moderator_app.language` with its `parameters`, or empty.

    `count` is how many messages are still to be read while catching up, `until` is when waiting ends.
    """

    source: str
    state: SourceState
    detail: str = ""
    count: int = 0
    until: datetime | None = None
    parameters: tuple[tuple[str, str | int | float], ...] = ()


# Where a source says how it is; called in the event loop's thread.
Report = Callable[[SourceStatus], None]


class Source(Protocol):
    """A platform account that delivers messages and carries out actions."""

    @property
    def name(self) -> str:
        """The platform, and behind a colon what tells its accounts apart: `telegram:4711`.

        Stable between starts: cursors are kept under it.
        """

    @property
    def communities(self) -> frozenset[CommunityKey]:
        """The communities in which this source can act."""

    @property
    def kinds(self) -> frozenset[ActionKind]:
        """The actions that this source can carry out."""

    def rights(self, community: CommunityKey) -> frozenset[ActionKind]:
        """Those of `kinds` that the account may do in a community, as far as that is known; asked again and again."""

    def messages(self, cursor: str) -> AsyncIterator[Delivery]:
        """Deliver what is new after `cursor` ("" at the first start) until cancelled.

        May raise TryLater, SignInNeeded and Refused. Called again after TryLater, after a new sign-in, and after a
        fault of the program.
        """

    async def look(self, key: MessageKey) -> Sighting:
        """Read the message again. Raises TryLater, Refused, SignInNeeded."""

    async def perform(self, order: Order) -> None:
        """Return once the platform confirmed; "already so" counts. Raises TryLater, Refused, SignInNeeded.

        Called again with the same order when an answer was lost: must have its effect once.
        """


# As many as Telegram takes.
MOST_TOGETHER = 100


@runtime_checkable
class BulkSource(Protocol):
    """A source that can also look at, and delete, up to MOST_TOGETHER messages of one community in one request."""

    def goes_along(self, message: str) -> str | None:
        """How the ids of those begin that one request deletes along with this message; None: it goes alone."""

    async def look_many(self, keys: Sequence[MessageKey]) -> Sequence[Sighting]:
        """As `look`, in the order of `keys`."""

    async def delete_many(self, orders: Sequence[Order]) -> Sequence[ModeratorError | None]:
        """As `perform`, in the order of `orders`: None where it is done, else why that one message is not.

        Raises what `perform` raises where it concerns all of them.
        """


@runtime_checkable
class PlacedSource(Protocol):
    """A source whose rights depend on where in a community a message stands.

    That is told by the letters that its id begins with: none for comments on a post, `chat` for a chat.
    """

    @property
    def places(self) -> Sequence[str]: ...

    def obstacles_at(self, community: CommunityKey, place: str) -> Obstacles:
        """What cannot be done at one of the places, and why, as far as that is known; asked again and again."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a platform asks a human before it carries out more; `text_id` and `parameters` make its sentence.

    It is answered on the page `address`, in a browser, or by what the `picture` at that address shows.
    """

    text_id: str
    parameters: tuple[tuple[str, str | int | float], ...] = ()
    address: str = field(default="", repr=False)
    picture: str = field(default="", repr=False)


@runtime_checkable
class AskingSource(Protocol):
    """A source whose platform may ask a human something; `perform` then raises AnswerNeeded."""

    @property
    def name(self) -> str: ...

    @property
    def communities(self) -> frozenset[CommunityKey]: ...

    @property
    def question(self) -> Question | None:
        """The open one."""

    async def picture(self) -> bytes | None:
        """The picture of the open question. Raises TryLater."""

    def answer(self, text: str) -> None:
        """The human has answered: what was stopped may be tried again."""


@runtime_checkable
class DonorSource(Protocol):
    """A source that can tell who runs communities of others."""

    @property
    def communities(self) -> frozenset[CommunityKey]: ...

    async def donor_contacts(self, community: CommunityKey, donors: Sequence[str]) -> DonorReading:
        """The public contacts of `donors`, named as on the admins' list, and their managers where the account may see
        them; with how each stands to `community`. Raises TryLater, Refused, SignInNeeded."""


@runtime_checkable
class MediaSource(Protocol):
    """A source that can show what messages carry."""

    async def thumbnail(self, key: MessageKey, index: int) -> bytes | None:
        """A small JPEG of the attachment at `index` of a message; None where there is none.

        Nothing else is fetched. Raises TryLater, Refused, SignInNeeded.
        """


@runtime_checkable
class ProfileSource(Protocol):
    """A source that can tell of those who write."""

    async def profile(self, key: MessageKey, author: AuthorKey) -> Profile:
        """What the platform shows the account of the author of a message. Raises TryLater, Refused, SignInNeeded."""


class SignIn(Protocol):
    """One sign-in of one account, step by step, until SignedIn is returned.

    Every step raises TryLater, Refused and SignInNeeded, and may then be tried again: a wrong code or password leaves
    the sign-in where it was.
    """

    async def show_qr(self) -> SignInStep:
        """A QR code for an application in which the account is signed in already."""

    async def after_qr(self, shown: QrShown) -> SignInStep:
        """Wait until it was scanned, or until shortly before it expires: then another QrShown is returned."""

    async def send_code(self, phone: str) -> SignInStep: ...

    async def resend_code(self) -> SignInStep:
        """Send another code, by the next way."""

    async def give_code(self, code: str) -> SignInStep: ...

    async def give_password(self, password: str) -> SignInStep: ...

    async def close(self) -> None:
        """Give the sign-in up, or end the connection after it."""
