"""Who is in a chat, how they came, and what admins can read about it."""

from typing import Any

import pytest
from telethon import errors
from telethon.tl import functions, types

from tests.servers.telegram import MUTED, TelegramServer
from tests.servers.telegram.listening import listening
from tests.servers.telegram.scene import Scene
from tests.servers.telegram.until import until

HOUR = 3600


async def test_requests_to_join_reach_admins_and_are_declined() -> None:
    async with TelegramServer() as server:
        scene = Scene(server)
        world, group, guest = server.world, scene.group, scene.guest
        invite = world.add_invite(group, request_needed=True)
        async with listening(server.client(scene.moderator)) as seen, server.client(guest) as stranger:
            with pytest.raises(errors.InviteRequestSentError):
                await stranger(functions.messages.ImportChatInviteRequest(invite.link.rpartition("+")[2]))
            await until(lambda: seen)
            assert (seen[0].requests_pending, seen[0].recent_requesters) == (1, [guest.id])
            async with server.client(scene.moderator) as client:
                channel, user = scene.input_channel(scene.moderator), scene.input_user(scene.moderator, guest)
                asked = functions.messages.GetChatInviteImportersRequest(
                    channel, None, types.InputUserEmpty(), 10, requested=True
                )
                assert [one.user_id for one in (await client(asked)).importers] == [guest.id]
                decline = functions.messages.HideChatJoinRequestRequest(channel, user)
                await client(decline)
                with pytest.raises(errors.HideRequesterMissingError):
                    await client(decline)
        assert (group.requests, guest in group.members) == ({}, False)
        assert len(world.done("decline", guest)) == 1


async def test_joins_are_told_by_their_way_in() -> None:
    async with TelegramServer() as server:
        scene = Scene(server)
        world, group = server.world, scene.group
        by_link, by_request, by_name, invited = (
            world.add_user(name) for name in ("Link", "Request", "Name", "Invited")
        )
        group.username = "cooking"
        world.join(group, by_link, invite=world.add_invite(group))
        world.ask_to_join(group, by_request)
        world.approve(group, by_request, scene.moderator)
        world.join(group, by_name)
        async with server.client(scene.owner) as client:
            await client(functions.channels.InviteToChannelRequest(
                scene.input_channel(scene.owner), [scene.input_user(scene.owner, invited)]
            ))  # fmt: skip
            await client.kick_participant(scene.input_channel(scene.owner), scene.input_user(scene.owner, by_link))
            told = [(m.sender_id, m.action) async for m in client.iter_messages(scene.input_channel(scene.owner), 10)]
        assert told[::-1] == [
            (by_link.id, types.MessageActionChatJoinedByLink(scene.owner.id)),
            (by_request.id, types.MessageActionChatJoinedByRequest()),
            (by_name.id, types.MessageActionChatAddUser([by_name.id])),
            (scene.owner.id, types.MessageActionChatAddUser([invited.id])),
            (scene.owner.id, types.MessageActionChatDeleteUser(by_link.id)),
        ]
        assert by_link not in group.members
        assert group.bans == {}


async def test_the_admin_log_tells_who_did_what() -> None:
    async with TelegramServer() as server:
        scene = Scene(server)
        world, group = server.world, scene.group
        message = world.post(group, scene.member, "spam")
        world.delete(message, by=scene.moderator)
        world.ban(group, scene.member, scene.moderator, rights=MUTED, until=world.now + HOUR)
        world.ban(group, scene.member, scene.moderator)
        async with server.client(scene.owner) as client:
            channel = scene.input_channel(scene.owner)
            entries = [entry async for entry in client.iter_admin_log(channel)]
            assert [type(entry.action).__name__.removeprefix("ChannelAdminLogEventAction") for entry in entries] == [
                "ParticipantToggleBan", "ParticipantToggleBan", "DeleteMessage", "ParticipantToggleAdmin",
            ]  # fmt: skip
            assert {entry.user_id for entry in entries[:3]} == {scene.moderator.id}
            assert entries[0].action.prev_participant.banned_rights.send_messages
            assert entries[0].action.new_participant.banned_rights.view_messages
            assert entries[2].old.message == "spam"
            (deleted,) = [entry async for entry in client.iter_admin_log(channel, delete=True)]
            assert deleted.id == entries[2].id


async def test_participants_are_listed_by_kind() -> None:
    async with TelegramServer() as server:
        scene = Scene(server)
        world, group = server.world, scene.group
        world.ban(group, scene.guest)
        world.ban(group, scene.member, rights=MUTED)
        async with server.client(scene.moderator) as client:
            channel = scene.input_channel(scene.moderator)

            async def ids(kind: Any = None) -> list[int]:
                return [user.id async for user in client.iter_participants(channel, filter=kind)]

            assert await ids() == [scene.owner.id, scene.moderator.id, scene.member.id]
            assert await ids(types.ChannelParticipantsAdmins()) == [scene.owner.id, scene.moderator.id]
            assert await ids(types.ChannelParticipantsKicked("")) == [scene.guest.id]
            assert await ids(types.ChannelParticipantsBanned("")) == [scene.member.id]
            mine = await client.get_permissions(channel, "me")
            assert (mine.is_admin, mine.is_creator, mine.ban_users, mine.add_admins) == (True, False, True, False)


async def test_a_person_and_a_chat_are_described() -> None:
    async with TelegramServer() as server:
        scene = Scene(server)
        world, group, member = server.world, scene.group, scene.member
        member.about, member.personal_channel = "cook", world.add_channel("Blog", member, username="blog")
        world.add_channel("News", scene.owner, linked=group)
        async with server.client(scene.moderator) as client:
            full = await client(functions.users.GetFullUserRequest(scene.input_user(scene.moderator, member)))
            assert (full.full_user.about, full.full_user.common_chats_count) == ("cook", 1)
            assert full.chats[0].username == "blog"
            described = await client(functions.channels.GetFullChannelRequest(scene.input_channel(scene.moderator)))
            assert described.full_chat.linked_chat_id == world.chats[described.full_chat.linked_chat_id].id
            assert (described.full_chat.participants_count, described.full_chat.pts) == (3, group.box.pts)
            assert (await client.get_entity("blog")).title == "Blog"
