"""Turns Telegram's answer about a user or channel into a profile."""

import re
from typing import Any

from telethon import utils
from telethon.tl import types

from moderator_app.domain.message import Community
from moderator_app.domain.profile import Profile
from moderator_app.sources.telegram.convert import moment
from moderator_app.sources.telegram.entities import Known, author, community, community_key, known
from moderator_app.sources.telegram.text import clean

_MONTH = re.compile(r"([0-9]{2})\.([0-9]{4})", re.ASCII)


def profile_of(answer: Any, participant: Any = None) -> Profile:
    """Of users.getFullUser's `answer`, and of the person's ChannelParticipant or ChatParticipant where it was asked."""
    full, people = answer.full_user, known(answer.users, answer.chats)
    user = people.get(full.id)
    photo = full.profile_photo or full.personal_photo or full.fallback_photo
    return Profile(
        author=author(types.PeerUser(full.id), people),
        bio=clean(full.about or ""),
        personal_channel=_channel(full.personal_channel_id, people),
        has_photo=photo is not None or isinstance(getattr(user, "photo", None), types.UserProfilePhoto),
        photo_since=moment(getattr(photo, "date", None)),
        registered=_month(full.settings.registration_month),
        joined=moment(getattr(participant, "date", None)),
        common_chats=full.common_chats_count,
        is_bot=_is(user, "bot"),
        is_premium=_is(user, "premium"),
        is_verified=_is(user, "verified"),
        is_deleted=_is(user, "deleted"),
        is_scam=_is(user, "scam"),
        is_fake=_is(user, "fake"),
    )


def channel_profile_of(answer: Any) -> Profile:
    """Of channels.getFullChannel's `answer`: a channel or group that writes in its own name."""
    full, known_chats = answer.full_chat, known(answer.users, answer.chats)
    peer = types.PeerChannel(full.id)
    channel = known_chats.get(utils.get_peer_id(peer))
    photo = full.chat_photo
    return Profile(
        author=author(peer, known_chats),
        bio=clean(full.about or ""),
        has_photo=isinstance(photo, types.Photo),
        photo_since=moment(getattr(photo, "date", None)),
        is_verified=_is(channel, "verified"),
        is_scam=_is(channel, "scam"),
        is_fake=_is(channel, "fake"),
    )


def _channel(id: int | None, people: Known) -> Community | None:
    if id is None:
        return None
    peer = types.PeerChannel(id)
    entity = people.get(utils.get_peer_id(peer))
    return Community(community_key(peer)) if entity is None else community(entity)


def _month(written: str | None) -> str:
    found = _MONTH.fullmatch(written or "")
    return f"{found[2]}-{found[1]}" if found else ""


def _is(user: Any, flag: str) -> bool:
    return bool(getattr(user, flag, None))
