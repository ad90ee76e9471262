"""Finding one person by what they, or somebody who asks about them, can give: a name, an id, a link."""

import re
from dataclasses import dataclass
from datetime import datetime

from moderator_app.domain.decision import ActionKind
from moderator_app.domain.history import HistoryLine
from moderator_app.domain.ids import Platform, bare
from moderator_app.domain.message import Author, AuthorKey, Community, MessageKey
from moderator_app.domain.verdict import Finding


@dataclass(frozen=True, slots=True)
class PersonReference:
    """What points at a person: a user name, an id, or a message they wrote. `platform` None where it is not said."""

    platform: Platform | None = None
    username: str = ""
    author: str = ""
    message: MessageKey | None = None


def person_reference(text: str) -> PersonReference | None:
    """What `text` points at; None for words to search for."""
    written = _SCHEME.sub("", text.strip())
    for pattern, read in _FORMS:
        if (found := pattern.fullmatch(written)) is not None:
            return read(found)
    return None


def _telegram_message(found: re.Match[str]) -> PersonReference:
    place = bare(found["chat"], Platform.TELEGRAM)
    return PersonReference(Platform.TELEGRAM, message=MessageKey(Platform.TELEGRAM, place, found["message"]))


def _vk_message(found: re.Match[str]) -> PersonReference:
    """Comments on posts are numbered as they are, those elsewhere behind what they stand under."""
    kind = found["kind"]
    number = found["reply"] or found["thing"]
    id = number if kind == "wall" else f"{kind}{found['thing']}_{found['reply'] or 0}"
    return PersonReference(Platform.VK, message=MessageKey(Platform.VK, found["group"], id))


_SCHEME = re.compile(r"\A(?:https?://)?(?:www\.|m\.)?", re.IGNORECASE)
_FLAGS = re.IGNORECASE | re.ASCII
_FORMS = (
    (re.compile(r"t\.me/c/(?P<chat>\d{1,19})(?:/\d+)?/(?P<message>\d+)(?:\?.*)?", _FLAGS), _telegram_message),
    (
        re.compile(
            r"vk\.(?:com|ru)/(?:.*[?&][zw]=)?(?P<kind>wall|photo|video|topic|market)-(?P<group>\d{1,19})_(?P<thing>\d+)"
            r"(?:[?&](?:reply|post)=(?P<reply>\d+))?.*",
            _FLAGS,
        ),
        _vk_message,
    ),
    (
        re.compile(r"(?P<platform>telegram|vk):(?P<id>-?\d{1,19})", _FLAGS),
        lambda found: PersonReference(Platform(found["platform"].lower()), author=found["id"]),
    ),
    (
        re.compile(r"tg://user\?id=(?P<id>\d{1,19})", _FLAGS),
        lambda found: PersonReference(Platform.TELEGRAM, author=found["id"]),
    ),
    (
        re.compile(r"(?:vk\.(?:com|ru)/|@|\[)?id(?P<id>\d{1,19})(?:\|.*)?", _FLAGS),
        lambda found: PersonReference(Platform.VK, author=found["id"]),
    ),
    (
        re.compile(r"(?:vk\.(?:com|ru)/|@|\[)?(?:club|public)(?P<id>\d{1,19})(?:\|.*)?", _FLAGS),
        lambda found: PersonReference(Platform.VK, author=f"-{found['id']}"),
    ),
    (re.compile(r"#?(?P<id>\d{3,19})", _FLAGS), lambda found: PersonReference(author=found["id"])),
    (
        re.compile(r"(?:t\.me/|tg://resolve\?domain=)(?P<name>[a-z]\w{2,63})/?", _FLAGS),
        lambda found: PersonReference(Platform.TELEGRAM, username=found["name"]),
    ),
    (
        re.compile(r"vk\.(?:com|ru)/(?P<name>[a-z][\w.]{2,63})/?", _FLAGS),
        lambda found: PersonReference(Platform.VK, username=found["name"]),
    ),
    (re.compile(r"@(?P<name>[\w.]{2,64})", re.IGNORECASE), lambda found: PersonReference(username=found["name"])),
)


@dataclass(frozen=True, slots=True)
class StandingPenalty:
    """What keeps a person out of a community, or from writing there, by one of this console's decisions.

    `until` is None where it is for ever. `lifting`: the action that takes it back is on its way.
    """

    decision: int
    community: Community
    platform: Platform
    kind: ActionKind
    since: datetime
    until: datetime | None
    lifting: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A decision about one of a person's messages, and what had been found in it."""

    line: HistoryLine
    text: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """What happened between a person and the moderators, newest first. `more`: there are older decisions."""

    author: Author
    first_seen: datetime | None
    messages: int
    waiting: int
    chapters: tuple[Chapter, ...]
    penalties: tuple[StandingPenalty, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """One of those whom a reference may mean."""

    key: AuthorKey
    name: str
    username: str
    messages: int
