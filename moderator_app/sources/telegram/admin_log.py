"""What other moderators did, as the admin log of a supergroup or channel tells it."""

from typing import Any

from telethon import utils
from telethon.tl import functions, types

from moderator_app.domain.decision import ActionKind
from moderator_app.domain.ports import Penalty
from moderator_app.sources.telegram import entities
from moderator_app.sources.telegram.chats import Ask, Chat
from moderator_app.sources.telegram.convert import moment
from moderator_app.sources.telegram.parcel import Parcel
from moderator_app.sources.telegram.peers import Peers
from moderator_app.sources.telegram.reading import input_channel
from moderator_app.sources.telegram.state import ReadState

_PAGE = 100
_WANTED = types.ChannelAdminLogEventsFilter(ban=True, unban=True, kick=True, unkick=True, delete=True)


async def acts_of_others(ask: Ask, chat: Chat, peers: Peers, state: ReadState, me: int | None) -> Parcel:
    """What has been done since the log was last read, by others than `me`. Raises what `ask` raises.

    The newest is enough: what lies further back does not concern what waits in the queue.
    """
    place = log_of(chat)
    last = state.up_to(place) or 0
    request = functions.channels.GetAdminLogRequest(
        input_channel(chat), "", max_id=0, min_id=last, limit=_PAGE, events_filter=_WANTED
    )
    answer = await ask(request)
    known = entities.known(answer.users, answer.chats)
    parcel = Parcel(peers.learn(known.values()))
    news = sorted((each for each in answer.events if each.id > last), key=lambda each: each.id)
    for event in (each for each in news if each.user_id != me):
        _take(chat, event, known, parcel)
    if news:
        parcel.read[place] = news[-1].id
    return parcel


def log_of(chat: Chat) -> str:
    """Under which name the state tells how far the log of a chat was read."""
    return f"log of {chat.id}"


def penalty_of(chat: Chat, change: Any, by: int, date: Any, known: entities.Known) -> Penalty | None:
    """What a change from `prev_participant` to `new_participant` is; None for one that matters to nobody."""
    before, now, at = change.prev_participant, change.new_participant, moment(date)
    kind = _kind(_forbidden(before), _forbidden(now))
    if kind is None or at is None:
        return None
    who = entities.author(types.PeerUser(by), known)
    return Penalty(chat.community.key, entities.author(_peer(now or before), known).key, kind, who, at)


def _take(chat: Chat, event: Any, known: entities.Known, parcel: Parcel) -> None:
    action, date = event.action, moment(event.date)
    if isinstance(action, types.ChannelAdminLogEventActionDeleteMessage):
        parcel.remove(chat, [action.message.id], entities.author(types.PeerUser(event.user_id), known), date)
    elif isinstance(action, types.ChannelAdminLogEventActionParticipantToggleBan):
        penalty = penalty_of(chat, action, event.user_id, event.date, known)
        if penalty is not None:
            parcel.punish(penalty)


def _kind(before: Any, now: Any) -> ActionKind | None:
    """What a change of the ChatBannedRights is; None for one that matters to nobody."""
    if _is_set(now, "view_messages"):
        return None if _is_set(before, "view_messages") else ActionKind.BAN
    if _is_set(before, "view_messages"):
        return ActionKind.UNBAN
    if _is_set(now, "send_messages"):
        return None if _is_set(before, "send_messages") else ActionKind.MUTE
    if _is_set(before, "send_messages"):
        return ActionKind.UNMUTE
    return ActionKind.RESTRICT if now is not None and before is None else None


def _forbidden(participant: Any) -> Any:
    return participant.banned_rights if isinstance(participant, types.ChannelParticipantBanned) else None


def _is_set(rights: Any, name: str) -> bool:
    return bool(getattr(rights, name, False))


def _peer(participant: Any) -> Any:
    found = getattr(participant, "peer", None)
    return utils.get_peer(found) if found is not None else types.PeerUser(participant.user_id)
