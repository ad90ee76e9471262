"""Turns Telegram's service messages into arrivals and removals of members."""

from typing import Any

from telethon.tl import types

from moderator_app.domain.message import Join
from moderator_app.sources.telegram.convert import is_of_chat, moment
from moderator_app.sources.telegram.entities import Known, author, community_key


def joins_of(found: Any, known: Known) -> tuple[Join, ...]:
    """Who came in by a service message; nobody by those of another kind."""
    how = _how(found)
    date = moment(getattr(found, "date", None))
    if not how or date is None:
        return ()
    arrived = (
        [types.PeerUser(user) for user in found.action.users]
        if isinstance(found.action, types.MessageActionChatAddUser)
        else [found.from_id or found.peer_id]
    )
    community = community_key(found.peer_id)
    return tuple(Join(community, author(who, known), date, how) for who in arrived)


def _how(found: Any) -> str:
    """Telegram's way in the console's words."""
    if not isinstance(found, types.MessageService) or not is_of_chat(found):
        return ""
    return _WAYS.get(type(found.action), "")


_WAYS = {
    types.MessageActionChatAddUser: "invite",
    types.MessageActionChatJoinedByLink: "link",
    types.MessageActionChatJoinedByRequest: "request",
    types.MessageActionChatJoinedViaCommunity: "community",
}


def migrated_to(found: Any) -> str:
    """The bare id of the supergroup that a basic group has become; empty for other messages."""
    action = getattr(found, "action", None)
    return str(action.channel_id) if isinstance(action, types.MessageActionChatMigrateTo) else ""
