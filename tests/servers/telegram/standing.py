"""Somebody's standing in a channel, as `ChannelParticipant...`."""

from __future__ import annotations

from telethon.tl import types

from tests.servers.telegram.entities import ALL_RIGHTS, Chat, User
from tests.servers.telegram.views import dated, moment, peer_of
from tests.servers.telegram.wire import TL


def standing(chat: Chat, peer: User | Chat, now: int, viewer: User | None = None) -> TL:
    """None for those who neither are in the chat nor banned from it. `viewer` is shown himself as such."""
    ban = chat.ban_of(peer, now)
    if ban:
        return types.ChannelParticipantBanned(
            peer=peer_of(peer), kicked_by=ban.by.id, date=moment(ban.date), banned_rights=dated(ban.rights, ban.until),
            left=peer not in chat.members,
        )  # fmt: skip
    if not isinstance(peer, User) or peer not in chat.members:
        return None
    member = chat.members[peer]
    if peer is chat.creator:
        return types.ChannelParticipantCreator(
            user_id=peer.id, admin_rights=member.admin or ALL_RIGHTS, rank=member.rank or None
        )
    inviter = member.inviter.id if member.inviter else None
    if member.admin:
        promoter = member.promoted_by or chat.creator
        return types.ChannelParticipantAdmin(
            user_id=peer.id, promoted_by=promoter.id, date=moment(member.date), admin_rights=member.admin,
            can_edit=viewer in (promoter, chat.creator), is_self=peer is viewer,
            inviter_id=(inviter or chat.creator.id) if peer is viewer else None, rank=member.rank or None,
        )  # fmt: skip
    if peer is viewer:
        return types.ChannelParticipantSelf(
            user_id=peer.id, inviter_id=inviter or peer.id, date=moment(member.date), via_request=member.via_request
        )
    return types.ChannelParticipant(user_id=peer.id, date=moment(member.date))


def left(chat: Chat, peer: User | Chat, now: int) -> TL:
    """As `standing`, with ChannelParticipantLeft for those who have none."""
    return standing(chat, peer, now) or types.ChannelParticipantLeft(peer_of(peer))
