"""Deletes messages, and tells for each of them whether it is gone."""

from collections.abc import Sequence
from typing import Any

from telethon import TelegramClient
from telethon.tl import functions, types

from moderator_app.domain.errors import ModeratorError, Refused
from moderator_app.sources.telegram.client import ask, send
from moderator_app.sources.telegram.errors import code_of

# The answer of all when one of them may not be deleted.
_ONE_FORBIDDEN = frozenset({"MESSAGE_DELETE_FORBIDDEN", "MESSAGE_ID_INVALID"})


async def delete(client: TelegramClient, chat: Any, numbers: Sequence[int]) -> dict[int, ModeratorError | None]:
    """Delete up to 100 messages for everybody: None for what is gone, else why not, by number.

    `chat` is an InputPeerChannel or InputPeerChat. Raises what concerns all of them: TryLater, Refused, SignInNeeded.
    """
    # In a basic group the numbers are those of the account's whole mailbox: a wrong one would hit a private chat.
    asked = list(numbers) if isinstance(chat, types.InputPeerChannel) else await _present(client, chat, numbers)
    outcomes: dict[int, ModeratorError | None] = dict.fromkeys(numbers)
    await _delete(client, chat, asked, outcomes)
    return outcomes


async def delete_history(client: TelegramClient, chat: Any, author: Any) -> None:
    """Delete everything that somebody wrote in a supergroup; each request takes a part of it."""
    left = 1
    while left > 0:
        answer = await send(client, functions.channels.DeleteParticipantHistoryRequest(chat, author))
        left = answer.offset


async def _delete(
    client: TelegramClient, chat: Any, numbers: Sequence[int], outcomes: dict[int, ModeratorError | None]
) -> None:
    if not numbers:
        return
    try:
        answer = await send(client, _request(chat, numbers))
    except Refused as refused:
        if code_of(refused) not in _ONE_FORBIDDEN:
            raise
        await _delete_apart(client, chat, numbers, outcomes, refused)
        return
    # Each deleted message counts one. Others were gone before, or are passed over in silence.
    if answer.pts_count < len(numbers):
        for number in await _present(client, chat, numbers):
            outcomes[number] = Refused("telegram.delete_forbidden")


async def _delete_apart(
    client: TelegramClient,
    chat: Any,
    numbers: Sequence[int],
    outcomes: dict[int, ModeratorError | None],
    refused: Refused,
) -> None:
    """Find those that are in the way by halves."""
    if len(numbers) == 1:
        outcomes[numbers[0]] = refused
        return
    middle = len(numbers) // 2
    await _delete(client, chat, numbers[:middle], outcomes)
    await _delete(client, chat, numbers[middle:], outcomes)


def _request(chat: Any, numbers: Sequence[int]) -> Any:
    if isinstance(chat, types.InputPeerChannel):
        return functions.channels.DeleteMessagesRequest(chat, list(numbers))
    return functions.messages.DeleteMessagesRequest(list(numbers), revoke=True)


async def _present(client: TelegramClient, chat: Any, numbers: Sequence[int]) -> list[int]:
    """Those of `numbers` that are messages of the chat now, in their order."""
    wanted = [types.InputMessageID(number) for number in numbers]
    if isinstance(chat, types.InputPeerChannel):
        answer = await ask(client, functions.channels.GetMessagesRequest(chat, wanted))
        peer: Any = types.PeerChannel(chat.channel_id)
    else:
        answer = await ask(client, functions.messages.GetMessagesRequest(wanted))
        peer = types.PeerChat(chat.chat_id)
    found = {each.id for each in answer.messages if getattr(each, "peer_id", None) == peer and _is_there(each)}
    return [number for number in numbers if number in found]


def _is_there(found: Any) -> bool:
    return isinstance(found, types.Message | types.MessageService)
