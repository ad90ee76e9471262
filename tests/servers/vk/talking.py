"""What people write, change and take away, and the events that tell of it."""

from __future__ import annotations

from typing import Any

from tests.servers.vk import shapes
from tests.servers.vk.entities import Author, Chat, ChatMessage, Comment, Community, Kind, Place, User
from tests.servers.vk.registry import Registry, alone


class Talking(Registry):
    """Rights are not asked for here; `by` is the peer who did it."""

    @alone
    def post(self, owner: Community, text: str, **fields: Any) -> Place:
        """On the wall, by the community itself unless `author` says otherwise. `fields` are those of Place."""
        place = self._add_place(Kind.WALL, owner, text, fields)
        self.happened(owner, "wall_post_new", shapes.post(place))
        return place

    @alone
    def add_place(self, kind: Kind, owner: Community, text: str = "", **fields: Any) -> Place:
        """A photo, video or item for sale to comment on; or a board topic with its title, yet without a first post."""
        return self._add_place(kind, owner, text, fields)

    @alone
    def comment(
        self, place: Place, author: Author | int, text: str = "", *, reply_to: Comment | None = None,
        attachments: list[dict[str, Any]] | None = None, date: int = 0, quietly: bool = False,
    ) -> Comment:  # fmt: skip
        """Posts of a board topic are comments, too. `quietly` tells no event of it."""
        peer = author if isinstance(author, int) else author.peer
        parent = (reply_to.parent or reply_to) if reply_to and place.kind is Kind.WALL else None
        number = self._number(place.owner, place.kind)
        comment = Comment(number, place, peer, date or self.now, text, attachments or [], parent, reply_to)
        place.comments[number] = place.owner.comments[place.kind, number] = comment
        self.did("comment", place.owner, comment, peer)
        if not quietly:
            self._tell(comment, "new")
        return comment

    @alone
    def edit(self, comment: Comment, text: str) -> None:
        comment.text = text
        self.changes += 1
        self._tell(comment, "edit")

    @alone
    def delete(self, comment: Comment, by: int, *, quietly: bool = False) -> None:
        self.did("delete", comment.place.owner, comment, by, effective=not comment.deleted)
        if not comment.deleted:
            comment.deleted = True
            if not quietly:
                kind = _event_of(comment, "delete")
                self.happened(comment.place.owner, kind, shapes.deletion_event(comment, by))

    @alone
    def restore(self, comment: Comment, by: int) -> None:
        self.did("restore", comment.place.owner, comment, by, effective=comment.deleted)
        if comment.deleted:
            comment.deleted = False
            self._tell(comment, "restore")

    @alone
    def write(
        self, chat: Chat, author: Author | int, text: str = "", *, reply_to: ChatMessage | None = None, date: int = 0,
        random_id: int = 0, quietly: bool = False, **fields: Any,
    ) -> ChatMessage:  # fmt: skip
        """Into a chat; `fields` are attachments, forwarded and action of ChatMessage."""
        peer = author if isinstance(author, int) else author.peer
        cmid = max(chat.messages, default=0) + 1
        message = ChatMessage(
            cmid, chat, peer, date or self.now, text, reply_to=reply_to, random_id=random_id,
            id=0 if chat.is_chat else cmid, **fields,
        )  # fmt: skip
        chat.messages[cmid] = message
        self.did("send", None, message, peer)
        if not quietly:
            self._tell_chat(message, "message_new")
        return message

    @alone
    def write_to(self, community: Community, user: User, text: str, **fields: Any) -> ChatMessage:
        """A personal message of somebody to a community."""
        return self.write(self.dialog(community, user), user, text, **fields)

    @alone
    def dialog(self, community: Community, user: User) -> Chat:
        return community.chats.setdefault(user.id, Chat(user.id, "", user.id))

    @alone
    def edit_message(self, message: ChatMessage, text: str) -> None:
        message.text, message.edited = text, self.now
        self._tell_chat(message, "message_edit")

    @alone
    def delete_message(self, message: ChatMessage, by: int) -> None:
        """VK tells communities no event of it."""
        self.did("delete", None, message, by, effective=not message.deleted)
        message.deleted = True

    def _add_place(self, kind: Kind, owner: Community, text: str, fields: dict[str, Any]) -> Place:
        given = {"author": owner.peer, "date": self.now} | fields
        place = Place(kind, owner, self._number(owner, kind), text=text, **given)
        owner.places[kind, place.id] = place
        self.changes += 1
        return place

    @staticmethod
    def _number(owner: Community, kind: Kind) -> int:
        """Posts and comments of a wall share their numbers; so do the other kinds here."""
        owner.numbered[kind] = owner.numbered.get(kind, 0) + 1
        return owner.numbered[kind]

    def _tell(self, comment: Comment, what: str) -> None:
        content = shapes.comment_event(comment, self.owner_fields)
        self.happened(comment.place.owner, _event_of(comment, what), content)

    def _tell_chat(self, message: ChatMessage, kind: str) -> None:
        for community in self.communities.values():
            if community.chats.get(message.chat.peer_id) is not message.chat:
                continue
            if message.author == community.peer:
                self.happened(community, "message_reply", shapes.message(message))
            elif kind == "message_new":
                version = community.long_poll.api_version
                self.happened(community, kind, shapes.message_event(message, version))
            else:
                self.happened(community, kind, shapes.message(message))


def _event_of(comment: Comment, what: str) -> str:
    names = {Kind.WALL: "wall_reply", Kind.BOARD: "board_post"}
    return f"{names.get(comment.kind, f'{comment.kind}_comment')}_{what}"
