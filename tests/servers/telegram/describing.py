"""What is known of users and chats beyond their names."""

from __future__ import annotations

from collections.abc import Iterable

from telethon.tl import functions, types

from tests.servers.telegram.box import Notice
from tests.servers.telegram.calls import Call, RpcError, answers
from tests.servers.telegram.entities import Chat, Message, User
from tests.servers.telegram.peers import (
    basic_group_from,
    channel_from,
    chat_from,
    message_from,
    peer_from,
    user_from,
)
from tests.servers.telegram.posting import reaction_counts
from tests.servers.telegram.views import moment, peer_of
from tests.servers.telegram.wire import TL

NOTIFY = types.PeerNotifySettings()


@answers(functions.users.GetFullUserRequest)
def get_full_user(call: Call, request: TL) -> TL:
    user, view = user_from(call, request.id), call.view()
    view.mention(user, user.personal_channel)
    full = types.UserFull(
        id=user.id, settings=types.PeerSettings(), notify_settings=NOTIFY,
        common_chats_count=len(_common_chats(call, user)), about=user.about or None, profile_photo=_photo(call, user),
        personal_channel_id=user.personal_channel.id if user.personal_channel else None,
        personal_channel_message=user.personal_channel.box.last_id if user.personal_channel else None,
    )  # fmt: skip
    return types.users.UserFull(full_user=full, chats=view.chats, users=view.users)


@answers(functions.messages.GetCommonChatsRequest)
def get_common_chats(call: Call, request: TL) -> TL:
    return _chats(call, _common_chats(call, user_from(call, request.user_id)))


@answers(functions.photos.GetUserPhotosRequest)
def get_user_photos(call: Call, request: TL) -> TL:
    user, view = user_from(call, request.user_id), call.view()
    view.mention(user)
    return types.photos.Photos(photos=[_photo(call, user)] if user.photo else [], users=view.users)


@answers(functions.contacts.ResolveUsernameRequest)
def resolve_username(call: Call, request: TL) -> TL:
    name, view = request.username.removeprefix("@").casefold(), call.view()
    everybody: list[User | Chat] = [*call.world.users.values(), *call.world.chats.values()]
    for entity in everybody:
        if entity.username.casefold() == name and name:
            view.mention(entity)
            return types.contacts.ResolvedPeer(peer_of(entity), chats=view.chats, users=view.users)
    raise RpcError("USERNAME_NOT_OCCUPIED")


@answers(functions.contacts.GetContactsRequest)
def get_contacts(call: Call, request: TL) -> TL:
    return types.contacts.Contacts(contacts=[], saved_count=0, users=[])


@answers(functions.channels.GetChannelsRequest)
def get_channels(call: Call, request: TL) -> TL:
    return _chats(call, (channel_from(call, given, inside=False) for given in request.id))


@answers(functions.messages.GetChatsRequest)
def get_chats(call: Call, request: TL) -> TL:
    return _chats(call, (basic_group_from(call, number) for number in request.id))


@answers(functions.channels.GetFullChannelRequest)
def get_full_channel(call: Call, request: TL) -> TL:
    chat, view = channel_from(call, request.channel), call.view()
    view.mention(chat, chat.linked)
    admin, now = chat.is_admin(call.viewer), call.world.now
    shut_out = sum(chat.shut_out(peer, now) for peer in chat.bans)
    newest = chat.box.last_id
    full = types.ChannelFull(
        id=chat.id, about=chat.about, read_inbox_max_id=newest, read_outbox_max_id=newest, unread_count=0,
        chat_photo=types.PhotoEmpty(0), notify_settings=NOTIFY, bot_info=[], pts=chat.box.pts,
        can_view_participants=admin or not chat.hidden_members, participants_hidden=chat.hidden_members,
        participants_count=len(chat.members), linked_chat_id=chat.linked.id if chat.linked else None,
        admins_count=len(list(chat.admins())) if admin else None, kicked_count=shut_out if admin else None,
        banned_count=len(chat.bans) - shut_out if admin else None,
        requests_pending=len(chat.requests) if chat.may(call.viewer, "invite_users") else None,
        recent_requesters=[user.id for user in chat.requests] if chat.may(call.viewer, "invite_users") else None,
    )  # fmt: skip
    if chat.may(call.viewer, "invite_users"):
        view.mention(*chat.requests)
    return types.messages.ChatFull(full_chat=full, chats=view.chats, users=view.users)


@answers(functions.messages.GetFullChatRequest)
def get_full_chat(call: Call, request: TL) -> TL:
    chat, view = basic_group_from(call, request.chat_id), call.view()
    view.mention(chat, *chat.members)
    members = [_basic_member(chat, user) for user in chat.members]
    full = types.ChatFull(
        id=chat.id, about=chat.about, notify_settings=NOTIFY,
        participants=types.ChatParticipants(chat_id=chat.id, participants=members, version=chat.version),
    )  # fmt: skip
    return types.messages.ChatFull(full_chat=full, chats=view.chats, users=view.users)


@answers(functions.messages.GetForumTopicsRequest)
def get_forum_topics(call: Call, request: TL) -> TL:
    chat = chat_from(call, request.peer)
    topics = [message for message in reversed(chat.box.messages.values()) if _opens_topic(message)]
    if request.offset_topic:
        topics = [message for message in topics if message.id < request.offset_topic]
    return _topics(call, chat, topics[: request.limit], len(topics))


@answers(functions.messages.GetForumTopicsByIDRequest)
def get_forum_topics_by_id(call: Call, request: TL) -> TL:
    chat = chat_from(call, request.peer)
    topics = [chat.box.messages[number] for number in request.topics if number in chat.box.messages]
    return _topics(call, chat, [message for message in topics if _opens_topic(message)], len(topics))


@answers(functions.messages.GetMessagesReactionsRequest)
def get_messages_reactions(call: Call, request: TL) -> TL:
    peer = peer_from(call, request.peer)
    for number in request.id:
        message = message_from(call, peer, number)
        update = types.UpdateMessageReactions(peer_of(peer), number, reaction_counts(message, call.viewer))
        call.notices.append(Notice(update, (peer,), call.world.now))
    return call.updates(call.view())


@answers(functions.messages.GetMessageReactionsListRequest)
def get_message_reactions_list(call: Call, request: TL) -> TL:
    message, view = message_from(call, peer_from(call, request.peer), request.id), call.view()
    view.mention(*message.reactions)
    shown = [
        types.MessagePeerReaction(peer_id=peer_of(user), date=moment(message.date), reaction=one)
        for user, reactions in message.reactions.items()
        for one in reactions
    ]
    return types.messages.MessageReactionsList(
        count=len(shown), reactions=shown[: request.limit], chats=view.chats, users=view.users
    )


@answers(functions.channels.GetSendAsRequest)
def get_send_as(call: Call, request: TL) -> TL:
    peer_from(call, request.peer)
    view = call.view()
    view.mention(call.viewer)
    return types.channels.SendAsPeers([types.SendAsPeer(peer_of(call.viewer))], chats=view.chats, users=view.users)


def _photo(call: Call, user: User) -> TL:
    return user.photo.photo(call.world.file_reference) if user.photo else None


def _chats(call: Call, chats: Iterable[Chat]) -> TL:
    view = call.view()
    view.mention(*chats)
    return types.messages.Chats(view.chats)


def _common_chats(call: Call, user: User) -> list[Chat]:
    return [chat for chat in call.world.chats.values() if call.viewer in chat.members and user in chat.members]


def _basic_member(chat: Chat, user: User) -> TL:
    member = chat.members[user]
    if user is chat.creator:
        return types.ChatParticipantCreator(user.id)
    inviter = (member.inviter or chat.creator).id
    kind = types.ChatParticipantAdmin if member.admin else types.ChatParticipant
    return kind(user_id=user.id, inviter_id=inviter, date=moment(member.date))


def _opens_topic(message: Message) -> bool:
    return isinstance(message.action, types.MessageActionTopicCreate)


def _topics(call: Call, chat: Chat, topics: list[Message], count: int) -> TL:
    view, shown = call.view(), []
    for topic in topics:
        inside = [message for message in chat.box.messages.values() if message.reply and message.reply.topic is topic]
        newest = inside[-1] if inside else topic
        shown.append(
            types.ForumTopic(
                id=topic.id, date=moment(topic.date), peer=peer_of(chat), title=topic.action.title,
                icon_color=topic.action.icon_color, top_message=newest.id, read_inbox_max_id=newest.id,
                read_outbox_max_id=newest.id, unread_count=0, unread_mentions_count=0, unread_reactions_count=0,
                unread_poll_votes_count=0, from_id=peer_of(topic.author), notify_settings=NOTIFY,
            )
        )  # fmt: skip
        view.message(topic, chat.box)
    messages = view.messages(topics, chat.box)
    return types.messages.ForumTopics(
        count=count, topics=shown, messages=messages, chats=view.chats, users=view.users, pts=chat.box.pts
    )
