"""Donor communities: whose contacts and managers an admin bans before they come over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from moderator_app.domain.decision import ActionState, Note
from moderator_app.domain.message import Author, Community, CommunityKey, Platform


class DonorRole(StrEnum):
    """What somebody is in a donor community; a contact is named on its page, and need not manage it."""

    CONTACT = "contact"
    MODERATOR = "moderator"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"
    CREATOR = "creator"
    ADVERTISER = "advertiser"


class Standing(StrEnum):
    """How somebody stands to an own community: nothing known, one of its managers, banned, without an account now."""

    FREE = "free"
    OWN = "own"
    BANNED = "banned"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody in a donor community. `donor` is the entry it was asked by, `note` what its page says of the person.

    An action about a person, of whom no message is known, goes to the source under the message id `stand_in`.
    """

    author: Author
    stand_in: str
    donor: str
    donor_name: str
    role: DonorRole
    note: str = ""
    standing: Standing = Standing.FREE


@dataclass(frozen=True, slots=True)
class DonorReading:
    """What a platform tells of donors. `unread` are those that it does not know."""

    contacts: tuple[Contact, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person to be banned in `community`, with every place where it was met.

    `action` is where the newest ban asked for here stands, None where there is none, or it was taken back; `why` says
    what holds it up.
    """

    community: Community
    author: Author
    contacts: tuple[Contact, ...]
    action: ActionState | None = None
    why: Note | None = None

    @property
    def standing(self) -> Standing:
        return self.contacts[0].standing

    @property
    def can_be_banned(self) -> bool:
        """Neither exempt nor banned, nor about to be."""
        asked = self.action not in (None, ActionState.FAILED, ActionState.CANCELLED)
        return self.standing is Standing.FREE and not asked


@dataclass(frozen=True, slots=True)
class Read:
    """When the donors of a community were read, and which of them the platform does not know."""

    community: Community
    at: datetime
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidates:
    listed: tuple[Candidate, ...]
    read: tuple[Read, ...]


def donors_of(entries: Iterable[str], community: CommunityKey) -> tuple[str, ...]:
    """The names of the donors that are listed for a community: those of all, and those of its own."""
    if community.platform is not Platform.VK:
        return ()
    found = dict.fromkeys(name for name, _equals, own in map(_parts, entries) if own in ("", community.community))
    return tuple(sorted(found))


def _parts(entry: str) -> tuple[str, str, str]:
    return entry.partition("=")
