"""Recognises the posts of channels, under which comments stand."""

from moderator_app.domain.lists import Lists
from moderator_app.domain.message import Message
from moderator_app.judging.identities import channel, channel_of


class Posts:
    """Telegram forwards the posts of a linked channel into the group, where comments answer them."""

    def __init__(self, lists: Lists) -> None:
        self._linked = {(key.platform, channel(key.author, key.platform)) for key in lists.linked_channels}

    def is_post(self, message: Message) -> bool:
        """Whether it was written by a linked channel or the community itself, or forwarded by its own author."""
        author = message.author
        if not message.sender_chat and (author is None or not author.key.author.startswith("-")):
            return False
        written_by, platform = channel_of(message), message.key.platform
        if (platform, written_by) in self._linked or written_by[1:] == message.key.community:
            return True
        forward = message.forward
        if forward is None:
            return False
        if forward.origin:
            return channel(forward.origin, platform) == written_by
        return author is not None and bool(author.name) and forward.name == author.name
