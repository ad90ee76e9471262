"""What an account may do in a chat, read from what Telegram shows of the chat."""

from typing import Any

from telethon.tl import types

from moderator_app.domain.decision import ActionKind

_DELETING = frozenset({ActionKind.DELETE, ActionKind.DELETE_ALL})
_REMOVING = frozenset({ActionKind.BAN, ActionKind.KICK, ActionKind.UNBAN})
_RESTRICTING = frozenset({ActionKind.MUTE, ActionKind.UNMUTE, ActionKind.RESTRICT})
_ADMIN = frozenset({ActionKind.WARN, ActionKind.REPORT})

KINDS = _DELETING | _REMOVING | _RESTRICTING | _ADMIN | {ActionKind.DECLINE}

# A basic group keeps no list of those who are banned or restricted: a ban there is a removal.
_BASIC = frozenset({ActionKind.DELETE, ActionKind.BAN, ActionKind.KICK, ActionKind.WARN, ActionKind.DECLINE})


def rights_of(chat: Any) -> frozenset[ActionKind]:
    """Of a Chat or Channel; empty where the account is no admin, or is not in it."""
    if not is_open(chat):
        return frozenset()
    given = chat.admin_rights
    if given is None and not chat.creator:
        return frozenset()
    if isinstance(chat, types.Chat):
        return basic_rights(given, creator=chat.creator)
    found = set(_ADMIN)
    if chat.creator or given.delete_messages:
        found |= _DELETING
    if chat.creator or given.ban_users:
        found |= _REMOVING | _RESTRICTING
    if chat.creator or given.invite_users:
        found.add(ActionKind.DECLINE)
    if chat.broadcast:
        # Subscribers do not write there.
        found -= _RESTRICTING | {ActionKind.WARN, ActionKind.DELETE_ALL}
    return frozenset(found)


def basic_rights(given: Any = None, *, creator: bool = False) -> frozenset[ActionKind]:
    """Of an admin of a basic group; all of them where `given` does not tell."""
    found = set(_BASIC)
    if not creator and given is not None:
        if not given.delete_messages:
            found.discard(ActionKind.DELETE)
        if not given.ban_users:
            found -= _REMOVING
        if not given.invite_users:
            found.discard(ActionKind.DECLINE)
    return frozenset(found)


def is_open(chat: Any) -> bool:
    """Whether the account is in the chat, and the chat has not become another one."""
    if not isinstance(chat, types.Chat | types.Channel) or chat.left:
        return False
    return not (getattr(chat, "deactivated", False) or getattr(chat, "migrated_to", None))
