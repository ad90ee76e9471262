"""What other moderators do closes what waits in the queue, with who it was, within seconds."""

from pathlib import Path

from moderator_app.domain.decision import Choice
from moderator_app.domain.ports import SourceState
from tests.servers.telegram import MUTED, TelegramServer
from tests.sources.telegram.feeding import Feeding, fed, shows, until

INSULT = "да пошёл ты нахуй"


async def closed(feeding: Feeding, item: int) -> tuple[str, str]:
    """Why an item was closed, and the name that is told."""
    for one in await feeding.desk.queue.closed([item]):
        if one.note is not None:
            return one.note.text_id, str(dict(one.note.parameters).get("by", ""))
    return "", ""


async def closes(feeding: Feeding, item: int, text_id: str, by: str, seconds: float = 6) -> None:
    async def so() -> bool:
        return await closed(feeding, item) == (text_id, by)

    try:
        await until(so, seconds)
    except TimeoutError:
        assert await closed(feeding, item) == (text_id, by)


async def the_item(feeding: Feeding) -> int:
    async def one() -> bool:
        return len(await feeding.desk.items()) == 1

    await until(one)
    (item,) = await feeding.desk.items()
    return item


async def test_who_deleted_a_message_is_told_though_the_deletion_arrives_first(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, other, guest = world.add_user("Owner"), world.add_user("Other"), world.add_user("Guest")
        group = world.add_supergroup("Cooking", owner, [other, guest])
        world.promote(group, other)
        async with fed(server, owner, tmp_path) as feeding:
            message = world.post(group, guest, INSULT)
            item = await the_item(feeding)
            world.delete(message, by=other)
            await closes(feeding, item, "queue.gone", "", 2)
            await closes(feeding, item, "queue.gone.by", "Other")
            # An album is told of as a whole.
            album = [world.post(group, guest, text, grouped_id=5) for text in (INSULT, "")]
            item = await the_item(feeding)
            world.delete(*album, by=other)
            await closes(feeding, item, "queue.gone.by", "Other", 15)


async def test_what_this_account_deletes_has_nobody_asked_for(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        group = world.add_supergroup("Cooking", owner, [guest])
        session = server.session_for(owner)
        async with fed(server, owner, tmp_path, session=session) as feeding:
            world.post(group, guest, INSULT)
            item = await the_item(feeding)
            await until(lambda: server.arrived["channels.GetAdminLog"])
            asked = server.arrived["channels.GetAdminLog"]
            await feeding.desk.review.decide([item], Choice.DELETE, grace=0)
            await feeding.desk.outbox.carry_out_next(feeding.source)
            await until(lambda: group.box.messages == {})
            world.post(group, guest, INSULT + "!")
            await the_item(feeding)
            assert server.arrived["channels.GetAdminLog"] == asked


async def test_a_mute_that_nothing_tells_of_is_found_in_the_log_at_the_next_look(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, other, guest = world.add_user("Owner"), world.add_user("Other"), world.add_user("Guest")
        group = world.add_supergroup("Cooking", owner, [other, guest])
        world.promote(group, other)
        async with fed(server, owner, tmp_path, check_seconds=1.5) as feeding:
            world.post(group, guest, INSULT)
            item = await the_item(feeding)
            world.ban(group, guest, other, rights=MUTED)
            await closes(feeding, item, "queue.author_muted.by", "Other")


async def test_a_mute_that_is_pushed_closes_at_once(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        world.tells_participants = True
        owner, other, guest = world.add_user("Owner"), world.add_user("Other"), world.add_user("Guest")
        group = world.add_supergroup("Cooking", owner, [other, guest])
        world.promote(group, other)
        async with fed(server, owner, tmp_path) as feeding:
            world.post(group, guest, INSULT)
            item = await the_item(feeding)
            world.ban(group, guest, other, rights=MUTED)
            await closes(feeding, item, "queue.author_muted.by", "Other", 2)


async def test_a_log_that_telegram_wants_asked_less_often_keeps_nothing_waiting(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, other, guest = world.add_user("Owner"), world.add_user("Other"), world.add_user("Guest")
        group = world.add_supergroup("Cooking", owner, [other, guest])
        world.promote(group, other)
        async with fed(server, owner, tmp_path) as feeding:
            message = world.post(group, guest, INSULT)
            item = await the_item(feeding)
            server.faults.fail("channels.GetAdminLog", "FLOOD_WAIT_2")
            before = server.arrived["channels.GetAdminLog"]
            world.delete(message, by=other)
            await until(lambda: server.arrived["channels.GetAdminLog"] > before)
            world.post(group, guest, "meanwhile")
            await shows(feeding, group, "meanwhile", seconds=1)
            assert SourceState.WAITING not in {status.state for status in feeding.statuses}
            await closes(feeding, item, "queue.gone.by", "Other", 8)
