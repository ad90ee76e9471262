"""Turns Telegram's service messages into arrivals and removals of members."""

from typing import Any

from telethon import utils
from telethon.tl import types

from moderator_app.domain.message import Community, Join
from moderator_app.domain.ports import Renumbering
from moderator_app.sources.telegram.convert import is_of_chat, moment
from moderator_app.sources.telegram.entities import Known, author, chat_id, community_key, name
from moderator_app.sources.telegram.numbering import upgraded


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


def upgrade_of(found: Any, known: Known) -> Renumbering | None:
    """That a basic group has become a supergroup; both tell it."""
    if not isinstance(found, types.MessageService) or not is_of_chat(found):
        return None
    match found.action:
        case types.MessageActionChatMigrateTo():
            old, new = chat_id(found.peer_id), types.PeerChannel(found.action.channel_id)
        case types.MessageActionChannelMigrateFrom():
            old, new = str(found.action.chat_id), found.peer_id
        case _:
            return None
    title = name(known.get(utils.get_peer_id(new))) or name(known.get(utils.get_peer_id(found.peer_id)))
    return upgraded(old, Community(community_key(new), title))
