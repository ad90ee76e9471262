"""Coming and going: joining by name or link, inviting, leaving."""

from __future__ import annotations

from telethon.tl import functions, types

from tests.servers.telegram.calls import Call, RpcError, answers
from tests.servers.telegram.entities import Chat, Invite
from tests.servers.telegram.moderating import need
from tests.servers.telegram.peers import basic_group_from, channel_from, chat_from, user_from
from tests.servers.telegram.views import moment
from tests.servers.telegram.wire import TL


@answers(functions.channels.JoinChannelRequest)
def join_channel(call: Call, request: TL) -> TL:
    return _come_in(call, channel_from(call, request.channel), None)


@answers(functions.messages.ImportChatInviteRequest)
def import_chat_invite(call: Call, request: TL) -> TL:
    chat, invite = _invited(call, request.hash)
    return _come_in(call, chat, invite)


@answers(functions.messages.CheckChatInviteRequest)
def check_chat_invite(call: Call, request: TL) -> TL:
    chat, invite = _invited(call, request.hash)
    if call.viewer in chat.members:
        return types.ChatInviteAlready(call.view().chat(chat))
    return types.ChatInvite(
        title=chat.title, photo=types.PhotoEmpty(0), participants_count=len(chat.members), color=0,
        channel=chat.is_channel, megagroup=chat.is_channel, request_needed=invite.request_needed,
    )  # fmt: skip


@answers(functions.messages.ExportChatInviteRequest)
def export_chat_invite(call: Call, request: TL) -> TL:
    chat = chat_from(call, request.peer)
    need(call, chat, "invite_users")
    invite = call.world.add_invite(chat, call.viewer, request_needed=bool(request.request_needed))
    return exported(invite)


@answers(functions.channels.LeaveChannelRequest)
def leave_channel(call: Call, request: TL) -> TL:
    chat = channel_from(call, request.channel)
    if call.viewer not in chat.members:
        raise RpcError("USER_NOT_PARTICIPANT")
    call.world.leave(chat, call.viewer)
    return call.updates(call.view())


@answers(functions.channels.InviteToChannelRequest)
def invite_to_channel(call: Call, request: TL) -> TL:
    chat = channel_from(call, request.channel)
    for given in request.users:
        _invite(call, chat, given)
    return types.messages.InvitedUsers(updates=call.updates(call.view()), missing_invitees=[])


@answers(functions.messages.AddChatUserRequest)
def add_chat_user(call: Call, request: TL) -> TL:
    _invite(call, basic_group_from(call, request.chat_id), request.user_id)
    return types.messages.InvitedUsers(updates=call.updates(call.view()), missing_invitees=[])


def exported(invite: Invite) -> TL:
    return types.ChatInviteExported(
        link=invite.link, admin_id=invite.by.id, date=moment(invite.date), request_needed=invite.request_needed
    )


def _invited(call: Call, code: str) -> tuple[Chat, Invite]:
    for chat in call.world.chats.values():
        if code in chat.invites:
            return chat, chat.invites[code]
    raise RpcError("INVITE_HASH_EXPIRED")


def _come_in(call: Call, chat: Chat, invite: Invite | None) -> TL:
    if call.viewer in chat.members:
        raise RpcError("USER_ALREADY_PARTICIPANT")
    if chat.shut_out(call.viewer, call.world.now):
        raise RpcError("CHANNEL_PRIVATE")
    if chat.join_request or (invite and invite.request_needed):
        call.world.ask_to_join(chat, call.viewer, invite=invite)
        raise RpcError("INVITE_REQUEST_SENT")
    call.world.join(chat, call.viewer, invite=invite)
    return types.messages.ChatInviteJoinResultOk(call.updates(call.view()))


def _invite(call: Call, chat: Chat, given: TL) -> None:
    user = user_from(call, given)
    if user in chat.members:
        raise RpcError("USER_ALREADY_PARTICIPANT")
    if chat.shut_out(user, call.world.now):
        need(call, chat, "ban_users")
        call.world.unban(chat, user, call.viewer)
    call.world.join(chat, user, by=call.viewer)
