"""Gets to know those who were met in passing only: Telegram pushes most users without the hash that addresses them."""

from contextlib import suppress
from itertools import islice

from telethon.tl import functions, types

from moderator_app.domain.errors import Refused
from moderator_app.domain.ports import Peer
from moderator_app.sources.telegram.chats import Ask
from moderator_app.sources.telegram.peers import Peers
from moderator_app.sources.telegram.watched import Board

_TOGETHER = 100


async def met(ask: Ask, board: Board, peers: Peers, unknown: dict[int, tuple[str, int]]) -> tuple[Peer, ...]:
    """Ask who some of the `unknown` are, and take them off it: users by the chat and id of a message of theirs."""
    some = dict(islice(unknown.items(), _TOGETHER))
    for user in some:
        del unknown[user]
    wanted = [
        types.InputUserFromMessage(board.chats[chat].chat.input_peer, message, user)
        for user, (chat, message) in some.items()
        if chat in board.chats and peers.author(str(user)) is None
    ]
    if not wanted:
        return ()
    with suppress(Refused):
        return peers.learn(await ask(functions.users.GetUsersRequest(wanted)))
    if len(wanted) == 1:
        return ()
    # One message that is gone has them all refused.
    found: tuple[Peer, ...] = ()
    for each in wanted:
        with suppress(Refused):
            found += peers.learn(await ask(functions.users.GetUsersRequest([each])))
    return found
