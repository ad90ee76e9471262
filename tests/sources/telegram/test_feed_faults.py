"""Nothing is lost or doubled, whatever breaks: connections, the server, the collecting process."""

import asyncio
import os
import random
import signal
import sys
from contextlib import suppress
from pathlib import Path

from sqlalchemy import create_engine, func, select

from moderator_app.app import DATABASE
from moderator_app.storage.tables import community, message
from tests.servers.telegram import Chat, Message, TelegramServer, User
from tests.sources.telegram.feeding import Shown, until

ROOT = Path(__file__).parents[3]
SENT, SECONDS = 2000, 16.0
DROP_CHANCE = 0.02
SHUTDOWNS, KILLS, CUTS = 3, 3, 15


class Collecting:
    """`moderator-app collect` in a process of its own, killed and started again at will."""

    def __init__(self, profile: Path, environment: dict[str, str]) -> None:
        self._profile, self._environment = profile, os.environ | environment
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        command = [sys.executable, "-m", "moderator_app", "--profile", str(self._profile), "collect"]
        self._process = await asyncio.create_subprocess_exec(
            *command,
            cwd=ROOT,
            env=self._environment,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )

    async def end(self, by: signal.Signals = signal.SIGKILL) -> None:
        assert self._process is not None
        with suppress(ProcessLookupError):
            self._process.send_signal(by)
        await self._process.wait()


class Talk:
    """Three users who write, correct and delete in a supergroup and a basic group."""

    def __init__(self, server: TelegramServer, chance: random.Random) -> None:
        self._world, self._chance = server.world, chance
        self.owner: User = self._world.add_user("Owner")
        self._users = [self._world.add_user(name) for name in ("Ann", "Ben", "Cem")]
        groups = (self._world.add_supergroup, self._world.add_basic_group)
        self.chats: list[Chat] = [add("Talk", self.owner, self._users) for add in groups]
        self._there: list[Message] = []
        self.edits = self.deletions = 0

    async def go_on(self) -> None:
        for number in range(SENT):
            author = self._chance.choice(self._users)
            chat = self._chance.choice(self.chats)
            self._there.append(self._world.post(chat, author, f"message {number} of {author.first_name}"))
            if self._chance.random() < 0.2:
                self._edit(self._chance.choice(self._there), number)
            if self._chance.random() < 0.1:
                self._delete(self._there.pop(self._chance.randrange(len(self._there))))
            await asyncio.sleep(SECONDS / SENT)

    def say_goodbye(self) -> None:
        self._there += (self._world.post(chat, self._users[0], "goodbye") for chat in self.chats)

    def shown(self) -> Shown:
        """What is there at the end, as the console has to know it."""
        return {(str(each.chat.id), str(each.id_for(self.owner))): each.text for each in self._there}

    def _edit(self, found: Message, number: int) -> None:
        self.edits += 1
        # Telegram's clock counts seconds: of two edits within one the second is later all the same.
        date = max(self._world.now, found.edit_date + 1)
        self._world.edit(found, f"{found.text.partition(',')[0]}, corrected with {number}", date=date)

    def _delete(self, found: Message) -> None:
        self.deletions += 1
        self._world.delete(found)


async def test_two_thousand_messages_survive_dropped_connections_restarts_and_kills(tmp_path: Path) -> None:
    chance = random.Random(20)
    async with TelegramServer() as server:
        talk = Talk(server, chance)
        collecting = Collecting(tmp_path, server.environment(talk.owner))
        await collecting.start()
        server.faults.drop_chance = DROP_CHANCE
        server.faults.lose_updates = server.faults.duplicate_updates = server.faults.reorder_updates = 0.02
        try:
            await asyncio.gather(talk.go_on(), _break(server, collecting, chance), _cut(server, chance))
            server.faults.clear()
            # What was lost last is noticed by what comes after it.
            talk.say_goodbye()
            expected = talk.shown()
            with suppress(TimeoutError):
                await until(lambda: _stored(tmp_path) == expected, 40)
        finally:
            await collecting.end(signal.SIGTERM)
    stored = _stored(tmp_path)
    rows, keys = _rows(tmp_path)
    lost = expected.keys() - stored.keys()
    remaining = stored.keys() - expected.keys()
    outdated = [key for key in stored.keys() & expected.keys() if stored[key] != expected[key]]
    print(  # noqa: T201 - the counts are what the test is for
        f"\nsent {SENT + len(talk.chats)}, edited {talk.edits}, deleted {talk.deletions};"
        f" stored {rows}, of them there {len(stored)};"
        f" doubled {rows - keys}, lost {len(lost)}, deleted but shown {len(remaining)}, outdated {len(outdated)}"
    )
    assert (rows - keys, lost, remaining, outdated) == (0, set(), set(), [])


async def _break(server: TelegramServer, collecting: Collecting, chance: random.Random) -> None:
    """Spread over the time of the talk: the server goes down and comes back, the collecting process is killed."""
    what = [signal.SIGKILL] * KILLS + [None] * SHUTDOWNS
    chance.shuffle(what)
    for by in what:
        await asyncio.sleep(SECONDS / (len(what) + 1))
        if by is None:
            await server.stop()
            await asyncio.sleep(0.3)
            await server.restart(forget_sessions=True, forget_updates=chance.random() < 0.5)
        else:
            await collecting.end(by)
            await asyncio.sleep(0.2)
            await collecting.start()


async def _cut(server: TelegramServer, chance: random.Random) -> None:
    """Connections break between requests, too."""
    for _ in range(CUTS):
        await asyncio.sleep(chance.uniform(0, 2 * SECONDS / (CUTS + 1)))
        server.drop_connections()


def _stored(profile: Path) -> Shown:
    query = select(community.c.community, message.c.message, message.c.text).join_from(message, community)
    engine = create_engine(f"sqlite:///{profile / DATABASE}")
    with engine.connect() as connection:
        found = {(row[0], row[1]): row[2] for row in connection.execute(query.where(~message.c.deleted))}
    engine.dispose()
    return found


def _rows(profile: Path) -> tuple[int, int]:
    """How many messages are stored, and how many different ones."""
    engine = create_engine(f"sqlite:///{profile / DATABASE}")
    different = select(message.c.community_id, message.c.message).distinct().subquery()
    with engine.connect() as connection:
        rows = connection.execute(select(func.count()).select_from(message)).scalar_one()
        keys = connection.execute(select(func.count()).select_from(different)).scalar_one()
    engine.dispose()
    return rows, keys
