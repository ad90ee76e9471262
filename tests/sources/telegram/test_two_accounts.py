"""Two accounts of one profile in the same chats: everything once, and by one that may."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from sqlalchemy import select

from moderator_app.domain.decision import ActionState, Choice
from moderator_app.domain.errors import ModeratorError
from moderator_app.moderation.archive import StoredArchive
from moderator_app.settings import Telegram
from moderator_app.sources.telegram.client import Access
from moderator_app.sources.telegram.rivals import Rivals
from moderator_app.sources.telegram.source import TelegramSource
from moderator_app.storage.tables import message
from tests.moderation.desk import Desk, opened
from tests.servers.telegram import API_HASH, API_ID, TelegramServer, User
from tests.sources.telegram.feeding import until

INSULT = "да пошёл ты нахуй"


class Accounts:
    """Accounts that share a database and know of each other."""

    def __init__(self, server: TelegramServer, desk: Desk, folder: Path) -> None:
        self.server, self.desk, self.folder = server, desk, folder
        self.rivals = Rivals()
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def start(self, user: User) -> TelegramSource:
        given = self.server.environment(user)
        there = Telegram(server=given["MODERATOR_TELEGRAM_SERVER"], public_key=given["MODERATOR_TELEGRAM_PUBLIC_KEY"])
        access = Access(str(API_ID), API_HASH, given["MODERATOR_TELEGRAM_SESSION"])
        source = TelegramSource(
            f"telegram:{user.id}", access, lambda: there, StoredArchive(self.desk.database), lambda _status: None,
            self.folder / f"{user.id}.json", rivals=self.rivals, check_seconds=0.5,
        )  # fmt: skip
        self._tasks[source.name] = asyncio.get_running_loop().create_task(self._run(source))
        return source

    async def stop(self, source: TelegramSource) -> None:
        task = self._tasks.pop(source.name)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def close(self) -> None:
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def texts(self) -> list[str]:
        query = select(message.c.text).where(~message.c.deleted).order_by(message.c.id)
        return [*await self.desk.database.read(lambda connection: connection.execute(query).scalars().all())]

    async def show(self, *texts: str) -> None:
        async def so() -> bool:
            return sorted(await self.texts()) == sorted(texts)

        try:
            await until(so)
        except TimeoutError:
            assert sorted(await self.texts()) == sorted(texts)

    async def _run(self, source: TelegramSource) -> None:
        with suppress(ModeratorError):
            await self.desk.intake.watch(source)


@asynccontextmanager
async def accounts(server: TelegramServer, folder: Path) -> AsyncIterator[Accounts]:
    async with opened(folder) as desk:
        found = Accounts(server, desk, folder)
        try:
            yield found
        finally:
            await found.close()


async def test_a_basic_group_is_read_by_one_and_taken_over_when_that_is_gone(
    server: TelegramServer, tmp_path: Path
) -> None:
    world = server.world
    anna, boris, guest = world.add_user("Anna"), world.add_user("Boris"), world.add_user("Guest")
    # From here on their numbers differ.
    world.write(guest, boris, "a private word")
    group = world.add_basic_group("Family", anna, [boris, guest])
    world.promote(group, boris)
    async with accounts(server, tmp_path) as both:
        first, second = both.start(anna), both.start(boris)
        world.post(group, guest, "one")
        await both.show("one")
        await until(lambda: len(first.communities) == 1)
        assert second.communities == frozenset()
        two = world.post(group, guest, f"{INSULT} two")
        await both.show("one", f"{INSULT} two")
        # Seconds are all that tells what came later.
        await asyncio.sleep(1.1)
        server.revoke(anna)
        await until(lambda: len(second.communities) == 1)
        assert first.communities == frozenset()
        three = world.post(group, guest, f"{INSULT} three")
        await both.show("one", f"{INSULT} two", f"{INSULT} three")
        # What was read under other numbers cannot be hit by chance.
        items = await both.desk.items()
        await both.desk.review.decide(items, Choice.DELETE, grace=0)
        while await both.desk.outbox.carry_out_next(second):
            pass
        assert sorted(await both.desk.states()) == [ActionState.DONE, ActionState.FAILED]
        assert (two.deleted, three.deleted) == (False, True)
        (row,) = (await both.desk.queue.page()).rows
        assert row.failure is not None
        assert row.failure.text_id == "telegram.other_account"
        await both.desk.review.decide([row.item], Choice.BAN, grace=0)
        while await both.desk.outbox.carry_out_next(second):
            pass
        assert guest not in group.members


async def test_the_one_who_reads_a_group_goes_on_after_a_restart(server: TelegramServer, tmp_path: Path) -> None:
    world = server.world
    anna, boris, guest = world.add_user("Anna"), world.add_user("Boris"), world.add_user("Guest")
    group = world.add_basic_group("Family", anna, [boris, guest])
    world.promote(group, boris)
    world.post(group, guest, "one")
    async with accounts(server, tmp_path) as both:
        second = both.start(boris)
        await both.show("one")
        first = both.start(anna)
        world.post(group, guest, "two")
        await both.show("one", "two")
        assert (len(first.communities), len(second.communities)) == (0, 1)


async def test_a_supergroup_is_stored_once_and_an_action_goes_by_the_one_who_may(
    server: TelegramServer, tmp_path: Path
) -> None:
    world = server.world
    anna, boris, guest = world.add_user("Anna"), world.add_user("Boris"), world.add_user("Guest")
    group = world.add_supergroup("Cooking", anna, [boris, guest])
    world.promote(group, boris)
    async with accounts(server, tmp_path) as both:
        first, second = both.start(anna), both.start(boris)
        await until(lambda: first.communities and second.communities)
        spam = world.post(group, guest, INSULT)
        await both.show(INSULT)
        # The first one is signed out: it must not stand in the way.
        server.revoke(anna)
        await until(lambda: not first.communities)
        serving = [asyncio.ensure_future(both.desk.outbox.serve(each)) for each in (first, second)]
        await both.desk.review.decide(await both.desk.items(), Choice.DELETE, grace=0)
        await both.show()
        assert spam.deleted
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)
        assert len(world.done("delete")) == 1
