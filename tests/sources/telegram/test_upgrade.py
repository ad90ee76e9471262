"""A basic group that becomes a supergroup goes on as the same community."""

from pathlib import Path

from sqlalchemy import select

from moderator_app.domain.decision import ActionState, Choice
from moderator_app.storage.tables import IS_OPEN, community, item, message
from tests.servers.telegram import TelegramServer
from tests.sources.telegram.feeding import Feeding, fed, until

INSULT = "да пошёл ты нахуй"


async def excerpts(feeding: Feeding) -> list[str]:
    """The texts of all that waits, near-equal ones too."""
    query = select(message.c.text).join_from(item, message).where(IS_OPEN)
    return sorted(await feeding.desk.database.read(lambda connection: connection.execute(query).scalars().all()))


async def waits_for(feeding: Feeding, *texts: str) -> None:
    async def so() -> bool:
        return await excerpts(feeding) == sorted(texts)

    try:
        await until(so)
    except TimeoutError:
        assert await excerpts(feeding) == sorted(texts)


async def stored(feeding: Feeding) -> list[tuple[str, str]]:
    """The communities and texts of all messages, in the order in which they came."""
    query = select(community.c.community, message.c.text).join_from(message, community).order_by(message.c.id)
    rows = await feeding.desk.database.read(lambda connection: connection.execute(query).all())
    return [(row[0], row[1]) for row in rows]


async def carry_out(feeding: Feeding) -> list[ActionState]:
    while await feeding.desk.outbox.carry_out_next(feeding.source):
        pass
    return await feeding.desk.states()


async def test_what_waits_goes_on_in_the_supergroup_and_nothing_is_doubled(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest, other = world.add_user("Owner"), world.add_user("Guest"), world.add_user("Other")
        group = world.add_basic_group("Family", owner, [guest, other])
        session = server.session_for(owner)
        async with fed(server, owner, tmp_path, session=session) as feeding:
            old = world.post(group, guest, f"{INSULT} корова")
            gone = world.post(group, other, f"{INSULT} паровоз тетрадь")
            await waits_for(feeding, f"{INSULT} корова", f"{INSULT} паровоз тетрадь")
            new = world.upgrade(group)
            await until(lambda: {key.community for key in feeding.source.communities} == {str(new.id)})
            world.post(new, guest, f"{INSULT} лампа")
            await waits_for(feeding, f"{INSULT} корова", f"{INSULT} паровоз тетрадь", f"{INSULT} лампа")
            # What is deleted of the former group is noticed, and closes its item.
            world.delete(gone)
            await waits_for(feeding, f"{INSULT} корова", f"{INSULT} лампа")
        async with fed(server, owner, tmp_path, session=session) as feeding:
            await waits_for(feeding, f"{INSULT} корова", f"{INSULT} лампа")
            assert await stored(feeding) == [
                (str(new.id), f"{INSULT} корова"),
                (str(new.id), f"{INSULT} паровоз тетрадь"),
                (str(new.id), f"{INSULT} лампа"),
            ]
            query = select(item.c.id).join_from(item, message).where(IS_OPEN).order_by(item.c.id)
            first = await feeding.desk.database.read(lambda connection: connection.execute(query).scalars().first())
            assert first is not None
            await feeding.desk.review.decide([first], Choice.DELETE_BAN, grace=0, whole_group=False)
            assert await carry_out(feeding) == [ActionState.DONE, ActionState.DONE]
            assert old.deleted
            assert new.shut_out(guest, world.now)
            assert [each.text for each in new.box.messages.values() if not each.action] == [f"{INSULT} лампа"]


async def test_an_upgrade_during_a_stop_is_followed_and_what_was_missed_is_read(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        group = world.add_basic_group("Family", owner, [guest])
        session = server.session_for(owner)
        async with fed(server, owner, tmp_path, session=session) as feeding:
            world.post(group, guest, f"{INSULT} корова")
            gone = world.post(group, guest, f"{INSULT} паровоз тетрадь")
            await waits_for(feeding, f"{INSULT} корова", f"{INSULT} паровоз тетрадь")
        new = world.upgrade(group)
        world.delete(gone)
        world.post(new, guest, f"{INSULT} лампа")
        async with fed(server, owner, tmp_path, session=session) as feeding:
            await waits_for(feeding, f"{INSULT} корова", f"{INSULT} лампа")
            assert [place for place, _text in await stored(feeding)] == [str(new.id)] * 3
            assert {row.community_name for row in (await feeding.desk.queue.page()).rows} == {"Family"}


async def test_a_warning_to_a_message_of_before_says_why_it_cannot_be(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        group = world.add_basic_group("Family", owner, [guest])
        async with fed(server, owner, tmp_path) as feeding:
            world.post(group, guest, INSULT)
            await waits_for(feeding, INSULT)
            new = world.upgrade(group)
            await until(lambda: {key.community for key in feeding.source.communities} == {str(new.id)})
            await feeding.desk.review.decide(await feeding.desk.items(), Choice.WARN, grace=0, consent=True)
            assert await carry_out(feeding) == [ActionState.FAILED]
            (row,) = (await feeding.desk.queue.page()).rows
            assert row.failure is not None
            assert row.failure.text_id == "telegram.before_upgrade"
