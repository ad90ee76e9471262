"""The addresses under which a platform's own app shows a message."""

import re

from moderator_app.domain.message import Message, MessageKey, Platform

# As VK's ids of comments are written: the kind of thing, its number, the comment.
_THING = re.compile(r"(photo|video|market|topic|chat)([0-9]+)_([0-9]+)", re.ASCII)


def address_of(message: Message) -> str | None:
    """Where the message can be seen; None where no address leads to it."""
    key = message.key
    return _telegram(key) if key.platform is Platform.TELEGRAM else _vk(key, message.thread)


def _telegram(key: MessageKey) -> str | None:
    # What was written in a basic group has a number of the account's own.
    if not key.message.isdecimal() or not key.community.isdecimal():
        return None
    return f"https://t.me/c/{key.community}/{key.message}"


def _vk(key: MessageKey, thread: str) -> str | None:
    group = key.community
    if key.message.isdecimal():
        # Comments are numbered along with the posts of the wall.
        post = f"{thread}?reply={key.message}" if thread.isdecimal() else key.message
        return f"https://vk.com/wall-{group}_{post}"
    found = _THING.fullmatch(key.message)
    if found is None:
        return None
    kind, thing, comment = found.groups()
    match kind:
        case "topic":
            return f"https://vk.com/topic-{group}_{thing}?post={comment}"
        case "chat":
            return f"https://vk.com/gim{group}?sel=c{thing}"
        case "market":
            return f"https://vk.com/market-{group}?w=product-{group}_{thing}"
    return f"https://vk.com/{kind}-{group}_{thing}?reply={comment}"
