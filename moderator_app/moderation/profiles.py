"""What a platform tells of authors, asked when somebody looks and kept for a while."""

import time
from collections import OrderedDict
from collections.abc import Callable

from moderator_app.domain.message import AuthorKey, CommunityKey, MessageKey
from moderator_app.domain.ports import ProfileSource
from moderator_app.domain.profile import Profile
from moderator_app.moderation.on_demand import OnDemand

FRESH_SECONDS = 15 * 60.0
MOST_KEPT = 500

# When somebody joined is told for each community.
_Place = tuple[CommunityKey, AuthorKey]


class Profiles:
    def __init__(self, on_demand: OnDemand, clock: Callable[[], float] = time.monotonic) -> None:
        self._on_demand, self._clock = on_demand, clock
        self._kept: OrderedDict[_Place, tuple[float, Profile | None]] = OrderedDict()

    def kept(self, community: CommunityKey, author: AuthorKey) -> Profile | None:
        """What was told within the last quarter of an hour."""
        until, profile = self._kept.get((community, author), (0.0, None))
        return profile if until > self._clock() else None

    async def profile(self, key: MessageKey, author: AuthorKey) -> Profile | None:
        """What the platform tells of the author of a message; None where it tells nothing.

        Raises TryLater, Refused, SignInNeeded.
        """
        place = key.community_key, author
        until, profile = self._kept.get(place, (0.0, None))
        if until > self._clock():
            return profile
        told = await self._on_demand.ask(
            key.community_key,
            lambda source: source.profile(key, author) if isinstance(source, ProfileSource) else None,
        )
        self._kept[place] = self._clock() + FRESH_SECONDS, told
        self._kept.move_to_end(place)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return told
