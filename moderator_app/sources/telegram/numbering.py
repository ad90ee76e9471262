"""Whose numbers the ids of messages are.

In a supergroup they are its own. What was written before a basic group became one bears the numbers that the account
has for the basic group: `chat4000001:17`.
"""

from moderator_app.domain.errors import Refused
from moderator_app.domain.message import Community, CommunityKey
from moderator_app.domain.ports import Renumbering

_CHAT = "chat"


def mark_of_chat(chat: str) -> str:
    """What stands before the numbers of a basic group that is none any more."""
    return f"{_CHAT}{chat}"


def split(message: str) -> tuple[str, int]:
    """The basic group that a message's number belongs to, "" for its community itself, and the number.

    Raises Refused for a number that another account has given, and for what is no id of Telegram's.
    """
    mark, _, number = message.rpartition(":")
    if mark and not mark.startswith(_CHAT):
        raise Refused("telegram.other_account")
    if not number.isdecimal() or (mark and not mark.removeprefix(_CHAT).isdecimal()):
        raise Refused("telegram.message_gone", code="")
    return mark.removeprefix(_CHAT), int(number)


def upgraded(old: str, new: Community) -> Renumbering:
    """That the basic group of this bare id has become the supergroup `new`."""
    return Renumbering(CommunityKey(new.key.platform, old), new, mark_of_chat(old))
