"""Lines of the bundled sample chats, whose times are relative.

A line has the fields of a JSON line, but instead of `date`, `edited` and `joined` it carries seconds: `ago`,
`edited_ago` and `joined_ago` before now, or `after`, `edited_after` and `joined_after` after the start. A line
without `id` is a join; `how` is then the platform's word.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from moderator_app.domain.message import AuthorKey, Community, CommunityKey, Join, Message, Platform
from moderator_app.sources.line_fields import community_of, message_of

Line = Mapping[str, Any]
Moment = Callable[[float], datetime]


@dataclass(frozen=True, slots=True)
class Event:
    """What one line tells. An edit is its message once more, with `edited`."""

    community: Community
    what: Message | Join

    @property
    def author(self) -> AuthorKey | None:
        return self.what.author.key if self.what.author else None


def read(file: Path) -> tuple[Line, ...]:
    return tuple(json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())


def due(line: Line) -> float:
    """When the line happens, in its own seconds: for an edit made live, the time of the edit."""
    return float(next(line[name] for name in _DUE if name in line))


def event(line: Line, moment: Moment) -> Event:
    """The line with real dates; `moment` turns its seconds into them."""
    dated = dict(line)
    for name in _DATES.keys() & line.keys():
        dated[_DATES[name]] = moment(line[name]).isoformat()
    community = community_of(dated, _NOWHERE)
    if "id" in line:
        return Event(community, message_of(dated, community.key))
    return Event(community, _join(dated, community.key, moment))


# An edit of the past arrives with its message, an edit made live after it.
_DUE = ("edited_after", "after", "ago", "joined_after", "joined_ago")

_DATES = {
    "ago": "date",
    "after": "date",
    "edited_ago": "edited",
    "edited_after": "edited",
    "joined_ago": "joined",
    "joined_after": "joined",
}

_NOWHERE = Community(CommunityKey(Platform.TELEGRAM, ""))


def _join(line: Line, community: CommunityKey, moment: Moment) -> Join:
    author = message_of({"id": "join", "text": "", **line}, community).author
    if author is None:
        raise ValueError(f"a join without an author: {line}")
    return Join(community, author, moment(due(line)), line["how"])
