"""Nothing is lost or doubled, whatever breaks: connections, the server, the collecting process."""

import asyncio
import random
import signal
from contextlib import suppress
from pathlib import Path

from tests.servers.telegram import Chat, Message, TelegramServer, User
from tests.sources.collecting import Collecting, Shown, rows, stored, until

SENT, SECONDS = 2000, 16.0
DROP_CHANCE = 0.02
SHUTDOWNS, KILLS, CUTS = 3, 3, 15


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
                await until(lambda: stored(tmp_path) == expected, 40)
        finally:
            await collecting.end(signal.SIGTERM)
    found = stored(tmp_path)
    kept, keys = rows(tmp_path)
    lost = expected.keys() - found.keys()
    remaining = found.keys() - expected.keys()
    outdated = [key for key in found.keys() & expected.keys() if found[key] != expected[key]]
    print(  # noqa: T201 - the counts are what the test is for
        f"\nsent {SENT + len(talk.chats)}, edited {talk.edits}, deleted {talk.deletions};"
        f" stored {kept}, of them there {len(found)};"
        f" doubled {kept - keys}, lost {len(lost)}, deleted but shown {len(remaining)}, outdated {len(outdated)}"
    )
    assert (kept - keys, lost, remaining, outdated) == (0, set(), set(), [])


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
