"""Under which ids lists know those who write: channels and communities with a minus, whatever form a source gave."""

from moderator_app.domain.ids import Platform, bare, signed
from moderator_app.domain.message import AuthorKey, Message


def listed(key: AuthorKey) -> str:
    """The id of an entry of a list that may name persons, channels and bots; the name of a bot without its @."""
    if key.author.startswith("-"):
        return signed(key.author, key.platform)
    return bot_name(key.author)


def channel(id: str, platform: Platform) -> str:
    """The id of what is known to be a channel or community, whether it came with a minus, with -100 or bare."""
    return "-" + bare(id, platform)


def channel_of(message: Message) -> str:
    """The channel or community in whose name `message` was written; empty for a person's."""
    platform = message.key.platform
    if message.sender_chat:
        return channel(message.sender_chat, platform)
    author = message.author
    if author is None or not author.key.author.startswith("-"):
        return ""
    return channel(author.key.author, platform)


def bot_name(name: str) -> str:
    """A user name, or an id, as lists hold it."""
    return name.removeprefix("@").lower()
