"""Keeps what the accounts may do in each community where every process of the profile can read it."""

import asyncio
import logging
from collections.abc import Callable, Sequence

from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.message import CommunityKey
from moderator_app.domain.ports import PlacedSource, Source
from moderator_app.domain.rights import PlacedObstacles, obstacles
from moderator_app.moderation.changes import Changes
from moderator_app.storage import rights
from moderator_app.storage.database import Database

log = logging.getLogger(__name__)

# Sources know their rights; asking costs next to nothing.
INTERVAL_SECONDS = 1.0


class RightsKeeping:
    """Works in the one process that holds the profile's sources."""

    def __init__(self, database: Database, changes: Changes) -> None:
        self._database = database
        self._changes = changes
        self._kept: dict[CommunityKey, PlacedObstacles] = {}

    async def watch(self, sources: Callable[[], Sequence[Source]]) -> None:
        """Keep what changes, for ever."""
        while True:
            try:
                await self.keep(sources())
            except ModeratorError as error:
                log.warning("rights not kept: %s", error)
            await asyncio.sleep(INTERVAL_SECONDS)

    async def keep(self, sources: Sequence[Source]) -> None:
        """Keep what is known now. A community of which nothing is stored yet is taken up when there is."""
        places = {place for source in sources for place in source.communities}
        found = {place: _obstacles(sources, place) for place in places}
        changed = {place: known for place, known in found.items() if self._kept.get(place) != known}
        if changed:
            stored = await self._database.write(rights.keep, changed)
            self._kept |= {place: changed[place] for place in stored}
            self._changes.wake()


def _obstacles(sources: Sequence[Source], community: CommunityKey) -> PlacedObstacles:
    here = [each for each in sources if community in each.communities]
    placed = next((each for each in here if isinstance(each, PlacedSource)), None)
    if placed is not None:
        return {place: placed.obstacles_at(community, place) for place in placed.places}
    return {"": obstacles((each.kinds, each.rights(community)) for each in here)}
