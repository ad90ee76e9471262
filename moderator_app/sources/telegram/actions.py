"""Carries orders out with a moderator's own account."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from telethon import TelegramClient, utils
from telethon.tl import functions, types

from moderator_app.domain.decision import ActionKind, Order
from moderator_app.domain.errors import ModeratorError, Refused
from moderator_app.domain.message import CommunityKey
from moderator_app.domain.rights import obstacle
from moderator_app.sources.telegram.addressing import Addressing
from moderator_app.sources.telegram.client import ask, send
from moderator_app.sources.telegram.deleting import delete, delete_history
from moderator_app.sources.telegram.errors import code_of
from moderator_app.sources.telegram.numbering import split
from moderator_app.sources.telegram.once import Once
from moderator_app.sources.telegram.peers import Peers
from moderator_app.sources.telegram.restrictions import NOTHING_FORBIDDEN, is_doing_of, is_settled, wanted_rights
from moderator_app.sources.telegram.rights import KINDS

# Answers that say: it is so already.
_ALREADY_SO = {
    ActionKind.UNBAN: frozenset({"USER_NOT_PARTICIPANT"}),
    ActionKind.UNMUTE: frozenset({"USER_NOT_PARTICIPANT"}),
    ActionKind.KICK: frozenset({"USER_NOT_PARTICIPANT"}),
    ActionKind.DECLINE: frozenset({"HIDE_REQUESTER_MISSING"}),
    ActionKind.WARN: frozenset({"RANDOM_ID_DUPLICATE"}),
}
_UNCHANGED = frozenset({"CHAT_NOT_MODIFIED"})

_RESTRICTING = frozenset(
    {
        ActionKind.BAN, ActionKind.UNBAN, ActionKind.KICK, ActionKind.MUTE, ActionKind.UNMUTE, ActionKind.RESTRICT,
    }
)  # fmt: skip
# There a ban is no more than a removal.
_IN_BASIC_GROUPS = frozenset({ActionKind.DELETE, ActionKind.BAN, ActionKind.KICK, ActionKind.WARN, ActionKind.DECLINE})

_MYSELF = types.InputUserSelf()


class Actions:
    """Works on a connected client, waits for nothing but answers, and keeps nothing between two orders.

    `peers` and `rights` are read at every order. Every request may be made again when its answer was lost. Raises
    Refused, TryLater and SignInNeeded.
    """

    def __init__(
        self,
        client: TelegramClient,
        peers: Peers,
        rights: Callable[[CommunityKey], Collection[ActionKind]],
        once: Once,
        *,
        read_only: bool = False,
    ) -> None:
        self._client = client
        self._addressing = Addressing(client, peers)
        self._rights = rights
        self._once = once
        self._read_only = read_only
        # How far Telegram's clock is ahead of this machine's.
        self._ahead: timedelta | None = None

    async def perform(self, order: Order) -> None:
        """See `domain.ports.Source.perform`."""
        if order.kind is ActionKind.DELETE:
            (error,) = await self.delete_many([order])
            if error is not None:
                raise error
            return
        chat = self._entered(order)
        try:
            await self._carry_out(order, chat)
        except ModeratorError as error:
            if code_of(error) not in _ALREADY_SO.get(order.kind, frozenset()) | _UNCHANGED:
                raise

    async def delete_many(self, orders: Sequence[Order]) -> tuple[ModeratorError | None, ...]:
        """See `domain.ports.BulkSource.delete_many`."""
        chat = self._entered(orders[0])
        places = [_place(order) for order in orders]
        outcomes: dict[tuple[str, int] | Refused, ModeratorError | None] = {
            place: place for place in places if isinstance(place, Refused)
        }
        known = [place for place in places if not isinstance(place, Refused)]
        for group in dict.fromkeys(group for group, _number in known):
            there = types.InputPeerChat(int(group)) if group else chat
            found = await delete(self._client, there, [number for of, number in known if of == group])
            outcomes |= {(group, number): error for number, error in found.items()}
        return tuple(outcomes[place] for place in places)

    def _entered(self, order: Order) -> Any:
        """The InputPeer of the order's chat. Raises Refused for what is known to be impossible there."""
        if self._read_only:
            raise Refused("telegram.read_only")
        place = order.message.community_key
        chat = self._addressing.chat(place)
        if isinstance(chat, types.InputPeerChat) and order.kind not in _IN_BASIC_GROUPS:
            raise Refused("telegram.basic_group")
        why = obstacle(order.kind, KINDS, self._rights(place))
        if why is not None:
            raise Refused(why.text_id, **dict(why.parameters))
        if order.kind.on_author and order.kind is not ActionKind.WARN and order.author == f"-{place.community}":
            # Admins who write in the group's name cannot be told apart, and are spared.
            raise Refused("telegram.admin_spared")
        return chat

    async def _carry_out(self, order: Order, chat: Any) -> None:
        if order.kind is ActionKind.WARN:
            await self._warn(order, chat)
        else:
            await self._addressing.with_author(order, chat, lambda author: self._against(order, chat, author))

    async def _warn(self, order: Order, chat: Any) -> None:
        reply = types.InputReplyToMessage(_number_here(order))
        await send(
            self._client,
            functions.messages.SendMessageRequest(
                chat, order.text, no_webpage=True, reply_to=reply, random_id=order.idempotency_key
            ),
        )

    def _against(self, order: Order, chat: Any, author: Any) -> Awaitable[Any]:
        if order.kind in _RESTRICTING:
            if isinstance(chat, types.InputPeerChat):
                return self._remove(chat, author)
            return self._restrict(order, chat, author)
        match order.kind:
            case ActionKind.DECLINE:
                user = utils.get_input_user(author)
                return self._ask(functions.messages.HideChatJoinRequestRequest(chat, user, approved=False))
            case ActionKind.REPORT:
                report = functions.channels.ReportSpamRequest(
                    utils.get_input_channel(chat), author, [_number_here(order)]
                )
                return self._once.send(self._client, report, order.idempotency_key)
        assert order.kind is ActionKind.DELETE_ALL, order.kind
        return delete_history(self._client, chat, author)

    async def _restrict(self, order: Order, chat: Any, author: Any) -> None:
        """Look first: what others have done meanwhile stays, and an answer that was lost is made up for."""
        standing, me = await self._standing(chat, author), await self._me()
        wanted = wanted_rights(order, await self._now())
        if is_settled(order, standing, wanted, me):
            return
        removes = order.kind is ActionKind.KICK
        if not (removes and is_doing_of(order, standing, wanted, me)):
            await self._ask(functions.channels.EditBannedRequest(chat, author, wanted))
        if removes:
            await self._ask(functions.channels.EditBannedRequest(chat, author, NOTHING_FORBIDDEN))

    async def _remove(self, chat: Any, author: Any) -> None:
        """From a basic group; who is not in it any more is removed already."""
        try:
            await self._ask(functions.messages.DeleteChatUserRequest(chat.chat_id, utils.get_input_user(author)))
        except Refused as refused:
            if code_of(refused) != "USER_NOT_PARTICIPANT":
                raise

    async def _standing(self, chat: Any, author: Any) -> Any:
        """The ChannelParticipant of somebody; None for whoever neither is in the chat nor banned from it."""
        try:
            return (await self._ask(functions.channels.GetParticipantRequest(chat, author))).participant
        except Refused as refused:
            if code_of(refused) == "USER_NOT_PARTICIPANT":
                return None
            raise

    async def _ask(self, request: Any) -> Any:
        return await send(self._client, request)

    async def _me(self) -> int:
        known = self._client._self_id
        if known is None:
            (known,) = (each.id for each in await ask(self._client, functions.users.GetUsersRequest([_MYSELF])))
        return int(known)

    async def _now(self) -> datetime:
        if self._ahead is None:
            config = await ask(self._client, functions.help.GetConfigRequest())
            self._ahead = config.date - datetime.now(UTC)
        return datetime.now(UTC) + self._ahead


def _place(order: Order) -> tuple[str, int] | Refused:
    """Where an order's message is, as `split` tells, or why that cannot be told."""
    try:
        return split(order.message.message)
    except Refused as refused:
        return refused


def _number_here(order: Order) -> int:
    """The number of the order's message in its chat. Raises Refused for one of before the chat became a supergroup."""
    group, number = split(order.message.message)
    if group:
        raise Refused("telegram.before_upgrade")
    return number
