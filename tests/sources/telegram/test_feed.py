"""What happens in the chats while the console is connected."""

import asyncio
from pathlib import Path

from sqlalchemy import select

from moderator_app.domain.decision import ActionKind, Order
from moderator_app.domain.message import CommunityKey, MessageKey, Platform
from moderator_app.domain.ports import SightingState
from moderator_app.sources.telegram.watched import GAP_SECONDS
from moderator_app.storage import peers
from moderator_app.storage.tables import community, joining
from tests.servers.telegram import MUTED, Chat, Reply, TelegramServer
from tests.sources.telegram.feeding import Feeding, fed, shows, until


def place(chat: Chat) -> CommunityKey:
    return CommunityKey(Platform.TELEGRAM, str(chat.id))


async def test_messages_edits_and_deletions_arrive_live(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        group = world.add_supergroup("Cooking", owner, [guest])
        async with fed(server, owner, tmp_path) as feeding:
            first, second = world.post(group, guest, "first"), world.post(group, guest, "second")
            await shows(feeding, group, "first", "second")
            world.edit(first, "first, edited")
            await shows(feeding, group, "first, edited", "second")
            world.delete(second)
            await shows(feeding, group, "first, edited")
            # Nothing was missing on the way.
            assert server.arrived["updates.GetChannelDifference"] == 0


async def test_only_chats_are_watched_where_the_account_may_delete(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, moderator, guest = world.add_user("Owner"), world.add_user("Moderator"), world.add_user("Guest")
        own = world.add_supergroup("Own", owner, [moderator, guest])
        foreign = world.add_supergroup("Foreign", owner, [moderator, guest])
        world.promote(own, moderator)
        async with fed(server, moderator, tmp_path) as feeding:
            world.post(foreign, guest, "none of our business")
            world.post(own, guest, "hello")
            await shows(feeding, own, "hello")
            assert feeding.source.communities == {place(own)}
            assert ActionKind.DELETE in feeding.source.rights(place(own))
            assert feeding.source.rights(place(foreign)) == frozenset()
            assert await feeding.texts(foreign) == []
            # A right given later is noticed, and one taken away.
            world.promote(foreign, moderator)
            world.promote(own, moderator, None)
            await until(lambda: feeding.source.communities == {place(foreign)})
            await shows(feeding, foreign, "none of our business")


async def test_basic_groups_topics_and_linked_channels_are_fed(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        basic = world.add_basic_group("Family", owner, [guest])
        forum = world.add_supergroup("Forum", owner, [guest], forum=True)
        topic = world.add_topic(forum, owner, "Soups")
        talk = world.add_supergroup("Talk", owner, [guest])
        channel = world.add_channel("News", owner, [guest], linked=talk)
        async with fed(server, owner, tmp_path) as feeding:
            first, second = world.post(basic, guest, "at home"), world.post(basic, guest, "again")
            world.write(guest, owner, "a private word")
            world.post(forum, guest, "borscht", reply=Reply(topic=topic, forum=True))
            world.post(channel, channel, "news")
            world.post(talk, guest, "comment")
            await shows(feeding, basic, "at home", "again")
            await shows(feeding, forum, "borscht")
            await shows(feeding, channel, "news")
            await shows(feeding, talk, "news", "comment")
            # Where its messages are numbered for each member, a deletion does not say in which group it was.
            world.edit(first, "at home, edited")
            world.delete(second)
            await shows(feeding, basic, "at home, edited")
            assert len({key[0] for key in await feeding.stored()}) == 4


async def test_repeated_and_reordered_pushes_are_stored_once_and_in_their_last_state(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        group = world.add_supergroup("Cooking", owner, [guest])
        async with fed(server, owner, tmp_path) as feeding:
            server.faults.duplicate_updates = server.faults.reorder_updates = 0.5
            for number in range(60):
                message = world.post(group, guest, f"message {number}")
                if number % 3 == 0:
                    world.edit(message, f"edited {number}")
                if number % 5 == 0:
                    world.delete(message)
            server.faults.clear()
            world.post(group, guest, "last")
            kept = [each.text for each in group.box.messages.values()]
            await shows(feeding, group, *kept)


async def test_pushes_that_are_lost_are_read_again(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        group = world.add_supergroup("Cooking", owner, [guest])
        basic = world.add_basic_group("Family", owner, [guest])
        async with fed(server, owner, tmp_path) as feeding:
            messages = [world.post(each, guest, f"{n}") for each in (group, basic) for n in range(4)]
            await shows(feeding, group, "0", "1", "2", "3")
            await shows(feeding, basic, "0", "1", "2", "3")
            for too_long in (False, True):
                server.faults.lose_updates = 1
                for each, old in ((group, messages[:4]), (basic, messages[4:])):
                    world.post(each, guest, f"lost {too_long}")
                    world.edit(old[too_long], f"edited {too_long}")
                    world.delete(old[2 + too_long])
                server.faults.lose_updates = 0
                if too_long:
                    server.faults.too_long_differences(group)
                for each in (group, basic):
                    world.post(each, guest, f"arrives {too_long}")
            expected = ["edited False", "edited True", "lost False", "arrives False", "lost True", "arrives True"]
            await shows(feeding, group, *expected)
            await shows(feeding, basic, *expected)
            # Everything is in turn again. Who has deleted is asked a little later.
            asked = server.arrived.total() - server.arrived["channels.GetAdminLog"]
            for each in (group, basic):
                world.post(each, guest, "in turn")
                await shows(feeding, each, *expected, "in turn")
            await asyncio.sleep(1.5 * GAP_SECONDS)
            assert server.arrived.total() - server.arrived["channels.GetAdminLog"] == asked


async def test_what_is_lost_without_anything_after_it_is_found_by_asking(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        group = world.add_supergroup("Cooking", owner, [guest])
        basic = world.add_basic_group("Family", owner, [guest])
        old = world.post(group, guest, "old")
        async with fed(server, owner, tmp_path, check_seconds=0.2) as feeding:
            await shows(feeding, group, "old")
            server.faults.lose_updates = 1
            world.post(basic, guest, "lost at home")
            world.edit(old, "edited unseen")
            await shows(feeding, group, "edited unseen")
            await shows(feeding, basic, "lost at home")


async def test_what_this_account_deletes_itself_is_gone_at_once_and_leaves_no_gap(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        group = world.add_supergroup("Cooking", owner, [guest])
        async with fed(server, owner, tmp_path) as feeding:
            spam, second = world.post(group, guest, "spam"), world.post(group, guest, "more spam")
            world.post(group, owner, "hello")
            await shows(feeding, group, "spam", "more spam", "hello")
            keys = [MessageKey(Platform.TELEGRAM, str(group.id), str(each.id)) for each in (spam, second)]
            orders = [Order(n, ActionKind.DELETE, key, str(guest.id), n + 1) for n, key in enumerate(keys)]
            assert list(await feeding.source.delete_many(orders)) == [None, None]
            world.post(group, guest, "after it")
            await shows(feeding, group, "hello", "after it")
            assert [each.state for each in await feeding.source.look_many(keys)] == [SightingState.GONE] * 2
            assert server.arrived["updates.GetChannelDifference"] == 0


async def test_members_who_come_are_told_and_everybody_met_can_be_addressed_after_a_restart(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest, late = world.add_user("Owner"), world.add_user("Guest"), world.add_user("Late")
        group = world.add_supergroup("Cooking", owner, [guest])
        async with fed(server, owner, tmp_path) as feeding:
            world.join(group, late, invite=world.add_invite(group))
            spam = world.post(group, guest, "spam")
            await shows(feeding, group, "spam")
            joined = await feeding.desk.database.read(lambda connection: connection.execute(select(joining)).all())
            assert len(joined) == 1
            known = await feeding.desk.database.read(peers.read, feeding.source.name)
            assert {each.id for each in known} >= {str(guest.id), str(late.id), str(group.id)}
        server.arrived.clear()
        async with fed(server, owner, tmp_path) as feeding:
            key = MessageKey(Platform.TELEGRAM, str(group.id), str(spam.id))
            await feeding.source.perform(Order(1, ActionKind.BAN, key, str(late.id), 1))
            assert len(world.done("ban", late)) == 1


async def test_those_whom_pushes_show_in_part_only_can_be_addressed_all_the_same(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest, late = world.add_user("Owner"), world.add_user("Guest"), world.add_user("Late")
        group = world.add_supergroup("Cooking", owner, [guest, late])
        async with fed(server, owner, tmp_path) as feeding:
            server.faults.short_users = True
            spam, gone = world.post(group, guest, "spam"), world.post(group, late, "gone")
            world.delete(gone)
            await shows(feeding, group, "spam")
            await until(lambda: _is_known(feeding, str(guest.id)))
            world.delete(spam)
            await shows(feeding, group)
            key = MessageKey(Platform.TELEGRAM, str(group.id), str(spam.id))
            await feeding.source.perform(Order(1, ActionKind.BAN, key, str(guest.id), 1))
            assert len(world.done("ban", guest)) == 1
            # Nothing can be asked about somebody whose only message is gone.
            assert not await _is_known(feeding, str(late.id))


async def test_what_other_moderators_do_closes_what_waits_of_the_member(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, other = world.add_user("Owner"), world.add_user("Other")
        members = [world.add_user(name) for name in ("Ann", "Ben", "Cem")]
        group = world.add_supergroup("Cooking", owner, [other, *members])
        basic = world.add_basic_group("Family", owner, [other, *members])
        world.promote(group, other)
        world.promote(basic, other)
        session = server.session_for(owner)
        async with fed(server, owner, tmp_path, session=session) as feeding:
            for chat in (group, basic):
                for member in members:
                    world.post(chat, member, "да пошёл ты нахуй")
            await until(lambda: _waiting(feeding, 6))
            world.ban(group, members[0], other)
            world.kick(basic, members[0], other)
            await until(lambda: _waiting(feeding, 4))
        world.ban(group, members[1], other, rights=MUTED)
        async with fed(server, owner, tmp_path, session=session) as feeding:
            await until(lambda: _waiting(feeding, 3))


async def test_a_new_name_of_a_chat_is_told(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner = world.add_user("Owner")
        group = world.add_supergroup("Cooking", owner)
        async with fed(server, owner, tmp_path, check_seconds=0.2) as feeding:
            group.title = "Baking"
            await until(lambda: _names(feeding, "Baking"))


async def _is_known(feeding: Feeding, user: str) -> bool:
    known = await feeding.desk.database.read(peers.read, feeding.source.name)
    return user in {each.id for each in known}


async def _waiting(feeding: Feeding, count: int) -> bool:
    return len(await feeding.desk.items()) == count


async def _names(feeding: Feeding, name: str) -> bool:
    return await feeding.desk.database.read(
        lambda connection: connection.execute(select(community.c.name)).scalars().all()
    ) == [name]
