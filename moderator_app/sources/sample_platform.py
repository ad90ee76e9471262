"""The platforms behind the sample chats, in memory: what is there, and who may write."""

from datetime import UTC, datetime, timedelta

from moderator_app.domain.decision import ActionKind, Order
from moderator_app.domain.message import AuthorKey, CommunityKey, Message, MessageKey
from moderator_app.sources.sample_lines import Event

_FOR_EVER = datetime.max.replace(tzinfo=UTC)


class SamplePlatform:
    """Holds `present` messages. Actions that change nothing any more are done all the same."""

    def __init__(self, present: dict[MessageKey, Message]) -> None:
        self._present = present
        self._deleted: dict[MessageKey, Message] = {}
        self._silenced: dict[tuple[ActionKind, CommunityKey, AuthorKey], datetime] = {}
        self._performed: set[int] = set()

    def find(self, key: MessageKey) -> Message | None:
        return self._present.get(key)

    def admit(self, event: Event, now: datetime) -> bool:
        """Let the event happen, unless its author may not write or its message was deleted."""
        if event.author is not None and self._is_silent(event.community.key, event.author, now):
            return False
        if isinstance(event.what, Message):
            if event.what.key in self._deleted:
                return False
            self._present[event.what.key] = event.what
        return True

    def perform(self, order: Order, now: datetime) -> None:
        """Carry out an order, once for each idempotency key."""
        if order.idempotency_key not in self._performed:
            self._performed.add(order.idempotency_key)
            self._carry_out(order, now)

    def _carry_out(self, order: Order, now: datetime) -> None:
        match order.kind:
            case ActionKind.DELETE:
                _move(order.message, self._present, self._deleted)
            case ActionKind.RESTORE:
                _move(order.message, self._deleted, self._present)
            case ActionKind.BAN | ActionKind.MUTE:
                end = _FOR_EVER if order.length is None else now + timedelta(seconds=order.length)
                self._silenced[_silence(order.kind, order)] = end
            case ActionKind.UNBAN:
                self._silenced.pop(_silence(ActionKind.BAN, order), None)
            case ActionKind.UNMUTE:
                self._silenced.pop(_silence(ActionKind.MUTE, order), None)
            case ActionKind.DELETE_ALL:
                for message in [each for each in self._present.values() if _wrote(order, each)]:
                    _move(message.key, self._present, self._deleted)
            case _:
                # Nothing that is written here depends on it.
                pass

    def _is_silent(self, community: CommunityKey, author: AuthorKey, now: datetime) -> bool:
        ends = (self._silenced.get((kind, community, author)) for kind in (ActionKind.BAN, ActionKind.MUTE))
        return any(end is not None and now < end for end in ends)


def _silence(kind: ActionKind, order: Order) -> tuple[ActionKind, CommunityKey, AuthorKey]:
    return kind, order.message.community_key, AuthorKey(order.message.platform, order.author)


def _wrote(order: Order, message: Message) -> bool:
    author = AuthorKey(order.message.platform, order.author)
    same_place = message.key.community_key == order.message.community_key
    return same_place and message.author is not None and message.author.key == author


def _move(key: MessageKey, source: dict[MessageKey, Message], target: dict[MessageKey, Message]) -> None:
    if (message := source.pop(key, None)) is not None:
        target[key] = message
