"""What is written in chats: posting, editing, deleting, reacting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from telethon.tl import types

from tests.servers.telegram.box import Box, Event
from tests.servers.telegram.entities import Chat, ChatKind, Message, Reply, User
from tests.servers.telegram.registry import Registry
from tests.servers.telegram.wire import TL


class Posting(Registry):
    """Done by nobody's request: no rights are asked for here."""

    def post(
        self,
        chat: Chat,
        author: User | Chat,
        text: str = "",
        *,
        date: int = 0,
        sender: User | None = None,
        **parts: Any,
    ) -> Message:
        """A message by a user, by a channel, or by the chat itself (an anonymous admin, a post).

        `parts` are the fields of Message; `reply` may be a Message.
        """
        if isinstance(parts.get("reply"), Message):
            parts["reply"] = Reply(to=parts["reply"])
        sender = author if isinstance(author, User) else sender or author.creator
        if chat.kind is ChatKind.BROADCAST:
            author = chat
            parts.setdefault("views", 1)
        message = Message(chat, author, text, date or self.now, sender, **parts)
        self._put(message)
        self.did("send", chat, message, sender)
        if chat.kind is ChatKind.BROADCAST and chat.linked and not message.action:
            self._discuss(message, chat.linked)
        return message

    def write(self, sender: User, to: User, text: str, **parts: Any) -> Message:
        """A message in a private chat."""
        message = Message(to, sender, text, parts.pop("date", 0) or self.now, sender, addressee=to, **parts)
        self._put(message)
        self.did("send", None, message, sender)
        return message

    def announce(self, chat: Chat, author: User | Chat, action: TL, *mentions: User | Chat) -> Message | None:
        """A service message (`MessageAction...`), where the chat has them."""
        if not chat.announces or chat.kind is ChatKind.BROADCAST:
            return None
        sender = author if isinstance(author, User) else chat.creator
        message = Message(chat, author, "", self.now, sender, action=action, mentions=mentions)
        self._put(message)
        return message

    def add_topic(self, chat: Chat, author: User, title: str) -> Message:
        """A forum's topic: the service message that opens it."""
        action = types.MessageActionTopicCreate(title=title, icon_color=0x6FB9F0)
        message = Message(chat, author, "", self.now, author, action=action)
        self._put(message)
        return message

    def edit(self, message: Message, text: str | None = None, *, date: int = 0, **parts: Any) -> None:
        """Changes the text or other fields of a message."""
        message.edit_date = date or self.now
        if text is not None:
            message.text = text
        for name, value in parts.items():
            setattr(message, name, value)
        for owner, box in self.holders(message):
            self.happened(owner, box.edited(message, message.edit_date))
        if message.copy and not message.copy.deleted:
            self.edit(message.copy, text, date=date, **parts)

    def delete(self, *messages: Message, by: User | None = None, date: int = 0) -> None:
        """Deletes for everybody; those of one chat in one event."""
        for chat, group in groupby(messages, key=lambda message: message.chat):
            together = list(group)
            for message in together:
                self.did("delete", chat if isinstance(chat, Chat) else None, message, by, effective=not message.deleted)
                if by and isinstance(chat, Chat):
                    self.log(chat, by, "delete", about=message)
            for owner, box in _boxes(together, self.holders):
                event = box.delete([message.ids[box] for message in together if box in message.ids], date or self.now)
                if event:
                    self.happened(owner, event)
            copies = [message.copy for message in together if message.copy and not message.copy.deleted]
            if copies:
                self.delete(*copies, by=by, date=date)

    def delete_for(self, user: User, numbers: list[int]) -> Event | None:
        """Deletes on one side only, by that side's numbers."""
        event = user.box.delete(numbers, self.now)
        if event:
            self.happened(user, event)
        return event

    def react(self, message: Message, user: User, *emoji: str) -> None:
        """Sets a user's reactions; none takes them back."""
        if emoji:
            message.reactions[user] = [types.ReactionEmoji(one) for one in emoji]
        else:
            message.reactions.pop(user, None)
        for owner, box in self.holders(message):
            update = types.UpdateMessageReactions(
                peer=types.PeerChannel(owner.id) if isinstance(owner, Chat) else _peer(message, owner),
                msg_id=message.ids[box],
                reactions=reaction_counts(message),
            )
            self.tell(owner.members if isinstance(owner, Chat) else [owner], update, [message.sender], kept=False)

    def holders(self, message: Message) -> Iterator[tuple[Chat | User, Box]]:
        """The boxes that hold a message, with their owners."""
        if isinstance(message.chat, Chat) and message.chat.is_channel:
            yield message.chat, message.chat.box
            return
        for user in self.users.values():
            if user.box in message.ids:
                yield user, user.box

    def _put(self, message: Message) -> None:
        owners: Iterable[Chat | User]
        if isinstance(message.chat, User):
            owners = dict.fromkeys((message.sender, message.chat))
        else:
            owners = [message.chat] if message.chat.is_channel else list(message.chat.members)
        for owner in owners:
            self.happened(owner, owner.box.put(message, self.now))

    def _discuss(self, post: Message, group: Chat) -> None:
        """A channel's post appears in its discussion group by itself."""
        origin = types.PeerChannel(post.chat.id)
        header = types.MessageFwdHeader(
            date=post.date, from_id=origin, channel_post=post.id, saved_from_peer=origin, saved_from_msg_id=post.id
        )
        assert isinstance(post.chat, Chat)
        copy = Message(
            group, post.chat, post.text, post.date, post.sender,
            entities=post.entities, media=post.media, forward=header, mentions=(post.chat,), pinned=True,
        )  # fmt: skip
        self._put(copy)
        post.copy = copy


def reaction_counts(message: Message, viewer: User | None = None) -> TL:
    """`MessageReactions`, or None without any."""
    counts: dict[str, int] = {}
    for reactions in message.reactions.values():
        for reaction in reactions:
            counts[reaction.emoticon] = counts.get(reaction.emoticon, 0) + 1
    mine = [reaction.emoticon for reaction in message.reactions.get(viewer, ())] if viewer else []
    return types.MessageReactions(
        results=[
            types.ReactionCount(
                types.ReactionEmoji(emoji), count, chosen_order=mine.index(emoji) if emoji in mine else None
            )
            for emoji, count in counts.items()
        ],
        can_see_list=True,
    )


def _peer(message: Message, viewer: User) -> TL:
    if isinstance(message.chat, Chat):
        return types.PeerChat(message.chat.id)
    return types.PeerUser(message.chat.id if message.sender is viewer else message.sender.id)


def _boxes(messages: list[Message], holders: Any) -> Iterator[tuple[Chat | User, Box]]:
    seen: set[Box] = set()
    for message in messages:
        for owner, box in holders(message):
            if box not in seen:
                seen.add(box)
                yield owner, box
