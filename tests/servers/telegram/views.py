"""What one viewer is shown: users, chats and messages as TL objects, with that viewer's access hashes and rights."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from telethon.tl import types

from tests.servers.telegram.box import Box
from tests.servers.telegram.entities import ALL_RIGHTS, Chat, ChatKind, Message, User
from tests.servers.telegram.files import DC, StoredFile
from tests.servers.telegram.posting import reaction_counts
from tests.servers.telegram.registry import Registry
from tests.servers.telegram.wire import TL


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


def peer_of(entity: User | Chat) -> TL:
    if isinstance(entity, User):
        return types.PeerUser(entity.id)
    return types.PeerChannel(entity.id) if entity.is_channel else types.PeerChat(entity.id)


class View:
    """Collects everybody that an answer speaks of; `users` and `chats` go into it beside the messages."""

    def __init__(self, world: Registry, viewer: User, *, shortened: bool = False) -> None:
        self.world = world
        self.viewer = viewer
        self._shortened = shortened
        self._users: dict[User, None] = {}
        self._chats: dict[Chat, None] = {}

    @property
    def users(self) -> list[TL]:
        return [self.user(user) for user in self._users]

    @property
    def chats(self) -> list[TL]:
        return [self.chat(chat) for chat in self._chats]

    def mention(self, *entities: User | Chat | None) -> None:
        for entity in entities:
            if isinstance(entity, User):
                self._users[entity] = None
            elif entity:
                self._chats[entity] = None

    def user(self, user: User) -> TL:
        """A `User`; one of a shortened view is `min`: its hash is good for nothing."""
        itself = user is self.viewer
        return types.User(
            id=user.id,
            is_self=itself,
            min=self._shortened and not itself,
            deleted=user.deleted,
            bot=user.bot,
            bot_info_version=1 if user.bot else None,
            premium=user.premium,
            access_hash=self.world.access_hash(self.viewer, user),
            first_name=None if user.deleted else user.first_name,
            last_name=user.last_name or None,
            username=user.username or None,
            phone=user.phone if itself else None,
            photo=types.UserProfilePhoto(photo_id=user.photo.id, dc_id=DC) if user.photo else None,
            status=None if user.bot else types.UserStatusRecently(),
        )

    def chat(self, chat: Chat) -> TL:
        return self._channel(chat) if chat.is_channel else self._basic_group(chat)

    def message(self, message: Message, box: Box) -> TL:
        """A `Message` or `MessageService`, numbered as in `box`."""
        self._mention_parts(message)
        common = {
            "id": message.ids[box],
            "peer_id": self.peer_of_message(message),
            "date": moment(message.date),
            "out": message.sender is self.viewer,
            "from_id": self._from(message),
            "post": isinstance(message.chat, Chat) and message.chat.kind is ChatKind.BROADCAST,
            "reply_to": self._reply(message, box),
            "reactions": reaction_counts(message, self.viewer) if message.reactions else None,
        }
        if message.action:
            return types.MessageService(**common, action=message.action)
        return types.Message(
            **common,
            message=message.text,
            edit_date=moment(message.edit_date) if message.edit_date else None,
            entities=message.entities or None,
            media=self._media(message),
            reply_markup=message.markup,
            fwd_from=message.forward,
            via_bot_id=message.via_bot.id if message.via_bot else None,
            grouped_id=message.grouped_id,
            views=message.views,
            forwards=0 if message.views else None,
            post_author=message.post_author or None,
            pinned=message.pinned,
        )

    def messages(self, messages: Iterable[Message], box: Box) -> list[TL]:
        return [self.message(message, box) for message in messages]

    def peer_of_message(self, message: Message) -> TL:
        if isinstance(message.chat, Chat):
            return peer_of(message.chat)
        return peer_of(message.chat if message.sender is self.viewer else message.sender)

    def _from(self, message: Message) -> TL:
        if isinstance(message.chat, Chat) and message.chat.kind is ChatKind.BROADCAST:
            return None
        return peer_of(message.author)

    def _mention_parts(self, message: Message) -> None:
        self.mention(message.author, message.via_bot, *message.mentions)
        if message.chat is not self.viewer or message.sender is self.viewer:
            self.mention(message.chat)
        for peer in (getattr(message.forward, "from_id", None), getattr(message.forward, "saved_from_peer", None)):
            self.mention(self._known(peer))

    def _media(self, message: Message) -> TL:
        if isinstance(message.media, StoredFile):
            return message.media.media(self.world.file_reference)
        return message.media

    def _known(self, peer: TL) -> User | Chat | None:
        if isinstance(peer, types.PeerUser):
            return self.world.users.get(peer.user_id)
        number = getattr(peer, "channel_id", None) or getattr(peer, "chat_id", None)
        return self.world.chats.get(number) if number else None

    def _reply(self, message: Message, box: Box) -> TL:
        reply = message.reply
        if not reply:
            return None
        elsewhere = reply.to and reply.to.chat is not message.chat and isinstance(reply.to.chat, Chat)
        if elsewhere and isinstance(reply.to, Message) and isinstance(reply.to.chat, Chat):
            self.mention(reply.to.chat)
            number, peer = reply.to.ids.get(reply.to.chat.box), peer_of(reply.to.chat)
        else:
            number, peer = (reply.to or reply.topic or message).ids.get(box), None
        return types.MessageReplyHeader(
            reply_to_msg_id=number,
            reply_to_peer_id=peer,
            reply_to_top_id=reply.topic.ids.get(box) if reply.topic and reply.to else None,
            forum_topic=reply.forum,
            quote=bool(reply.quote),
            quote_text=reply.quote or None,
            quote_offset=reply.quote_offset,
        )

    def _channel(self, chat: Chat) -> TL:
        broadcast = chat.kind is ChatKind.BROADCAST
        member = chat.members.get(self.viewer)
        ban = chat.ban_of(self.viewer, self.world.now)
        access_hash = self.world.access_hash(self.viewer, chat)
        if ban and ban.rights.view_messages:
            return types.ChannelForbidden(
                chat.id, access_hash, chat.title, broadcast=broadcast, megagroup=not broadcast,
                until_date=moment(ban.until) if ban.until else None,
            )  # fmt: skip
        return types.Channel(
            id=chat.id,
            title=chat.title,
            photo=_chat_photo(chat),
            date=moment(member.date if member else chat.date),
            creator=self.viewer is chat.creator,
            left=member is None,
            broadcast=broadcast,
            megagroup=not broadcast,
            signatures=chat.signatures,
            has_link=chat.linked is not None,
            forum=chat.forum,
            join_request=chat.join_request,
            access_hash=access_hash,
            username=chat.username or None,
            admin_rights=ALL_RIGHTS if self.viewer is chat.creator else member.admin if member else None,
            banned_rights=dated(ban.rights, ban.until) if ban else None,
            default_banned_rights=chat.default_banned or types.ChatBannedRights(until_date=None),
            participants_count=len(chat.members),
        )

    def _input_channel(self, chat: Chat | None) -> TL:
        return types.InputChannel(chat.id, self.world.access_hash(self.viewer, chat)) if chat else None

    def _basic_group(self, chat: Chat) -> TL:
        member = chat.members.get(self.viewer)
        if member is None and chat.shut_out(self.viewer, self.world.now):
            return types.ChatForbidden(chat.id, chat.title)
        return types.Chat(
            id=chat.id,
            title=chat.title,
            photo=_chat_photo(chat),
            participants_count=len(chat.members),
            date=moment(chat.date),
            version=chat.version,
            creator=self.viewer is chat.creator,
            left=member is None,
            deactivated=chat.upgraded_to is not None,
            migrated_to=self._input_channel(chat.upgraded_to),
            admin_rights=member.admin if member else None,
            default_banned_rights=chat.default_banned or types.ChatBannedRights(until_date=None),
        )


def _chat_photo(chat: Chat) -> TL:
    return types.ChatPhoto(photo_id=chat.photo.id, dc_id=DC) if chat.photo else types.ChatPhotoEmpty()


def dated(rights: TL, until: int) -> TL:
    fields = rights.to_dict() | {"until_date": moment(until) if until else None}
    del fields["_"]
    return types.ChatBannedRights(**fields)
