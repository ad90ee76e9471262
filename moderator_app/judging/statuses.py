"""What admins decided about channels."""

from moderator_app.domain.ids import Platform
from moderator_app.domain.lists import ChannelStatus, Lists
from moderator_app.judging.identities import channel


class Statuses:
    """Linked channels are allowed; one that nobody has listed is pending."""

    def __init__(self, lists: Lists) -> None:
        self._statuses = {
            **{(key.platform, channel(key.author, key.platform)): status for key, status in lists.channels.items()},
            **{
                (key.platform, channel(key.author, key.platform)): ChannelStatus.ALLOWED
                for key in lists.linked_channels
            },
        }

    def of(self, channel: str, platform: Platform) -> ChannelStatus:
        """`channel` is an id with its minus."""
        return self._statuses.get((platform, channel), ChannelStatus.PENDING)
