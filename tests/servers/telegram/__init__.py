"""Telegram on loopback: a small MTProto server, to which unmodified Telethon connects.

    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest", username="guest")
        group = world.add_supergroup("Cooking", owner, [guest])
        message = world.post(group, guest, "hello")        # pushed to whoever is connected
        world.edit(message, "hello, all")
        world.post(group, guest, "look", media=world.add_photo(jpeg, thumb=small))
        session = server.session_for(owner)                # a StringSession, signed in already
        environment = server.environment(owner)            # the variables that lead moderator-app here, signed in
        async with server.client(guest) as second:         # a Telethon client, to see what others see
            ...
        server.faults.fail("channels.EditBanned", "FLOOD_WAIT_3", times=2)
        server.faults.lose_answers("messages.SendMessage")
        assert server.carried_out["channels.EditBanned"] == 1
        assert len(world.done("ban", guest)) == 1          # effective once
        await server.restart(forget_updates=True)          # or stop() and start(): down and up again

As a process of its own: `python -m tests.servers.telegram --port N --state FILE`, told what to do as control.py says.

`world` (world of users, chats and messages, `membership.World`) does what it is told and asks for no rights; requests
of clients are held against rights, bans and access hashes. Objects (`User`, `Chat`, `Message`) are kept by reference:
`message.id` is the number in its supergroup or channel, `message.id_for(user)` the one that a user sees in a basic
group. Times are unix seconds; `world.clock` may be replaced. Methods are named "messages.SendMessage".
The parts: transport, wire, handshake, keys, connection (MTProto); entities, box, registry, posting, membership (the
world); views, peers (what one viewer is shown and may name); the rest answers requests, by `@answers`.
"""

from tests.servers.telegram import (
    admin_log,
    describing,
    dialogs,
    history,
    joining,
    media,
    moderating,
    participants,
    password,
    sending,
    sign_in,
    updates,
)
from tests.servers.telegram.box import Box, Event, Happening
from tests.servers.telegram.entities import ADMIN, ALL_RIGHTS, Chat, ChatKind, Invite, Message, Reply, User
from tests.servers.telegram.faults import Fault, Faults
from tests.servers.telegram.membership import MUTED, NO_MEDIA, SHUT_OUT, World
from tests.servers.telegram.registry import Deed
from tests.servers.telegram.server import API_HASH, API_ID, TelegramServer

METHOD_MODULES = (
    admin_log,
    describing,
    dialogs,
    history,
    joining,
    media,
    moderating,
    participants,
    password,
    sending,
    sign_in,
    updates,
)
"""Imported so that their methods are known."""

__all__ = [
    "ADMIN",
    "ALL_RIGHTS",
    "API_HASH",
    "API_ID",
    "METHOD_MODULES",
    "MUTED",
    "NO_MEDIA",
    "SHUT_OUT",
    "Box",
    "Chat",
    "ChatKind",
    "Deed",
    "Event",
    "Fault",
    "Faults",
    "Happening",
    "Invite",
    "Message",
    "Reply",
    "TelegramServer",
    "User",
    "World",
]
