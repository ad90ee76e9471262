"""Who is in a chat: joins, leaves, requests, bans and restrictions."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from telethon.tl import types

from tests.servers.telegram.entities import ADMIN, Ban, Chat, ChatKind, Invite, JoinRequest, Member, User
from tests.servers.telegram.posting import Posting
from tests.servers.telegram.standing import left
from tests.servers.telegram.views import moment
from tests.servers.telegram.wire import TL

SHUT_OUT = types.ChatBannedRights(
    until_date=None, view_messages=True, send_messages=True, send_media=True, send_stickers=True, send_gifs=True,
    send_games=True, send_inline=True, embed_links=True,
)  # fmt: skip
MUTED = types.ChatBannedRights(until_date=None, send_messages=True, send_media=True, send_plain=True)
TOGGLED = types.ChannelAdminLogEventActionParticipantToggleBan
NO_MEDIA = types.ChatBannedRights(until_date=None, send_media=True, send_photos=True, send_videos=True, send_docs=True)


class Membership(Posting):
    """`by` is who did it; no rights are asked for here."""

    def join(self, chat: Chat, user: User, *, invite: Invite | None = None, by: User | None = None) -> None:
        """By a link, by somebody's invitation, or by oneself where the chat is public."""
        action: TL
        if invite:
            action = types.MessageActionChatJoinedByLink(inviter_id=invite.by.id)
            self._enter(chat, user, Member(user, self.now, invite.by), user, action, invite.by)
        else:
            action = types.MessageActionChatAddUser(users=[user.id])
            self._enter(chat, user, Member(user, self.now, by), by or user, action, user)

    def promote(self, chat: Chat, user: User, rights: TL = ADMIN, by: User | None = None, rank: str = "") -> None:
        """Gives a member admin rights (`ChatAdminRights`), or takes them away with None."""
        by = by or chat.creator
        with self._logged(
            chat, user, by, "promote" if rights else "demote", types.ChannelAdminLogEventActionParticipantToggleAdmin
        ):
            member = chat.members[user]
            member.admin, member.rank, member.promoted_by = rights, rank, by
        self._chat_changed(chat, user)

    def leave(self, chat: Chat, user: User) -> None:
        self.log(chat, user, "leave", types.ChannelAdminLogEventActionParticipantLeave(), user)
        chat.members.pop(user)
        self.announce(chat, user, types.MessageActionChatDeleteUser(user_id=user.id), user)
        self._chat_changed(chat, user)

    def ban(
        self, chat: Chat, peer: User | Chat, by: User | None = None, *, rights: TL = SHUT_OUT, until: int = 0
    ) -> None:
        """Shuts out (and removes) or restricts somebody; `until` is unix seconds, 0 for ever."""
        by = by or chat.creator
        kind = "ban" if rights.view_messages else "restrict"
        known = chat.ban_of(peer, self.now)
        effective = not known or bool(known.rights.view_messages) != bool(rights.view_messages) or known.until != until
        self.did(kind, chat, peer, by, effective=effective)
        with self._logged(chat, peer, by, "kick" if rights.view_messages else "ban", TOGGLED):
            chat.bans[peer] = Ban(peer, by, self.now, rights, until)
        if rights.view_messages and peer in chat.members:
            self._remove(chat, peer, by)
        elif isinstance(peer, User):
            self._chat_changed(chat, peer)

    def kick(self, chat: Chat, user: User, by: User | None = None) -> None:
        """Removes somebody who may come back."""
        self.did("kick", chat, user, by, effective=user in chat.members)
        if user in chat.members:
            self._remove(chat, user, by or chat.creator)

    def unban(self, chat: Chat, peer: User | Chat, by: User | None = None) -> None:
        """Lifts a ban or restrictions; who was removed does not come back by it."""
        known = chat.ban_of(peer, self.now)
        self.did("unban", chat, peer, by, effective=known is not None)
        if known is None:
            return
        kind = "unkick" if known.rights.view_messages else "unban"
        with self._logged(chat, peer, by or chat.creator, kind, TOGGLED):
            del chat.bans[peer]
        if isinstance(peer, User):
            self._chat_changed(chat, peer)

    def upgrade(self, chat: Chat) -> Chat:
        """Makes a supergroup of a basic group, with the same members; what was written stays where it is."""
        new = self.add_supergroup(chat.title, chat.creator, [user for user in chat.members if user is not chat.creator])
        for user, member in chat.members.items():
            if member.admin and user is not chat.creator:
                new.members[user].admin = member.admin
        chat.upgraded_to = new
        self.announce(chat, chat.creator, types.MessageActionChatMigrateTo(channel_id=new.id), new)
        came = types.MessageActionChannelMigrateFrom(title=chat.title, chat_id=chat.id)
        self.announce(new, chat.creator, came, chat)
        self._chat_changed(chat)
        self._chat_changed(new, *new.members)
        return new

    def add_invite(self, chat: Chat, by: User | None = None, *, request_needed: bool = False) -> Invite:
        """A link to join by; with `request_needed` an admin has to let people in."""
        code = secrets.token_urlsafe(12)
        invite = Invite(f"https://t.me/+{code}", by or chat.creator, self.now, request_needed)
        chat.invites[code] = invite
        return invite

    def ask_to_join(self, chat: Chat, user: User, *, about: str = "", invite: Invite | None = None) -> None:
        chat.requests[user] = JoinRequest(user, self.now, about, invite)
        self._requests_changed(chat)

    def approve(self, chat: Chat, user: User, by: User | None = None) -> None:
        request = chat.requests.pop(user)
        self.did("approve", chat, user, by)
        member = Member(user, self.now, request.invite.by if request.invite else None, via_request=True)
        self._enter(chat, user, member, user, types.MessageActionChatJoinedByRequest())
        self._requests_changed(chat)

    def decline(self, chat: Chat, user: User, by: User | None = None) -> None:
        self.did("decline", chat, user, by, effective=user in chat.requests)
        if chat.requests.pop(user, None):
            self._requests_changed(chat)

    def _enter(self, chat: Chat, user: User, member: Member, author: User, action: TL, *mentions: User | Chat) -> None:
        if user in chat.members:
            return
        chat.requests.pop(user, None)
        chat.members[user] = member
        self._log_entrance(chat, member)
        self.announce(chat, author, action, *mentions)
        self._chat_changed(chat, user)

    def _log_entrance(self, chat: Chat, member: Member) -> None:
        user, entered = member.user, types.ChannelAdminLogEventActionParticipantJoin()
        if member.inviter and not member.via_request:
            entered = types.ChannelAdminLogEventActionParticipantInvite(left(chat, user, self.now))
            self.log(chat, member.inviter, "invite", entered, user)
        else:
            self.log(chat, user, "join", entered, user)

    def _remove(self, chat: Chat, user: User | Chat, by: User) -> None:
        if isinstance(user, User):
            author = chat if _anonymous(chat, by) else by
            if chat.kind is ChatKind.BASIC:  # its members are told while the removed one still is among them
                self.announce(chat, author, types.MessageActionChatDeleteUser(user_id=user.id), user)
                del chat.members[user]
            else:
                del chat.members[user]
                self.announce(chat, author, types.MessageActionChatDeleteUser(user_id=user.id), user)
            self._chat_changed(chat, user)

    @contextmanager
    def _logged(self, chat: Chat, peer: User | Chat, by: User, kind: str, action: Any) -> Iterator[None]:
        """Logs how somebody's standing was before and after."""
        before = left(chat, peer, self.now)
        yield
        after = left(chat, peer, self.now)
        self.log(chat, by, kind, action(before, after), peer)
        if self.tells_participants and isinstance(peer, User):
            update = types.UpdateChannelParticipant(
                channel_id=chat.id, date=moment(self.now), actor_id=by.id, user_id=peer.id, qts=0,
                prev_participant=before, new_participant=after,
            )  # fmt: skip
            self.tell([member.user for member in chat.admins()], update, [chat, peer, by], kept=False)

    def _requests_changed(self, chat: Chat) -> None:
        waiting = list(chat.requests)
        update = types.UpdatePendingJoinRequests(
            peer=types.PeerChannel(chat.id) if chat.is_channel else types.PeerChat(chat.id),
            requests_pending=len(waiting),
            recent_requesters=[user.id for user in waiting[-10:]],
        )
        admins = [member.user for member in chat.admins() if chat.may(member.user, "invite_users")]
        self.tell(admins, update, [chat, *waiting[-10:]])

    def _chat_changed(self, chat: Chat, *users: User) -> None:
        if chat.is_channel:
            self.tell(users, types.UpdateChannel(chat.id), [chat])
            return
        chat.version += 1
        self.tell(_unique([*chat.members, *users]), types.UpdateChat(chat.id), [chat], kept=False)


class World(Membership):
    """All that the server knows. See the package's docstring for how to fill it."""


def _anonymous(chat: Chat, user: User) -> bool:
    member = chat.members.get(user)
    return bool(member and member.admin and member.admin.anonymous)


def _unique(users: Iterable[User]) -> list[Any]:
    return list(dict.fromkeys(users))
