"""A machine that slept for three days reads what it missed, and its event loop goes on meanwhile."""

import asyncio
import time
from itertools import pairwise
from pathlib import Path

from sqlalchemy import Connection, select

from moderator_app.domain.ports import SourceState
from moderator_app.storage.tables import community, message
from tests.servers.telegram import Chat, Message, TelegramServer, User
from tests.sources.telegram.feeding import fed, until, world_of

MISSED = {"Talk": 6000, "Kitchen": 3000, "Family": 1000}
BASIC = "Family"
BEFORE = 20
DAYS = 3 * 86_400
TICK_SECONDS = 0.01
# Of the ticks that an idle loop would have counted: other programs want the processor, too.
LEAST_TICKS = 0.2


class Ticker:
    """Counts how often the loop comes by, and the longest time in which it did not."""

    def __init__(self) -> None:
        self.ticks = 0
        self.longest = self.seconds = 0.0
        self._began = time.monotonic()
        self._task = asyncio.get_running_loop().create_task(self._tick())

    @property
    def share(self) -> float:
        return self.ticks * TICK_SECONDS / self.seconds

    def stop(self) -> None:
        self.seconds = time.monotonic() - self._began
        self._task.cancel()

    async def _tick(self) -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(TICK_SECONDS)
            self.longest = max(self.longest, time.monotonic() - before)
            self.ticks += 1


class Night:
    """Supergroups and a basic group in which much is said while nobody listens."""

    def __init__(self, server: TelegramServer) -> None:
        self._server, self._world = server, server.world
        self.owner: User = self._world.add_user("Owner")
        self._guests = [self._world.add_user(f"Guest {number}") for number in range(50)]
        self.chats: dict[str, Chat] = {name: self._chat(name) for name in MISSED}
        self.said: dict[str, list[Message]] = {name: [] for name in MISSED}

    def say(self, name: str, count: int, seconds_ago: float) -> None:
        """So many messages, spread over the time since then."""
        first = time.time() - seconds_ago
        for number in range(count):
            author = self._guests[number % len(self._guests)]
            date = int(first + number * seconds_ago / count)
            text = f"{number} of {count} in {name}"
            self.said[name].append(self._world.post(self.chats[name], author, text, date=date))

    def _chat(self, name: str) -> Chat:
        add = self._world.add_basic_group if name == BASIC else self._world.add_supergroup
        return add(name, self.owner, self._guests)

    async def fall(self) -> None:
        """While the console sleeps: what it knows is edited and deleted, much is said, Telegram forgets the order."""
        await self._server.stop()
        for name, count in MISSED.items():
            edited, deleted = self.said[name][3], self.said[name].pop(5)
            self._world.edit(edited, "edited in the night")
            self._world.delete(deleted)
            self.say(name, count, DAYS)
        await self._server.restart(forget_sessions=True, forget_updates=True)


async def test_ten_thousand_messages_missed_in_three_days_are_read_in_order(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        night = Night(server)
        for name in MISSED:
            night.say(name, BEFORE, DAYS + 3600)
        async with fed(server, night.owner, tmp_path) as found:
            told = len(found.statuses)
            await night.fall()
            ticker = Ticker()
            await until(lambda: found.state is not SourceState.CONNECTED)
            await until(lambda: found.state is SourceState.CONNECTED, 50)
            ticker.stop()
            shown = {key: text for name in MISSED for key, text in _shown(night, name).items()}
            stored = await found.stored()
            rows = await found.desk.database.read(_rows)
        counts = [each.count for each in found.statuses[told:] if each.state is SourceState.CATCHING_UP]
    _tell(shown, stored, rows, ticker, counts)
    assert stored == shown
    assert len(rows) == len(set(rows))
    for chat in night.chats.values():
        ids = [int(id) for place, id in rows if place == str(chat.id)]
        assert ids == sorted(ids)
    _assert_falling(counts)
    assert ticker.share > LEAST_TICKS


def _tell(
    shown: dict[tuple[str, str], str],
    stored: dict[tuple[str, str], str],
    rows: list[tuple[str, str]],
    ticker: Ticker,
    counts: list[int],
) -> None:
    print(  # noqa: T201 - the counts are what the test is for
        f"\nsent {sum(MISSED.values())} in the night, {len(shown)} there in all; stored {len(stored)},"
        f" doubled {len(rows) - len(set(rows))}, lost {len(shown.keys() - stored.keys())},"
        f" deleted but shown {len(stored.keys() - shown.keys())},"
        f" outdated {sum(stored[key] != shown[key] for key in stored.keys() & shown.keys())};"
        f" read in {ticker.seconds:.1f} s, {ticker.ticks} ticks of {TICK_SECONDS * 1000:.0f} ms,"
        f" longest {ticker.longest * 1000:.0f} ms; told {len(counts)} counts from {max(counts)} to {counts[-1]}"
    )


def _assert_falling(counts: list[int]) -> None:
    """Whoever looks sees less and less to be read; only what a basic group holds is not known before its turn."""
    most = max(counts)
    assert most >= sum(MISSED.values()) - MISSED[BASIC]
    falling = counts[counts.index(most) :]
    rises = [after for before, after in pairwise(falling) if after > before]
    assert len(rises) <= 1
    assert len(set(falling)) > most // 200


def _shown(night: Night, name: str) -> dict[tuple[str, str], str]:
    chat = night.chats[name]
    if chat.is_channel:
        return world_of(chat, *night.said[name])
    return {(str(chat.id), str(each.id_for(night.owner))): each.text for each in night.said[name]}


def _rows(connection: Connection) -> list[tuple[str, str]]:
    """Chat and id of every stored message, in the order in which they were stored."""
    query = select(community.c.community, message.c.message).join_from(message, community).order_by(message.c.id)
    return [(row[0], row[1]) for row in connection.execute(query)]
