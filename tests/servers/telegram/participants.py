"""Who is in a chat, and with what rights."""

from __future__ import annotations

from collections.abc import Iterable

from telethon.tl import functions, types

from tests.servers.telegram.calls import Call, RpcError, answers
from tests.servers.telegram.entities import Chat, ChatKind, User
from tests.servers.telegram.peers import channel_from, chat_from, participant_from
from tests.servers.telegram.standing import standing
from tests.servers.telegram.views import View, moment
from tests.servers.telegram.wire import TL

FOR_ADMINS = (types.ChannelParticipantsKicked, types.ChannelParticipantsBanned)


@answers(functions.channels.GetParticipantRequest)
def get_participant(call: Call, request: TL) -> TL:
    chat = channel_from(call, request.channel)
    peer = participant_from(call, request.participant)
    found = standing(chat, peer, call.world.now, call.viewer)
    if found is None or (isinstance(found, types.ChannelParticipantBanned) and not chat.is_admin(call.viewer)):
        raise RpcError("USER_NOT_PARTICIPANT")
    view = call.view()
    view.mention(peer, chat)
    mention_behind(call, view, found)
    return types.channels.ChannelParticipant(participant=found, chats=view.chats, users=view.users)


@answers(functions.channels.GetParticipantsRequest)
def get_participants(call: Call, request: TL) -> TL:
    chat, kind = channel_from(call, request.channel), request.filter
    closed = chat.kind is ChatKind.BROADCAST or chat.hidden_members
    if not chat.is_admin(call.viewer) and (isinstance(kind, FOR_ADMINS) or closed):
        raise RpcError("CHAT_ADMIN_REQUIRED")
    named = [peer for peer in _filtered(chat, kind, call.world.now) if _named(peer, getattr(kind, "q", "") or "")]
    page = named[request.offset : request.offset + min(request.limit, 200)]
    view, shown = call.view(), []
    for peer in page:
        found = standing(chat, peer, call.world.now, call.viewer)
        view.mention(peer)
        mention_behind(call, view, found)
        shown.append(found)
    return types.channels.ChannelParticipants(count=len(named), participants=shown, chats=view.chats, users=view.users)


@answers(functions.messages.GetChatInviteImportersRequest)
def get_chat_invite_importers(call: Call, request: TL) -> TL:
    """Of requests to join only."""
    chat = chat_from(call, request.peer)
    if not chat.may(call.viewer, "invite_users"):
        raise RpcError("CHAT_ADMIN_REQUIRED")
    waiting = list(chat.requests.values()) if request.requested else []
    view = call.view()
    view.mention(*(one.user for one in waiting))
    importers = [
        types.ChatInviteImporter(user_id=one.user.id, date=moment(one.date), requested=True, about=one.about or None)
        for one in waiting[: request.limit]
    ]
    return types.messages.ChatInviteImporters(count=len(waiting), importers=importers, users=view.users)


def mention_behind(call: Call, view: View, participant: TL) -> None:
    """Those that a participant's entry names: who invited, promoted or banned."""
    for name in ("inviter_id", "promoted_by", "kicked_by"):
        view.mention(call.world.users.get(getattr(participant, name, None) or 0))


def _filtered(chat: Chat, kind: TL, now: int) -> Iterable[User | Chat]:
    if isinstance(kind, types.ChannelParticipantsAdmins):
        return [member.user for member in chat.admins()]
    if isinstance(kind, types.ChannelParticipantsBots):
        return [user for user in chat.members if user.bot]
    if isinstance(kind, FOR_ADMINS):
        out = isinstance(kind, types.ChannelParticipantsKicked)
        return [peer for peer, ban in chat.bans.items() if ban.holds(now) and bool(ban.rights.view_messages) == out]
    return list(chat.members)


def _named(peer: User | Chat, text: str) -> bool:
    name = f"{peer.first_name} {peer.last_name}" if isinstance(peer, User) else peer.title
    return text.casefold() in f"{name} {peer.username}".casefold()
