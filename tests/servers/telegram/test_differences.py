"""What happened while nobody listened is repeated on request."""

from datetime import timedelta
from typing import Any

import pytest
from telethon import errors
from telethon.tl import functions, types

from tests.servers.telegram import Chat, TelegramServer, User
from tests.servers.telegram.listening import listening
from tests.servers.telegram.until import until


def difference(server: TelegramServer, viewer: User, chat: Chat, pts: int, limit: int = 100) -> Any:
    channel = types.InputChannel(chat.id, server.world.access_hash(viewer, chat))
    return functions.updates.GetChannelDifferenceRequest(channel, types.ChannelMessagesFilterEmpty(), pts, limit)


async def test_a_channels_difference_has_new_edited_and_deleted_messages() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        group = world.add_supergroup("Cooking", owner, [guest])
        old, gone = world.post(group, guest, "old"), world.post(group, guest, "gone")
        since = group.box.pts
        new = world.post(group, guest, "new")
        world.edit(old, "edited")
        world.delete(gone)
        async with server.client(owner) as client:
            told = await client(difference(server, owner, group, since))
            assert isinstance(told, types.updates.ChannelDifference)
            assert ([m.id for m in told.new_messages], told.pts, told.final) == ([new.id], group.box.pts, True)
            assert [type(update) for update in told.other_updates] == [
                types.UpdateEditChannelMessage, types.UpdateDeleteChannelMessages,
            ]  # fmt: skip
            assert told.other_updates[0].message.message == "edited"
            assert told.other_updates[1].messages == [gone.id]
            nothing = await client(difference(server, owner, group, group.box.pts))
            assert isinstance(nothing, types.updates.ChannelDifferenceEmpty)
            with pytest.raises(errors.PersistentTimestampInvalidError):
                await client(difference(server, owner, group, group.box.pts + 5))


async def test_a_difference_of_more_than_the_limit_is_too_long() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner = world.add_user("Owner")
        group = world.add_supergroup("Cooking", owner)
        since = group.box.pts
        for number in range(101):
            world.post(group, owner, str(number))
        async with server.client(owner) as client:
            told = await client(difference(server, owner, group, since))
            assert isinstance(told, types.updates.ChannelDifferenceTooLong)
            assert (told.dialog.pts, told.dialog.top_message) == (group.box.pts, 101)
            told = await client(difference(server, owner, group, since + 1))
            assert len(told.new_messages) == 100


async def test_an_accounts_difference_has_its_own_messages_and_names_the_changed_channels() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        basic = world.add_basic_group("Family", owner, [guest])
        group = world.add_supergroup("Cooking", owner, [guest])
        async with server.client(owner) as client:
            state = await client(functions.updates.GetStateRequest())
            world.post(basic, guest, "in the basic group")
            world.write(guest, owner, "in private")
            world.post(group, guest, "in the supergroup")
            told = await client(functions.updates.GetDifferenceRequest(state.pts, state.date, state.qts))
            assert [message.message for message in told.new_messages] == ["in the basic group", "in private"]
            assert types.UpdateChannelTooLong(group.id, group.box.pts) in told.other_updates
            assert told.state.pts == state.pts + 2
            again = functions.updates.GetDifferenceRequest(told.state.pts, state.date + timedelta(hours=1), 0)
            assert isinstance(await client(again), types.updates.DifferenceEmpty)


async def test_a_long_accounts_difference_comes_in_slices() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        for number in range(700):
            world.write(guest, owner, str(number))
        async with server.client(owner) as client:
            first = await client(functions.updates.GetDifferenceRequest(1, None, 0))
            assert isinstance(first, types.updates.DifferenceSlice)
            assert len(first.new_messages) == 500
            second = await client(functions.updates.GetDifferenceRequest(first.intermediate_state.pts, None, 0))
            assert len(second.new_messages) == 200
            server.faults.too_long_differences(owner)
            told = await client(functions.updates.GetDifferenceRequest(1, None, 0))
            assert told == types.updates.DifferenceTooLong(owner.box.pts)


async def test_telethon_fills_a_gap_by_itself() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        group = world.add_supergroup("Cooking", owner, [guest])
        world.post(group, guest, "first")
        async with listening(server.client(owner)) as seen:
            server.faults.lose_updates = 1
            world.post(group, guest, "lost on the way")
            server.faults.lose_updates = 0
            world.post(group, guest, "arrives")
            await until(lambda: len(seen) == 2)
        assert [update.message.message for update in seen] == ["lost on the way", "arrives"]
        assert server.carried_out["updates.GetChannelDifference"] == 1


async def test_own_sessions_and_other_devices_agree_on_pts() -> None:
    """A device is told of what another one did, and neither finds a gap."""
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        group = world.add_supergroup("Cooking", owner, [guest])
        message = world.post(group, guest, "spam")
        async with listening(server.client(owner)) as first, listening(server.client(owner)) as second:
            client = server.client(owner)
            async with client:
                entity = (await client.get_dialogs())[0].entity
                await client.delete_messages(entity, [message.id])
                await client.send_message(entity, "deleted")
                await client.edit_permissions(entity, guest.id, view_messages=False)
                world.post(group, owner, "afterwards")
                await until(lambda: len(first) >= 4 and len(second) >= 4)
        names = [type(update).__name__ for update in first]
        assert names == [type(update).__name__ for update in second]
        assert names[:2] == ["UpdateDeleteChannelMessages", "UpdateNewChannelMessage"]
        assert server.arrived["updates.GetChannelDifference"] == 0
