"""How far a community's events were delivered, as it is stored with every delivery."""

import json
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Self

# Of another layout a cursor tells nothing: reading begins as at the first time, and known messages add nothing.
_LAYOUT = 1

# VK repeats events after a lost connection, and tells of a deletion before what was deleted.
MOST_SEEN = 1000
MOST_GONE = 500
# Named when a period is lost.
MOST_THREADS = 20
_MARK = 12


@dataclass(frozen=True, slots=True)
class Gap:
    """A time of which events may be missing."""

    since: datetime
    until: datetime


class Recent:
    """The newest of what was added, each once."""

    def __init__(self, most: int, kept: Iterable[str] = ()) -> None:
        self._most = most
        self._kept: OrderedDict[str, None] = OrderedDict.fromkeys(kept)

    def __contains__(self, one: str) -> bool:
        return one in self._kept

    def add(self, one: str) -> None:
        self._kept[one] = None
        self._kept.move_to_end(one)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def drop(self, one: str) -> None:
        self._kept.pop(one, None)

    def all(self) -> list[str]:
        return list(self._kept)


@dataclass(slots=True)
class Progress:
    """Of the community `group`, 0 before it is known.

    `ts` is where the next poll begins, "" at first. `at`: everything until then was delivered, but for `gap`.

    `seen` are marks of events, `gone` ids of messages whose deletion came, `threads` those written in of late.
    """

    group: int = 0
    ts: str = ""
    at: datetime | None = None
    gap: Gap | None = None
    seen: Recent = field(default_factory=lambda: Recent(MOST_SEEN))
    gone: Recent = field(default_factory=lambda: Recent(MOST_GONE))
    threads: Recent = field(default_factory=lambda: Recent(MOST_THREADS))

    @classmethod
    def load(cls, cursor: str) -> Self:
        """What `dump` wrote; nothing for any other text."""
        try:
            found: Any = json.loads(cursor) if cursor else {}
        except ValueError:
            return cls()
        if not isinstance(found, dict) or found.get("layout") != _LAYOUT:
            return cls()
        gap = found.get("gap")
        return cls(
            found.get("group", 0),
            str(found.get("ts", "")),
            _moment(found.get("at")),
            Gap(datetime.fromtimestamp(gap[0], UTC), datetime.fromtimestamp(gap[1], UTC)) if gap else None,
            Recent(MOST_SEEN, found.get("seen", ())),
            Recent(MOST_GONE, found.get("gone", ())),
            Recent(MOST_THREADS, found.get("threads", ())),
        )

    def of(self, group: int) -> Self:
        """What is known of this community: nothing, if it was another one's."""
        if self.group not in (0, group):
            return type(self)(group)
        self.group = group
        return self

    def dump(self) -> str:
        written = {
            "layout": _LAYOUT,
            "group": self.group,
            "ts": self.ts,
            "at": None if self.at is None else round(self.at.timestamp()),
            "gap": None if self.gap is None else [round(self.gap.since.timestamp()), round(self.gap.until.timestamp())],
            "seen": self.seen.all(),
            "gone": self.gone.all(),
            "threads": self.threads.all(),
        }
        return json.dumps(written, separators=(",", ":"))

    def is_news(self, event_id: str) -> bool:
        """Whether an event was never met before; from now on it was."""
        if not event_id:
            return True
        mark = sha256(event_id.encode()).hexdigest()[:_MARK]
        if mark in self.seen:
            return False
        self.seen.add(mark)
        return True

    def lose(self, until: datetime) -> None:
        """Events since `at` may be missing; before the first delivery there is nothing to miss."""
        since = self.gap.since if self.gap is not None else self.at
        if since is not None:
            self.gap = Gap(since, until)


def _moment(seconds: object) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None
