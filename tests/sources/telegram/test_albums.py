"""Albums on Telegram: several messages, one item, one decision."""

from pathlib import Path
from typing import Any

from moderator_app.domain.decision import Choice
from tests.servers.telegram import Chat, Message, TelegramServer, User
from tests.sources.telegram.feeding import Feeding, fed, until

INSULT = "да пошёл ты нахуй"


def post_album(server: TelegramServer, chat: Chat, author: User, *captions: str, group: int = 77) -> list[Message]:
    world = server.world
    photo = world.add_photo(b"jpeg")
    return [world.post(chat, author, caption, grouped_id=group, media=photo) for caption in captions]


async def rows(feeding: Feeding) -> list[tuple[str, int]]:
    return [(row.excerpt, row.album) for row in (await feeding.desk.queue.page()).rows]


async def carry_out(feeding: Feeding) -> None:
    while await feeding.desk.outbox.carry_out_next(feeding.source):
        pass


async def show(feeding: Feeding, *expected: tuple[str, int]) -> None:
    async def so() -> bool:
        return await rows(feeding) == list(expected)

    try:
        await until(so, 5)
    except TimeoutError:
        assert await rows(feeding) == list(expected)


async def decide(feeding: Feeding, choice: Choice, **options: Any) -> None:
    (item,) = await feeding.desk.items()
    await feeding.desk.review.decide([item], choice, grace=0, **options)


async def test_a_live_album_is_decided_as_one_and_deleted_in_one_request(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        group = world.add_supergroup("Cooking", owner, [guest])
        async with fed(server, owner, tmp_path) as feeding:
            post_album(server, group, guest, "", INSULT, "")
            await show(feeding, (INSULT, 3))
            await decide(feeding, Choice.DELETE_BAN)
            await carry_out(feeding)
            assert await feeding.texts(group) == []
            assert [each for each in group.box.messages.values() if not each.action] == []
            assert server.carried_out["channels.DeleteMessages"] == 1
            assert len(world.done("ban", guest)) == 1
            # One more that was on its way goes with them.
            post_album(server, group, guest, "")
            await until(lambda: _has_due(feeding))
            await carry_out(feeding)
            assert [each for each in group.box.messages.values() if not each.action] == []
            assert len(await feeding.desk.history.page()) == 1


async def test_an_album_read_later_is_one_and_looked_at_again_as_a_whole(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        group = world.add_supergroup("Cooking", owner, [guest])
        album = post_album(server, group, guest, INSULT, "", "")
        session = server.session_for(owner)
        async with fed(server, owner, tmp_path, session=session) as feeding:
            await show(feeding, (INSULT, 3))
        world.delete(album[0], album[1])
        async with fed(server, owner, tmp_path, session=session) as feeding:
            await show(feeding, (INSULT, 1))
        world.delete(album[2])
        async with fed(server, owner, tmp_path, session=session) as feeding:
            await show(feeding)


async def test_a_basic_groups_album_is_one_too(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        group = world.add_basic_group("Family", owner, [guest])
        async with fed(server, owner, tmp_path) as feeding:
            album = post_album(server, group, guest, INSULT, "")
            await show(feeding, (INSULT, 2))
            await decide(feeding, Choice.DELETE)
            await carry_out(feeding)
            assert all(each.deleted for each in album)


async def _has_due(feeding: Feeding) -> bool:
    return (await feeding.desk.history.unanswered()).due > 0
