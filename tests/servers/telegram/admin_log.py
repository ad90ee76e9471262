"""The admin log of the last days, newest first."""

from __future__ import annotations

from telethon.tl import functions, types

from tests.servers.telegram.calls import Call, RpcError, answers
from tests.servers.telegram.entities import Chat, LogEntry, Message
from tests.servers.telegram.peers import channel_from, user_from
from tests.servers.telegram.views import View, moment
from tests.servers.telegram.wire import TL


@answers(functions.channels.GetAdminLogRequest)
def get_admin_log(call: Call, request: TL) -> TL:
    chat = channel_from(call, request.channel)
    if not chat.is_admin(call.viewer):
        raise RpcError("CHAT_ADMIN_REQUIRED")
    admins = [user_from(call, given) for given in request.admins or ()]

    def wanted(entry: LogEntry) -> bool:
        return (
            (not request.max_id or entry.id < request.max_id)
            and entry.id > request.min_id
            and (not admins or entry.by in admins)
            and (request.events_filter is None or bool(getattr(request.events_filter, entry.kind)))
        )

    found = [entry for entry in reversed(chat.log) if wanted(entry)][: min(request.limit, 100)]
    view = call.view()
    events = [
        types.ChannelAdminLogEvent(
            id=entry.id, date=moment(entry.date), user_id=entry.by.id, action=_action(view, entry, chat)
        )
        for entry in found
    ]
    return types.channels.AdminLogResults(events=events, chats=view.chats, users=view.users)


def _action(view: View, entry: LogEntry, chat: Chat) -> TL:
    view.mention(entry.by)
    if not isinstance(entry.about, Message):
        view.mention(entry.about)
        return entry.action
    return types.ChannelAdminLogEventActionDeleteMessage(view.message(entry.about, chat.box))
