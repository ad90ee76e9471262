"""What is written reaches everybody concerned, as each is to see it."""

import pytest
from telethon import errors
from telethon.tl import functions, types

from tests.servers.telegram import Reply, TelegramServer
from tests.servers.telegram.listening import listening
from tests.servers.telegram.until import until


async def test_new_edited_and_deleted_messages_are_pushed() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        group = world.add_supergroup("Cooking", owner, [guest])
        async with listening(server.client(owner)) as seen:
            message = world.post(group, guest, "hello")
            world.edit(message, "hello, all")
            world.delete(message)
            await until(lambda: len(seen) == 3)
        assert [type(update) for update in seen] == [
            types.UpdateNewChannelMessage,
            types.UpdateEditChannelMessage,
            types.UpdateDeleteChannelMessages,
        ]
        assert seen[0].message.message == "hello"
        assert seen[0].message.from_id == types.PeerUser(guest.id)
        assert (seen[1].message.message, seen[1].message.edit_date is not None) == ("hello, all", True)
        assert (seen[2].messages, seen[2].pts) == ([message.id], group.box.pts)


async def test_two_clients_write_to_each_other() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        world.add_supergroup("Cooking", owner, [guest])
        first = server.client(owner)
        async with listening(first) as seen, server.client(guest) as second:
            group = (await second.get_dialogs())[0].entity
            sent = await second.send_message(group, "hello")
            await until(lambda: seen)
            assert (sent.id, sent.out) == (1, True)
            assert (seen[0].message.id, seen[0].message.out) == (1, False)
            await first.send_message((await first.get_dialogs())[0].entity, "welcome", reply_to=1)
            answer = (await second.get_messages(group))[0]
            assert (answer.message, answer.reply_to_msg_id, answer.sender_id) == ("welcome", 1, owner.id)


async def test_history_is_read_page_by_page_and_by_number() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner = world.add_user("Owner")
        group = world.add_supergroup("Cooking", owner)
        for number in range(1, 251):
            world.post(group, owner, str(number), date=1_700_000_000 + number)
        world.delete(group.box.messages[100])
        async with server.client(owner) as client:
            entity = (await client.get_dialogs())[0].entity
            everything = [message.id async for message in client.iter_messages(entity, wait_time=0)]
            assert everything == [number for number in range(250, 0, -1) if number != 100]
            later = [message.id async for message in client.iter_messages(entity, 100, reverse=True, min_id=200)]
            assert later == list(range(151, 251))  # a page is filled up with older ones: clients have to sift
            found = await client.get_messages(entity, ids=[99, 100, 101])
            assert [message.id if message else None for message in found] == [99, None, 101]
            assert [message.message for message in await client.get_messages(entity, search="25", limit=5)] == [
                "250", "225", "125", "25",
            ]  # fmt: skip


async def test_dialogs_are_listed_page_by_page_with_the_newest_message_first() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner = world.add_user("Owner")
        groups = [world.add_supergroup(f"Group {number}", owner) for number in range(230)]
        for number, group in enumerate(groups):
            world.post(group, owner, "x", date=1_700_000_000 + number)
        async with server.client(owner) as client:
            titles = [dialog.title for dialog in await client.get_dialogs()]
        assert titles == [group.title for group in reversed(groups)]


async def test_basic_groups_number_their_messages_for_each_member() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        group, other = world.add_basic_group("Family", owner, [guest]), world.add_basic_group("Work", owner)
        world.post(other, owner, "for me only")
        async with listening(server.client(owner)) as seen, server.client(guest) as second:
            family = next(dialog for dialog in await second.get_dialogs() if dialog.title == "Family")
            sent = await second.send_message(family.entity, "hello")
            await until(lambda: seen)
            assert (sent.id, seen[0].message.id) == (1, 2)
            world.delete(owner.box.messages[2])
            await until(lambda: len(seen) == 2)
            assert (seen[1].messages, await second.get_messages(family.entity)) == ([2], [])
        assert group.box.messages == {}


async def test_access_hashes_are_those_of_one_account() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        group = world.add_supergroup("Cooking", owner, [guest])
        async with server.client(owner) as client:
            await client.get_dialogs()
            foreign = types.InputPeerChannel(group.id, world.access_hash(guest, group))
            with pytest.raises(errors.ChannelInvalidError):
                await client(functions.messages.SendMessageRequest(foreign, "hello"))
            with pytest.raises(errors.UserIdInvalidError):
                await client(functions.users.GetUsersRequest([types.InputUser(guest.id, 1)]))
            with pytest.raises(errors.PeerIdInvalidError):
                await client(functions.messages.SendMessageRequest(types.InputPeerUser(guest.id, 1), "hello"))
            own = types.InputUser(guest.id, world.access_hash(owner, guest))
            assert (await client(functions.users.GetUsersRequest([own])))[0].first_name == "Guest"


async def test_a_message_with_the_same_random_id_is_sent_once() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner = world.add_user("Owner")
        group = world.add_supergroup("Cooking", owner)
        async with server.client(owner) as client:
            peer = (await client.get_dialogs())[0].input_entity
            request = functions.messages.SendMessageRequest(peer, "warned", random_id=42)
            await client(request)
            with pytest.raises(errors.RandomIdDuplicateError):
                await client._sender.send(request)  # calling the client would repeat it, as every error of code 500
        assert [message.text for message in group.box.messages.values()] == ["warned"]


async def test_a_channels_post_is_discussed_in_its_group() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        group = world.add_supergroup("Talk", owner, [guest])
        channel = world.add_channel("News", owner, [guest], linked=group)
        async with listening(server.client(guest)) as seen:
            post = world.post(channel, channel, "first post")
            await until(lambda: len(seen) == 2)
            copy = seen[1].message
            assert seen[0].message.post
            assert (copy.fwd_from.channel_post, copy.from_id) == (post.id, types.PeerChannel(channel.id))
            client = server.client(guest)
            async with client:
                entities = {dialog.title: dialog.entity for dialog in await client.get_dialogs()}
                await client.send_message(entities["Talk"], "nice", reply_to=copy.id)
                comments = await client.get_messages(entities["News"], reply_to=post.id)
                assert [comment.message for comment in comments] == ["nice"]


async def test_a_posts_copy_is_edited_and_deleted_with_it() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner = world.add_user("Owner")
        group = world.add_supergroup("Talk", owner)
        channel = world.add_channel("News", owner, linked=group)
        post = world.post(channel, channel, "first post")
        assert post.copy
        world.edit(post, "corrected")
        assert post.copy.text == "corrected"
        world.delete(post)
        assert (post.deleted, post.copy.deleted) == (True, True)


async def test_anonymous_admins_write_as_the_group() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, hidden = world.add_user("Owner"), world.add_user("Hidden")
        group = world.add_supergroup("Cooking", owner, [hidden])
        world.promote(group, hidden, types.ChatAdminRights(anonymous=True, delete_messages=True))
        async with listening(server.client(owner)) as seen, server.client(hidden) as client:
            await client.send_message((await client.get_dialogs())[0].entity, "rules")
            await until(lambda: seen)
        assert seen[0].message.from_id == types.PeerChannel(group.id)
        assert hidden.id not in seen[0]._entities


async def test_all_parts_of_a_message_arrive() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest, bot = world.add_user("Owner"), world.add_user("Guest"), world.add_user("Bot", bot=True)
        group, other = (
            world.add_supergroup("Cooking", owner, [guest]),
            world.add_supergroup("Other", guest, username="o"),
        )
        quoted = world.post(other, guest, "come here, all of you")
        button = types.KeyboardInlineButton("Win", type=types.InlineButtonTypeUrl("https://example.org"))
        async with listening(server.client(owner)) as seen:
            world.post(
                group, guest, "a hidden link", via_bot=bot, grouped_id=7, post_author="Chef",
                reply=Reply(quoted, quote="come here", quote_offset=0),
                entities=[types.MessageEntityTextUrl(2, 6, "https://example.org")],
                markup=types.ReplyInlineMarkup([types.KeyboardButtonRow([button])]),
                forward=types.MessageFwdHeader(date=world.now, from_id=types.PeerUser(owner.id)),
            )  # fmt: skip
            await until(lambda: seen)
        message = seen[0].message
        assert (message.via_bot_id, message.grouped_id, message.post_author) == (bot.id, 7, "Chef")
        assert message.entities[0].url == "https://example.org"
        assert message.reply_markup.rows[0].buttons[0].type.url == "https://example.org"
        assert (message.reply_to.reply_to_peer_id, message.reply_to.quote_text) == (
            types.PeerChannel(other.id), "come here",
        )  # fmt: skip
        assert message.fwd_from.from_id == types.PeerUser(owner.id)
        assert {bot.id, guest.id} <= set(seen[0]._entities)


async def test_a_single_dialog_is_asked_for() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner = world.add_user("Owner")
        group = world.add_supergroup("Cooking", owner)
        message = world.post(group, owner, "hello")
        async with server.client(owner) as client:
            peer = types.InputDialogPeer(types.InputPeerChannel(group.id, world.access_hash(owner, group)))
            told = await client(functions.messages.GetPeerDialogsRequest([peer]))
        assert (told.dialogs[0].pts, told.dialogs[0].top_message) == (group.box.pts, message.id)


async def test_reactions_and_topics_are_shown() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        group = world.add_supergroup("Forum", owner, [guest], forum=True)
        topic = world.add_topic(group, owner, "Soups")
        async with listening(server.client(owner)) as seen, server.client(guest) as second:
            entity = (await second.get_dialogs())[0].entity
            sent = await second.send_message(entity, "borscht", reply_to=topic.id)
            await until(lambda: seen)
            header = seen[0].message.reply_to
            assert (header.forum_topic, header.reply_to_msg_id) == (True, topic.id)
            emoji = [types.ReactionEmoji("👍")]
            await second(functions.messages.SendReactionRequest(entity, sent.id, reaction=emoji))
            await until(lambda: len(seen) == 2)
            assert (seen[1].reactions.results[0].count, seen[1].msg_id) == (1, sent.id)
