"""Updates as they are pushed and as differences repeat them."""

from __future__ import annotations

from typing import Any

from telethon.tl import functions, types

from tests.servers.telegram.box import Event, Happening, Notice
from tests.servers.telegram.calls import Call, RpcError, answers
from tests.servers.telegram.dialogs import dialog_of
from tests.servers.telegram.entities import Chat, User
from tests.servers.telegram.peers import channel_from
from tests.servers.telegram.views import View, moment
from tests.servers.telegram.wire import TL

ACCOUNT_SLICE = 500
ACCOUNT_TOO_LONG = 5000


def update_of(view: View, owner: Chat | User, event: Event) -> TL:
    """What happened, for one viewer; None when the message is gone by now."""
    channel, counted = isinstance(owner, Chat), {"pts": event.pts, "pts_count": event.count}
    if event.happening is Happening.DELETED:
        ids = list(event.ids)
        if isinstance(owner, Chat):
            view.mention(owner)
            return types.UpdateDeleteChannelMessages(channel_id=owner.id, messages=ids, **counted)
        return types.UpdateDeleteMessages(messages=ids, **counted)
    message = owner.box.messages.get(event.ids[0])
    if message is None:
        return None
    shown = view.message(message, owner.box)
    if event.happening is Happening.NEW:
        return (types.UpdateNewChannelMessage if channel else types.UpdateNewMessage)(shown, **counted)
    return (types.UpdateEditChannelMessage if channel else types.UpdateEditMessage)(shown, **counted)


def pushed_event(view: View, owner: Chat | User, event: Event) -> TL:
    """As `Updates`; None when there is nothing to tell."""
    update = update_of(view, owner, event)
    return update and _updates(view, [update], seq=0)


def pushed_notice(view: View, notice: Notice) -> TL:
    view.mention(*notice.mentions)
    if not notice.seq and not notice.mentions:
        return types.UpdateShort(notice.update, moment(notice.date))
    return _updates(view, [notice.update], seq=notice.seq)


def answered(view: View, changes: list[tuple[Chat | User, Event]], notices: list[Notice], first: list[TL]) -> TL:
    """What a request changed, as its answer: `Updates`, or `UpdatesCombined` for several numbers of seq."""
    updates = [*first, *(update for change in changes if (update := update_of(view, *change)))]
    for notice in notices:
        view.mention(*notice.mentions)
        updates.append(notice.update)
    numbers = [notice.seq for notice in notices if notice.seq]
    if len(numbers) < 2:
        return _updates(view, updates, seq=numbers[0] if numbers else 0)
    return types.UpdatesCombined(
        updates, view.users, view.chats, moment(view.world.now), seq_start=numbers[0], seq=numbers[-1]
    )


def state_of(user: User, now: int) -> TL:
    return types.updates.State(pts=user.box.pts, qts=0, date=moment(now), seq=user.box.seq, unread_count=0)


@answers(functions.updates.GetStateRequest)
def get_state(call: Call, request: TL) -> TL:
    return state_of(call.viewer, call.world.now)


@answers(functions.updates.GetDifferenceRequest)
def get_difference(call: Call, request: TL) -> TL:
    """Channels do not appear here but by UpdateChannelTooLong, where something happened since the given date."""
    user, view = call.viewer, call.view()
    since = int(request.date.timestamp()) if request.date else 0
    events = user.box.since(request.pts)
    too_many = len(events) > (request.pts_total_limit or ACCOUNT_TOO_LONG)
    if too_many or not user.box.reaches(request.pts) or call.server.faults.too_long(user):
        return types.updates.DifferenceTooLong(pts=user.box.pts)
    sliced, events = len(events) > ACCOUNT_SLICE, events[:ACCOUNT_SLICE]
    new, others = _sorted(view, user, events)
    if not sliced:
        for notice in user.box.notices:
            if notice.date >= since:
                view.mention(*notice.mentions)
                others.append(notice.update)
        others += _changed_channels(call, view, since)
    if not (new or others):
        return types.updates.DifferenceEmpty(date=moment(call.world.now), seq=user.box.seq)
    parts: dict[str, Any] = {"new_messages": new, "new_encrypted_messages": [], "other_updates": others}
    state = state_of(user, call.world.now)
    if sliced:
        state.pts = events[-1].pts
        return types.updates.DifferenceSlice(**parts, chats=view.chats, users=view.users, intermediate_state=state)
    return types.updates.Difference(**parts, chats=view.chats, users=view.users, state=state)


@answers(functions.updates.GetChannelDifferenceRequest)
def get_channel_difference(call: Call, request: TL) -> TL:
    """Too long when more than `limit` happened, as Telegram documents it."""
    chat = channel_from(call, request.channel)
    box, view = chat.box, call.view()
    if request.pts <= 0 or request.limit <= 0:
        raise RpcError("PERSISTENT_TIMESTAMP_EMPTY")
    if request.pts > box.pts:
        raise RpcError("PERSISTENT_TIMESTAMP_INVALID")
    too_many = request.pts + request.limit < box.pts
    if too_many or not box.reaches(request.pts) or call.server.faults.too_long(chat):
        view.mention(chat)
        newest = list(box.messages.values())[-10:][::-1]
        return types.updates.ChannelDifferenceTooLong(
            dialog=dialog_of(view, chat, box), messages=view.messages(newest, box), chats=view.chats,
            users=view.users, final=True, timeout=30,
        )  # fmt: skip
    new, others = _sorted(view, chat, box.since(request.pts))
    if not (new or others):
        return types.updates.ChannelDifferenceEmpty(pts=box.pts, final=True, timeout=30)
    view.mention(chat)
    return types.updates.ChannelDifference(
        pts=box.pts, new_messages=new, other_updates=others, chats=view.chats, users=view.users, final=True, timeout=30
    )


def _sorted(view: View, owner: Chat | User, events: list[Event]) -> tuple[list[TL], list[TL]]:
    """New messages as they are now, and the other updates."""
    new = []
    others = []
    for event in events:
        update = update_of(view, owner, event)
        if update is None:
            continue
        if event.happening is Happening.NEW:
            new.append(update.message)
        else:
            others.append(update)
    return new, others


def _changed_channels(call: Call, view: View, since: int) -> list[TL]:
    found = []
    for chat in call.world.chats.values():
        if chat.is_channel and call.viewer in chat.members and chat.box.events and chat.box.events[-1].date >= since:
            view.mention(chat)
            found.append(types.UpdateChannelTooLong(channel_id=chat.id, pts=chat.box.pts))
    return found


def _updates(view: View, updates: list[TL], seq: int) -> TL:
    return types.Updates(updates, view.users, view.chats, moment(view.world.now), seq)
