"""The chats of an account in which it may moderate, read from its list of chats."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telethon import TelegramClient, utils
from telethon.tl import functions, types

from moderator_app.domain.decision import ActionKind
from moderator_app.domain.errors import Refused
from moderator_app.domain.message import Community, CommunityKey, Platform
from moderator_app.domain.ports import Peer
from moderator_app.sources.telegram import entities
from moderator_app.sources.telegram.peers import Peers
from moderator_app.sources.telegram.rights import basic_rights, is_open, rights_of

# Sends a request, and again when Telegram asks to wait. Raises TryLater, SignInNeeded, Refused.
Ask = Callable[[Any], Awaitable[Any]]

_PAGE = 100


@dataclass(frozen=True, slots=True)
class Chat:
    """`top` is the id of the newest message. `pts` is 0 in a basic group, whose messages count for the account."""

    community: Community
    input_peer: Any
    rights: frozenset[ActionKind]
    top: int = 0
    pts: int = 0

    @property
    def id(self) -> str:
        return self.community.key.community

    @property
    def is_basic(self) -> bool:
        return isinstance(self.input_peer, types.InputPeerChat)


def former_group(id: str) -> Chat:
    """The basic group, of this bare id, that a supergroup was before."""
    key = CommunityKey(Platform.TELEGRAM, id)
    return Chat(Community(key), types.InputPeerChat(int(id)), frozenset())


@dataclass(frozen=True, slots=True)
class Listed:
    """The chats in which the account may delete messages, the ids of the others, and whom it met while asking.

    `pts` is the account's, 0 where it was not told.
    """

    chats: tuple[Chat, ...]
    others: frozenset[str]
    peers: tuple[Peer, ...]
    pts: int = 0


class ChatList:
    """Asks for the chats of one account. All of it raises TryLater, SignInNeeded and Refused."""

    def __init__(self, client: TelegramClient, ask: Ask, peers: Peers) -> None:
        self._client, self._ask = client, ask
        self._peers = peers
        # Rights in basic groups by id and version, of which the list of chats does not always tell.
        self._asked: dict[tuple[int, int], frozenset[ActionKind]] = {}

    async def read(self) -> Listed:
        """All of them."""
        request = functions.messages.GetDialogsRequest(None, 0, types.InputPeerEmpty(), _PAGE, 0)
        found: dict[int, Chat] = {}
        learnt: tuple[Peer, ...] = ()
        seen: set[int] = set()
        others: set[str] = set()
        while True:
            answer = await self._ask(request)
            known = entities.known(answer.users, answer.chats)
            learnt += self._peers.learn(known.values())
            moderated = await self._moderated(answer.dialogs, known)
            found |= moderated
            others |= {str(utils.resolve_id(id)[0]) for id in known if id < 0 and id not in found}
            fresh = {utils.get_peer_id(each.peer) for each in answer.dialogs} - seen
            seen |= fresh
            if not isinstance(answer, types.messages.DialogsSlice) or not fresh or not _turn(request, answer, known):
                return Listed(tuple(found.values()), frozenset(others), learnt)

    async def refresh(self, chats: Sequence[Chat]) -> Listed:
        """These again, without those in which the account has no right any more."""
        found: dict[int, Chat] = {}
        learnt: tuple[Peer, ...] = ()
        pts = 0
        for first in range(0, len(chats), _PAGE):
            peers = [types.InputDialogPeer(chat.input_peer) for chat in chats[first : first + _PAGE]]
            answer = await self._ask(functions.messages.GetPeerDialogsRequest(peers))
            known = entities.known(answer.users, answer.chats)
            learnt += self._peers.learn(known.values())
            found |= await self._moderated(answer.dialogs, known)
            pts = answer.state.pts
        return Listed(tuple(found.values()), frozenset(), learnt, pts)

    async def _moderated(self, dialogs: Iterable[Any], known: Mapping[int, Any]) -> dict[int, Chat]:
        found = {}
        for dialog in dialogs:
            if not isinstance(dialog, types.Dialog) or isinstance(dialog.peer, types.PeerUser):
                continue
            id = utils.get_peer_id(dialog.peer)
            entity = known.get(id)
            if not is_open(entity):
                continue
            rights = await self._rights(entity)
            address = self._peers.chat(entities.chat_id(dialog.peer))
            if ActionKind.DELETE in rights and address is not None:
                community = entities.community(entity)
                found[id] = Chat(community, address, rights, dialog.top_message or 0, dialog.pts or 0)
        return found

    async def _rights(self, entity: Any) -> frozenset[ActionKind]:
        rights = rights_of(entity)
        if rights or not isinstance(entity, types.Chat):
            return rights
        version = (entity.id, entity.version)
        if version not in self._asked:
            self._asked[version] = await self._basic_rights(entity.id)
        return self._asked[version]

    async def _basic_rights(self, chat: int) -> frozenset[ActionKind]:
        try:
            answer = await self._ask(functions.messages.GetFullChatRequest(chat))
        except Refused:
            return frozenset()
        mine = self._client._self_id
        participants = getattr(answer.full_chat.participants, "participants", ())
        admin = types.ChatParticipantAdmin | types.ChatParticipantCreator
        return (
            basic_rights() if any(each.user_id == mine for each in participants if isinstance(each, admin)) else _NONE
        )


_NONE: frozenset[ActionKind] = frozenset()


def _turn(request: Any, answer: Any, known: Mapping[int, Any]) -> bool:
    """Have the request ask for the next page; False where Telegram gives nothing to go by."""
    dates = {(utils.get_peer_id(each.peer_id), each.id): getattr(each, "date", None) for each in answer.messages}
    for dialog in reversed(answer.dialogs):
        id = utils.get_peer_id(dialog.peer)
        date = dates.get((id, dialog.top_message))
        if date is not None and id in known:
            request.offset_id, request.offset_date = dialog.top_message, date
            request.offset_peer = utils.get_input_peer(known[id], check_hash=False)
            request.exclude_pinned = True
            return True
    return False
