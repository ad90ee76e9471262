"""The events of one community, as its long poll numbers and keeps them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

NAMES = frozenset(
    f"{thing}_{what}"
    for thing in ("wall_reply", "photo_comment", "video_comment", "market_comment", "board_post")
    for what in ("new", "edit", "delete", "restore")
) | {
    "message_new", "message_reply", "message_edit", "message_allow", "message_deny", "message_event",
    "message_typing_state", "message_read", "wall_post_new", "wall_repost", "group_join", "group_leave", "user_block",
    "user_unblock", "group_officers_edit", "group_change_settings", "group_change_photo", "photo_new", "audio_new",
    "video_new", "poll_vote_new", "like_add", "like_remove",
}  # fmt: skip
"""What can be switched on in a community's settings."""


@dataclass(eq=False)
class EventLog:
    """`next` is the ts of somebody who has seen everything; for `kept_for` seconds an event can be asked for."""

    next: int = 1
    kept_for: float = float("inf")
    kept: list[tuple[int, float, Any]] = field(default_factory=list)
    """Number, time and event."""
    held: list[tuple[float, Any]] = field(default_factory=list)
    """Those that come after the next one."""

    def add(self, event: Any, now: float, *, late: bool = False) -> None:
        if late:
            self.held.append((now, event))
            return
        self._number(event, now)
        self.release()

    def release(self) -> None:
        """What was held back comes now."""
        for now, event in self.held:
            self._number(event, now)
        self.held.clear()

    def since(self, ts: int, now: float) -> list[Any] | None:
        """None when not everything from `ts` on is known any more, or `ts` is not reached yet."""
        self.kept = [each for each in self.kept if now - each[1] <= self.kept_for]
        oldest = self.kept[0][0] if self.kept else self.next
        if not oldest <= ts <= self.next:
            return None
        return [event for number, _, event in self.kept if number >= ts]

    def forget(self) -> None:
        """Events that were not asked for yet are lost."""
        self.next += len(self.held)
        self.kept.clear()
        self.held.clear()

    def _number(self, event: Any, now: float) -> None:
        self.kept.append((self.next, now, event))
        self.next += 1


def enveloped(kind: str, content: Any, community: int, version: str) -> dict[str, Any]:
    """As the long poll gives it; `event_id` is the same however often it is given."""
    event_id = secrets.token_hex(20)
    return {"type": kind, "object": content, "group_id": community, "event_id": event_id, "v": version}
