"""What moderators do has the effects that others see, and is refused without the right."""

from datetime import timedelta

import pytest
from telethon import errors
from telethon.tl import functions, types

from tests.servers.telegram import ADMIN, MUTED, TelegramServer
from tests.servers.telegram.listening import listening
from tests.servers.telegram.scene import Scene
from tests.servers.telegram.until import until

HOUR = 3600


async def test_a_banned_member_is_out_and_can_come_back_after_the_ban_is_lifted() -> None:
    async with TelegramServer() as server:
        scene = Scene(server)
        group, member, moderator = scene.group, scene.member, scene.moderator
        async with listening(server.client(member)) as seen, server.client(moderator) as client:
            await client.get_dialogs()
            channel, user = scene.input_channel(moderator), scene.input_user(moderator, member)
            await client.edit_permissions(channel, user, view_messages=False)
            await until(lambda: seen)
            assert seen[0] == types.UpdateChannel(group.id)
            assert isinstance(seen[0]._entities.popitem()[1], types.ChannelForbidden)
            assert member not in group.members
            banned = (await client(functions.channels.GetParticipantRequest(channel, user))).participant
            assert (banned.left, banned.kicked_by, banned.banned_rights.view_messages) == (True, moderator.id, True)
            async with server.client(member) as out:
                with pytest.raises(errors.ChannelPrivateError):
                    await out.get_messages(scene.input_channel(member))
                with pytest.raises(errors.ChannelPrivateError):
                    await out(functions.channels.JoinChannelRequest(scene.input_channel(member)))
            await client.edit_permissions(channel, user)
            with pytest.raises(errors.UserNotParticipantError):
                await client(functions.channels.GetParticipantRequest(channel, user))
        assert group.bans == {}
        assert (len(server.world.done("ban", member)), len(server.world.done("unban", member))) == (1, 1)
        newest = group.box.newest()
        assert newest
        assert newest.action == types.MessageActionChatDeleteUser(member.id)
        assert newest.sender is moderator


async def test_a_mute_ends_by_itself() -> None:
    async with TelegramServer() as server:
        scene = Scene(server)
        world, moderator, member = server.world, scene.moderator, scene.member
        async with server.client(moderator) as client, server.client(member) as muted:
            channel, user = scene.input_channel(moderator), scene.input_user(moderator, member)
            await client.edit_permissions(channel, user, timedelta(hours=1), send_messages=False)
            theirs = scene.input_channel(member)
            with pytest.raises(errors.UserBannedInChannelError):
                await muted.send_message(theirs, "hello")
            rights = (await muted.get_entity(theirs)).banned_rights
            assert (rights.send_messages, rights.view_messages) == (True, False)
            assert abs(rights.until_date.timestamp() - world.now - HOUR) < 5
            now = world.now + HOUR + 10
            world.clock = lambda: now
            assert (await muted.send_message(theirs, "hello")).id == 1
            shown = (await client(functions.channels.GetParticipantRequest(channel, user))).participant
            assert isinstance(shown, types.ChannelParticipant)


async def test_bans_that_are_too_short_or_too_long_hold_for_ever() -> None:
    async with TelegramServer() as server:
        scene = Scene(server)
        async with server.client(scene.owner) as client:
            channel, user = scene.input_channel(scene.owner), scene.input_user(scene.owner, scene.member)
            for span in (timedelta(seconds=5), timedelta(days=400)):
                await client.edit_permissions(channel, user, span, send_messages=False)
                assert scene.group.bans[scene.member].until == 0


async def test_repeating_a_ban_is_told_from_doing_it() -> None:
    async with TelegramServer() as server:
        scene = Scene(server)
        async with server.client(scene.moderator) as client:
            channel = scene.input_channel(scene.moderator)
            for _ in range(3):
                await client.edit_permissions(
                    channel, scene.input_user(scene.moderator, scene.member), view_messages=False
                )
        assert server.carried_out["channels.EditBanned"] == 3
        assert len(server.world.done("ban", scene.member)) == 1


async def test_without_the_right_nothing_is_done() -> None:
    async with TelegramServer() as server:
        scene = Scene(server)
        world, group, moderator, member = server.world, scene.group, scene.moderator, scene.member
        world.promote(group, moderator, types.ChatAdminRights(delete_messages=True))
        message = world.post(group, member, "hello")
        async with server.client(moderator) as client, server.client(member) as plain:
            channel, user = scene.input_channel(moderator), scene.input_user(moderator, member)
            with pytest.raises(errors.ChatAdminRequiredError):
                await client.edit_permissions(channel, user, view_messages=False)
            owner = scene.input_user(moderator, scene.owner)
            world.promote(group, moderator, ADMIN)
            with pytest.raises(errors.UserAdminInvalidError):
                await client.edit_permissions(channel, owner, view_messages=False)
            mine = world.post(group, moderator, "mine")
            with pytest.raises(errors.MessageDeleteForbiddenError):
                await plain.delete_messages(scene.input_channel(member), [message.id, mine.id])
            foreign = types.InputPeerUser(member.id, world.access_hash(member, member))
            with pytest.raises(errors.ParticipantIdInvalidError):
                await client(functions.channels.EditBannedRequest(channel, foreign, MUTED))
        assert group.bans == {}
        assert (message.deleted, mine.deleted) == (False, False)


async def test_messages_are_deleted_a_hundred_at_a_time() -> None:
    async with TelegramServer() as server:
        scene = Scene(server)
        world, group = server.world, scene.group
        posted = [world.post(group, scene.member, str(number)) for number in range(150)]
        async with server.client(scene.moderator) as client:
            request = functions.channels.DeleteMessagesRequest(
                scene.input_channel(scene.moderator), [message.id for message in posted] + [9999]
            )
            first, second, third = [await client(request) for _ in range(3)]
        assert (first.pts_count, second.pts_count, third.pts_count) == (100, 0, 0)
        assert [message.deleted for message in posted] == [True] * 100 + [False] * 50


async def test_everything_by_an_author_is_deleted_in_steps() -> None:
    async with TelegramServer() as server:
        scene = Scene(server)
        world, group = server.world, scene.group
        theirs = [world.post(group, scene.member, str(number)) for number in range(250)]
        others = world.post(group, scene.owner, "stays")
        async with server.client(scene.moderator) as client:
            request = functions.channels.DeleteParticipantHistoryRequest(
                scene.input_channel(scene.moderator), scene.input_user(scene.moderator, scene.member)
            )
            left = [(await client(request)).offset for _ in range(3)]
        assert left == [150, 50, 0]
        assert all(message.deleted for message in theirs)
        assert not others.deleted


async def test_a_channel_that_writes_as_itself_is_banned() -> None:
    async with TelegramServer() as server:
        scene = Scene(server)
        world, group = server.world, scene.group
        mask = world.add_channel("Mask", scene.guest, username="mask")
        message = world.post(group, mask, "buy")
        async with listening(server.client(scene.moderator)) as seen:
            client = server.client(scene.moderator)
            async with client:
                shown = await client.get_messages(scene.input_channel(scene.moderator), ids=message.id)
                assert shown.from_id == types.PeerChannel(mask.id)
                await client.edit_permissions(
                    scene.input_channel(scene.moderator), await shown.get_input_sender(), view_messages=False
                )
        assert (list(group.bans), seen) == ([mask], [])


async def test_a_basic_groups_member_is_removed_with_everything_written() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, member = world.add_user("Owner"), world.add_user("Member")
        group = world.add_basic_group("Family", owner, [member])
        message = world.post(group, member, "spam")
        async with listening(server.client(member)) as seen, server.client(owner) as client:
            user = types.InputUser(member.id, world.access_hash(owner, member))
            full = (await client(functions.messages.GetFullChatRequest(group.id))).full_chat
            assert [type(one) for one in full.participants.participants] == [
                types.ChatParticipantCreator, types.ChatParticipant,
            ]  # fmt: skip
            await client(functions.messages.DeleteChatUserRequest(group.id, user, revoke_history=True))
            await until(lambda: len(seen) == 3)
        assert [type(update) for update in seen] == [
            types.UpdateDeleteMessages, types.UpdateNewMessage, types.UpdateChat,
        ]  # fmt: skip
        assert (message.deleted, list(group.members)) == (True, [owner])


async def test_reports_are_counted() -> None:
    async with TelegramServer() as server:
        scene = Scene(server)
        world, group, moderator = server.world, scene.group, scene.moderator
        message = world.post(group, scene.member, "spam")
        async with server.client(moderator) as client:
            channel, user = scene.input_channel(moderator), scene.input_user(moderator, scene.member)
            assert await client(functions.channels.ReportSpamRequest(channel, user, [message.id]))
            asked = await client(functions.messages.ReportRequest(channel, [message.id], b"", ""))
            option = next(one.option for one in asked.options if one.text == "Spam")
            done = await client(functions.messages.ReportRequest(channel, [message.id], option, ""))
            assert isinstance(done, types.ReportResultReported)
        assert len(world.done("report", message)) == 2
