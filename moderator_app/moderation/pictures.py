"""Small pictures of what messages carry, from whichever account holds the community."""

from moderator_app.domain.message import MessageKey
from moderator_app.domain.ports import MediaSource
from moderator_app.moderation.on_demand import OnDemand


class Pictures:
    def __init__(self, on_demand: OnDemand) -> None:
        self._on_demand = on_demand

    async def thumbnail(self, key: MessageKey, index: int) -> bytes | None:
        """A picture of the attachment at `index`, as a file's contents; None where there is none.

        Nobody vouches for what is in it. Raises TryLater, Refused, SignInNeeded.
        """
        return await self._on_demand.ask(
            key.community_key,
            lambda source: source.thumbnail(key, index) if isinstance(source, MediaSource) else None,
        )
