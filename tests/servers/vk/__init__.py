"""VK on loopback: a small HTTP server that answers methods and the long poll of communities, version 5.199.

    with VkServer() as server:                             # threads of its own; no event loop needed
        world = server.world
        anna, guest = world.add_user("Anna"), world.add_user("Guest", photo="http://...")
        cooking = world.add_community("Cooking", anna)
        post = world.post(cooking, "Soup")
        comment = world.comment(post, guest, "hello")      # an event to whoever polls
        world.edit(comment, "hello, all")
        photo = world.add_place(Kind.PHOTO, cooking)       # or VIDEO, MARKET, BOARD: commented on likewise
        chat = world.add_chat("Kitchen", anna, [guest], admins=[cooking])
        message = world.write(chat, guest, "look", attachments=[{"type": "photo", "photo": {"id": 1}}])
        token = world.community_token(cooking)             # or user_token(anna), service_token()
        environment = server.environment(cooking, anna)    # the variables that lead moderator-app here
        server.faults.fail("wall.deleteComment", 9, times=2)
        server.faults.lose_answers("groups.ban")
        server.faults.failed(1)                            # of the next poll
        server.captchas.demand(token, "wall.createComment")
        world.revoke(token)
        assert server.carried_out["wall.deleteComment"] == 1
        assert len(world.done("ban", guest.id)) == 1       # effective once; done_twice() counts what was not
        server.restart(forget_events=True)                 # or stop() and start(): down and up again

As a process of its own: `python -m tests.servers.vk --port N --control FILE`, told what to do as control.py says.

`world` does what it is told and asks for no rights; requests are held against the kind of their token, its scopes, the
manager's role and the limits per second (`VkServer(limits=False)` lets all pass). A token's peer is the user's id, or a
community's with a minus. Times are unix seconds; `world.clock` may be replaced. Methods are named as VK names them, the
long poll "lp". Fields that the schema of 5.199 does not have are not given. HTTP is the standard library's: with a
thread for each connection a hanging answer hangs nobody else, as at VK.
The parts: http (connections); requests, calls, limits, captchas, faults (what happens to a request); groups, comments,
wall, messages, people (the methods, by `@answers`); long_poll, events; entities, registry, talking, world; shapes (what
is shown of them).
"""

from tests.servers.vk.captchas import KEY
from tests.servers.vk.entities import (
    CHAT_PEERS,
    Ban,
    Chat,
    ChatMessage,
    Comment,
    Community,
    Deed,
    Kind,
    Place,
    Role,
    Token,
    User,
)
from tests.servers.vk.faults import LONG_POLL, Fault, Faults, How
from tests.servers.vk.server import VkServer
from tests.servers.vk.world import World

__all__ = [
    "CHAT_PEERS",
    "KEY",
    "LONG_POLL",
    "Ban",
    "Chat",
    "ChatMessage",
    "Comment",
    "Community",
    "Deed",
    "Fault",
    "Faults",
    "How",
    "Kind",
    "Place",
    "Role",
    "Token",
    "User",
    "VkServer",
    "World",
]
