"""Bans from a community: how one is asked for, whether it stands already, and how many a day are too many."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from moderator_app import json_file
from moderator_app.domain.decision import Order
from moderator_app.domain.errors import Refused, Unreadable
from moderator_app.sources.vk import errors
from moderator_app.sources.vk.fields import number, record, records
from moderator_app.sources.vk.means import Means

# VK's words for the reason of a ban, under its numbers.
REASONS = {"spam": 1, "harassment": 2, "profanity": 3, "irrelevant": 4}
_LONGEST = timedelta(days=365) - timedelta(minutes=1)
# A ban that ends so little earlier is the one that was wanted: an answer was lost.
_LEAST_DIFFERENCE = 600.0
_SHARE = 0.02


class Bans:
    """Counts those of a day in the file `path`; `most_per_day` may change."""

    def __init__(self, path: Path, most_per_day: Callable[[], int]) -> None:
        self._path, self._most = path, most_per_day

    async def take_one(self) -> None:
        """Count one more. Raises TryLater where it would be one too many for today."""
        await asyncio.to_thread(self._take_one)

    @staticmethod
    async def stands(means: Means, group: int, order: Order, until: datetime | None) -> bool:
        """Whether the author is banned already, as long as wanted: then no answer needs to be waited for again."""
        try:
            answer = await means.ask("groups.getBanned", group_id=group, owner_id=int(order.author))
        except Refused:
            # Nobody is banned, or nobody tells.
            return False
        standing = next(records(record(answer).get("items")), None)
        if standing is None:
            return False
        end = number(record(standing.get("ban_info")).get("end_date")) or 0
        if end == 0:
            return True
        if until is None:
            return False
        wanted = min(until, datetime.now(UTC) + _LONGEST).timestamp()
        return end >= wanted - max(_LEAST_DIFFERENCE, _SHARE * (order.length or 0))

    @staticmethod
    def values(group: int, order: Order, until: datetime | None) -> dict[str, Any]:
        """VK bans for a year at most, or for ever."""
        end = None if until is None else int(min(until, datetime.now(UTC) + _LONGEST).timestamp())
        return {
            "group_id": group,
            "owner_id": int(order.author),
            "end_date": end,
            "reason": REASONS.get(order.reason.strip().lower(), 0),
            "comment": order.reason or None,
            "comment_visible": False,
        }

    def _take_one(self) -> None:
        today = datetime.now(UTC).date().isoformat()
        try:
            kept = json_file.read(self._path)
        except Unreadable:
            kept = {}
        count = kept.get("bans", 0) if kept.get("day") == today else 0
        if not isinstance(count, int) or count >= self._most():
            raise errors.wait("vk.ban_cap", _until_midnight(), most=self._most())
        json_file.write(self._path, {"day": today, "bans": count + 1})


def _until_midnight() -> float:
    now = datetime.now(UTC)
    return (datetime.combine(now.date(), datetime.min.time(), UTC) + timedelta(days=1) - now).total_seconds() + 1
