"""What bans, mutes and restrictions forbid, and whether somebody's standing is already what is wanted."""

from datetime import UTC, datetime, timedelta
from typing import Any

from telethon.tl import types

from moderator_app.domain.decision import ActionKind, Order

# Telegram takes what ends within 30 s for endless.
SHORTEST = timedelta(minutes=1)
# Between ban and lifting it, a removal is a ban that ends by itself.
_REMOVAL = timedelta(minutes=2)
# So long after its first try an order may be repeated.
_REPEATED_WITHIN = timedelta(minutes=15)

_MEDIA = (
    "send_media", "send_stickers", "send_gifs", "send_games", "send_inline", "embed_links", "send_polls", "send_photos",
    "send_videos", "send_roundvideos", "send_audios", "send_voices", "send_docs",
)  # fmt: skip
_FORBIDDEN = {
    ActionKind.BAN: ("view_messages", "send_messages", "send_plain", *_MEDIA),
    ActionKind.KICK: ("view_messages", "send_messages", "send_plain", *_MEDIA),
    ActionKind.MUTE: ("send_messages", "send_plain", *_MEDIA),
    ActionKind.RESTRICT: _MEDIA,
}

NOTHING_FORBIDDEN = types.ChatBannedRights(until_date=None)


def wanted_rights(order: Order, now: datetime) -> Any:
    """The ChatBannedRights that carry an order out. `now` is Telegram's time."""
    forbidden = _FORBIDDEN.get(order.kind, ())
    length = _REMOVAL if order.kind is ActionKind.KICK else _length(order)
    until = None if length is None else _marked(now + length, order.idempotency_key)
    return types.ChatBannedRights(until_date=until, **dict.fromkeys(forbidden, True))


def is_settled(order: Order, standing: Any, wanted: Any, me: int) -> bool:
    """Whether a ChannelParticipant, or None for nobody, needs no request any more."""
    banned = standing.banned_rights if isinstance(standing, types.ChannelParticipantBanned) else None
    shut_out = banned is not None and bool(banned.view_messages)
    match order.kind:
        case ActionKind.KICK:
            # Whoever is out stays as he is, unless this very order has shut him out and was cut off.
            return not _is_in(standing) and not is_doing_of(order, standing, wanted, me)
        case ActionKind.UNBAN:
            return not shut_out
        case ActionKind.UNMUTE:
            return banned is None or shut_out
    if banned is None:
        return False
    return _covers(banned, wanted) or is_doing_of(order, standing, wanted, me)


def is_doing_of(order: Order, standing: Any, wanted: Any, me: int) -> bool:
    """Whether this order, or an earlier try of it, has made the standing what it is: its end bears the order's mark."""
    if not isinstance(standing, types.ChannelParticipantBanned) or standing.kicked_by != me:
        return False
    until = standing.banned_rights.until_date
    if _is_endless(until) or _is_endless(wanted.until_date):
        return False
    late = wanted.until_date - until
    marked = (int(until.timestamp()) - order.idempotency_key) % 60 == 0
    return marked and timedelta() <= late <= _REPEATED_WITHIN


def _length(order: Order) -> timedelta | None:
    return None if order.length is None else max(timedelta(seconds=order.length), SHORTEST)


def _marked(end: datetime, key: int) -> datetime:
    """`end`, at most a minute later: its second within the minute tells the order to which it belongs."""
    seconds = int(end.timestamp())
    return datetime.fromtimestamp(seconds + (key - seconds) % 60, UTC)


def _is_in(standing: Any) -> bool:
    if standing is None or isinstance(standing, types.ChannelParticipantLeft):
        return False
    return not (isinstance(standing, types.ChannelParticipantBanned) and standing.left)


def _covers(banned: Any, wanted: Any) -> bool:
    """Whether all that is wanted is forbidden already, and for no shorter time."""
    if not _is_endless(banned.until_date) and (_is_endless(wanted.until_date) or banned.until_date < wanted.until_date):
        return False
    if banned.view_messages:
        return True
    if banned.send_messages:
        # Of no kind.
        return not wanted.view_messages
    return all(getattr(banned, name) for name, value in wanted.to_dict().items() if value is True)


def _is_endless(until: datetime | None) -> bool:
    # Telegram's "never" is 0 or the last second that 31 bits count.
    return until is None or until.year < 1971 or until.year >= 2038
