"""What moderators do: ban, restrict, remove, delete, decline, report, give and take rights."""

from __future__ import annotations

from telethon.tl import functions, types

from tests.servers.telegram.calls import Call, RpcError, answers
from tests.servers.telegram.entities import Chat, Message, User
from tests.servers.telegram.peers import (
    basic_group_from,
    channel_from,
    chat_from,
    message_from,
    participant_from,
    peer_from,
    user_from,
)
from tests.servers.telegram.wire import TL

SHORTEST_BAN, LONGEST_BAN = 30, 366 * 24 * 3600
"""Seconds; a ban that is shorter or longer holds for ever, as Telegram documents it."""
MOST_IDS = 100
HISTORY_BATCH = 100
"""How many messages one deleteParticipantHistory deletes; it answers how many are left."""
REPORT_REASONS = {b"spam": "Spam", b"violence": "Violence"}


@answers(functions.channels.EditBannedRequest)
def edit_banned(call: Call, request: TL) -> TL:
    chat = channel_from(call, request.channel)
    need(call, chat, "ban_users")
    peer = participant_from(call, request.participant)
    if isinstance(peer, User):
        _outrank(call, chat, peer)
    rights = request.banned_rights
    if not any(value is True for value in rights.to_dict().values()):
        call.world.unban(chat, peer, call.viewer)
    else:
        call.world.ban(chat, peer, call.viewer, rights=rights, until=_until(call, rights))
    return call.updates(call.view())


@answers(functions.channels.EditAdminRequest)
def edit_admin(call: Call, request: TL) -> TL:
    chat = channel_from(call, request.channel)
    need(call, chat, "add_admins")
    user = user_from(call, request.user_id)
    _outrank(call, chat, user)
    if user not in chat.members:
        raise RpcError("USER_NOT_PARTICIPANT")
    given = any(value is True for value in request.admin_rights.to_dict().values())
    call.world.promote(chat, user, request.admin_rights if given else None, call.viewer, request.rank or "")
    return call.updates(call.view())


@answers(functions.messages.EditChatDefaultBannedRightsRequest)
def edit_default_rights(call: Call, request: TL) -> TL:
    chat = chat_from(call, request.peer)
    need(call, chat, "ban_users")
    chat.default_banned = request.banned_rights
    return call.updates(call.view())


@answers(functions.channels.DeleteMessagesRequest)
def delete_channel_messages(call: Call, request: TL) -> TL:
    """At most 100; ids that are gone already are passed over."""
    chat = channel_from(call, request.channel)
    found = [chat.box.messages[number] for number in request.id[:MOST_IDS] if number in chat.box.messages]
    _may_delete(call, chat, found)
    call.world.delete(*found, by=call.viewer)
    return call.affected(chat.box)


@answers(functions.messages.DeleteMessagesRequest)
def delete_messages(call: Call, request: TL) -> TL:
    box = call.viewer.box
    found = [box.messages[number] for number in request.id[:MOST_IDS] if number in box.messages]
    if request.revoke:
        for message in found:
            if isinstance(message.chat, Chat):
                _may_delete(call, message.chat, [message])
        call.world.delete(*found, by=call.viewer)
    else:
        call.world.delete_for(call.viewer, request.id[:MOST_IDS])
    return call.affected(box)


@answers(functions.channels.DeleteParticipantHistoryRequest)
def delete_participant_history(call: Call, request: TL) -> TL:
    chat = channel_from(call, request.channel)
    need(call, chat, "delete_messages")
    peer = participant_from(call, request.participant)
    theirs = [message for message in chat.box.messages.values() if message.author is peer and not message.action]
    call.world.delete(*theirs[:HISTORY_BATCH], by=call.viewer)
    done = call.affected(chat.box)
    return types.messages.AffectedHistory(done.pts, done.pts_count, offset=max(0, len(theirs) - HISTORY_BATCH))


@answers(functions.channels.ReportSpamRequest)
def report_spam(call: Call, request: TL) -> TL:
    chat = channel_from(call, request.channel)
    if not chat.is_admin(call.viewer):
        raise RpcError("CHAT_ADMIN_REQUIRED")
    participant_from(call, request.participant)
    for number in request.id:
        call.world.did("report", chat, message_from(call, chat, number), call.viewer)
    return True


@answers(functions.messages.ReportRequest)
def report(call: Call, request: TL) -> TL:
    """Asks for the reason first, as Telegram does: the client repeats with the chosen option."""
    peer = peer_from(call, request.peer)
    if request.option not in REPORT_REASONS:
        options = [types.MessageReportOption(text, option) for option, text in REPORT_REASONS.items()]
        return types.ReportResultChooseOption("What is wrong with this?", options)
    for number in request.id:
        message = message_from(call, peer, number)
        call.world.did("report", peer if isinstance(peer, Chat) else None, message, call.viewer)
    return types.ReportResultReported()


@answers(functions.messages.HideChatJoinRequestRequest)
def hide_chat_join_request(call: Call, request: TL) -> TL:
    chat = chat_from(call, request.peer)
    need(call, chat, "invite_users")
    user = user_from(call, request.user_id)
    if user in chat.members:
        raise RpcError("USER_ALREADY_PARTICIPANT")
    if user not in chat.requests:
        raise RpcError("HIDE_REQUESTER_MISSING")
    if request.approved:
        call.world.approve(chat, user, call.viewer)
    else:
        call.world.decline(chat, user, call.viewer)
    return call.updates(call.view())


@answers(functions.messages.DeleteChatUserRequest)
def delete_chat_user(call: Call, request: TL) -> TL:
    """From a basic group; with `revoke_history` what they wrote is deleted too."""
    chat = basic_group_from(call, request.chat_id)
    user = user_from(call, request.user_id)
    if user not in chat.members:
        raise RpcError("USER_NOT_PARTICIPANT")
    if user is not call.viewer:
        if chat.members[user].inviter is not call.viewer:
            need(call, chat, "ban_users")
        _outrank(call, chat, user)
    theirs = [message for message in call.viewer.box.messages.values() if _wrote(message, chat, user)]
    if request.revoke_history:
        call.world.delete(*theirs, by=call.viewer)
    if user is call.viewer:
        call.world.leave(chat, user)
    else:
        call.world.kick(chat, user, call.viewer)
    return call.updates(call.view())


@answers(functions.messages.EditChatAdminRequest)
def edit_chat_admin(call: Call, request: TL) -> TL:
    chat = basic_group_from(call, request.chat_id)
    if call.viewer is not chat.creator:
        raise RpcError("CHAT_ADMIN_REQUIRED")
    user = user_from(call, request.user_id)
    if user not in chat.members:
        raise RpcError("USER_NOT_PARTICIPANT")
    call.world.promote(chat, user, *(() if request.is_admin else (None,)))
    return True


def need(call: Call, chat: Chat, right: str) -> None:
    """Raises RpcError CHAT_ADMIN_REQUIRED."""
    if not chat.may(call.viewer, right):
        raise RpcError("CHAT_ADMIN_REQUIRED")


def _outrank(call: Call, chat: Chat, user: User) -> None:
    """Only the owner acts against admins, nobody against the owner. Raises RpcError USER_ADMIN_INVALID."""
    if user is chat.creator or (chat.is_admin(user) and call.viewer is not chat.creator):
        raise RpcError("USER_ADMIN_INVALID")


def _may_delete(call: Call, chat: Chat, messages: list[Message]) -> None:
    own = all(message.sender is call.viewer for message in messages)
    if not own and not chat.may(call.viewer, "delete_messages"):
        raise RpcError("MESSAGE_DELETE_FORBIDDEN", 403)


def _until(call: Call, rights: TL) -> int:
    until = int(rights.until_date.timestamp()) if rights.until_date else 0
    return until if SHORTEST_BAN <= until - call.world.now <= LONGEST_BAN else 0


def _wrote(message: Message, chat: Chat, user: User) -> bool:
    return message.chat is chat and message.author is user and not message.action
