"""The list of chats, and what a client asks first."""

from __future__ import annotations

from telethon.tl import functions, types

from tests.servers.telegram.box import Box
from tests.servers.telegram.calls import Call, answers
from tests.servers.telegram.entities import Chat, Message, User
from tests.servers.telegram.files import DC
from tests.servers.telegram.peers import box_of, peer_from, user_from
from tests.servers.telegram.views import View, moment, peer_of
from tests.servers.telegram.wire import TL

LIMITS = (
    "chat_size_max", "megagroup_size_max", "forwarded_count_max", "online_update_period_ms", "offline_blur_timeout_ms",
    "offline_idle_timeout_ms", "online_cloud_timeout_ms", "notify_cloud_delay_ms", "notify_default_delay_ms",
    "push_chat_period_ms", "push_chat_limit", "edit_time_limit", "revoke_time_limit", "revoke_pm_time_limit",
    "rating_e_decay", "stickers_recent_limit", "channels_read_media_period", "call_receive_timeout_ms",
    "call_ring_timeout_ms", "call_connect_timeout_ms", "call_packet_timeout_ms", "caption_length_max",
    "message_length_max", "webfile_dc_id",
)  # fmt: skip


@answers(functions.help.GetConfigRequest, anonymously=True)
def get_config(call: Call, request: TL) -> TL:
    numbers = dict.fromkeys(LIMITS, 1000)
    now = call.world.now
    return types.Config(
        date=moment(now), expires=moment(now + 3600), test_mode=False, this_dc=DC, dc_txt_domain_name="",
        dc_options=[types.DcOption(id=DC, ip_address=call.server.host, port=call.server.port)],
        me_url_prefix="https://t.me/", **numbers,
    )  # fmt: skip


@answers(functions.help.GetNearestDcRequest, anonymously=True)
def get_nearest_dc(call: Call, request: TL) -> TL:
    return types.NearestDc(country="RU", this_dc=DC, nearest_dc=DC)


@answers(functions.account.UpdateStatusRequest)
def update_status(call: Call, request: TL) -> TL:
    return True


@answers(functions.users.GetUsersRequest)
def get_users(call: Call, request: TL) -> TL:
    view = call.view()
    return [view.user(user_from(call, given)) for given in request.id]


@answers(functions.messages.GetDialogsRequest)
def get_dialogs(call: Call, request: TL) -> TL:
    view = call.view()
    peers = [] if request.folder_id else dialogs_of(call)
    total = len(peers)
    if not isinstance(request.offset_peer, types.InputPeerEmpty):
        after = peer_from(call, request.offset_peer)
        peers = peers[peers.index(after) + 1 :] if after in peers else []
    peers = peers[: max(1, min(request.limit, 100))]
    parts = _dialogs(call, view, peers)
    if len(peers) < total:
        return types.messages.DialogsSlice(total, *parts)
    return types.messages.Dialogs(*parts)


@answers(functions.messages.GetPeerDialogsRequest)
def get_peer_dialogs(call: Call, request: TL) -> TL:
    from tests.servers.telegram.updates import state_of

    peers = [peer_from(call, given.peer) for given in request.peers]
    return types.messages.PeerDialogs(*_dialogs(call, call.view(), peers), state_of(call.viewer, call.world.now))


@answers(functions.messages.ReadHistoryRequest)
def read_history(call: Call, request: TL) -> TL:
    return types.messages.AffectedMessages(pts=call.viewer.box.pts, pts_count=0)


@answers(functions.channels.ReadHistoryRequest)
def read_channel_history(call: Call, request: TL) -> TL:
    return True


def dialogs_of(call: Call) -> list[Chat | User]:
    """Everything in the viewer's list, the newest message first."""
    viewer = call.viewer
    peers: dict[Chat | User, None] = {
        chat: None for chat in call.world.chats.values() if viewer in chat.members and not chat.upgraded_to
    }
    for message in viewer.box.messages.values():
        if isinstance(message.chat, User):
            peers[message.chat if message.sender is viewer else message.sender] = None

    def age(peer: Chat | User) -> tuple[int, int]:
        top = newest_in(viewer, peer)
        return (-top.date if top else 0, -peer.id)

    return sorted(peers, key=age)


def newest_in(viewer: User, peer: Chat | User) -> Message | None:
    if isinstance(peer, Chat) and peer.is_channel:
        return peer.box.newest()
    for message in reversed(viewer.box.messages.values()):
        if message.chat is peer or (isinstance(peer, User) and {message.chat, message.sender} == {viewer, peer}):
            return message
    return None


def dialog_of(view: View, peer: Chat | User, box: Box) -> TL:
    top = newest_in(view.viewer, peer)
    number = top.ids[box] if top else 0
    return types.Dialog(
        peer=peer_of(peer), top_message=number, read_inbox_max_id=number, read_outbox_max_id=number, unread_count=0,
        unread_mentions_count=0, unread_reactions_count=0, unread_poll_votes_count=0,
        notify_settings=types.PeerNotifySettings(),
        pts=box.pts if isinstance(peer, Chat) and peer.is_channel else None,
    )  # fmt: skip


def _dialogs(call: Call, view: View, peers: list[Chat | User]) -> tuple[list[TL], list[TL], list[TL], list[TL]]:
    dialogs, messages = [], []
    for peer in peers:
        view.mention(peer)
        box = box_of(call, peer)
        dialogs.append(dialog_of(view, peer, box))
        if top := newest_in(call.viewer, peer):
            messages.append(view.message(top, box))
    return dialogs, messages, view.chats, view.users
