"""Nothing is lost or doubled, whatever breaks: connections, the server, the collecting process, the long poll."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from tests.servers.vk import LONG_POLL, Chat, ChatMessage, Comment, How, Kind, Place, User, VkServer
from tests.sources.collecting import Collecting, Shown, rows, stored, until

SENT, SECONDS = 1000, 28.0
SHUTDOWNS, KILLS, CUTS = 3, 3, 10
PREFIXES = {Kind.WALL: "", Kind.PHOTO: "photo", Kind.VIDEO: "video", Kind.MARKET: "market", Kind.BOARD: "topic"}
READ_BY_THE_CONSOLE = ("users.get", "groups.getById", "groups.getLongPollServer", "wall.get", "wall.getComments")


class Talk:
    """Three people who comment everywhere and write in a chat, correct and lose what they wrote."""

    def __init__(self, server: VkServer, chance: random.Random) -> None:
        self._world, self._chance = server.world, chance
        self.owner: User = self._world.add_user("Olga")
        self._users = [self._world.add_user(name) for name in ("Ann", "Ben", "Cem")]
        self.community = self._world.add_community("Cooking", self.owner)
        self.posts = [self._world.post(self.community, f"Recipe {number}") for number in range(3)]
        places: list[Place] = self.posts + [self._world.add_place(kind, self.community) for kind in PREFIXES]
        chat: Chat = self._world.add_chat("Kitchen", self.owner, self._users, admins=[self.community])
        self._anywhere: list[Place | Chat] = [*places, chat]
        self._there: dict[Comment | ChatMessage, str] = {}
        self.sent = self.edits = self.deletions = 0

    async def go_on(self) -> None:
        for _number in range(SENT):
            self.write(self._chance.choice(self._anywhere))
            if self._chance.random() < 0.15:
                self._edit(self._chance.choice(list(self._there)))
            if self._chance.random() < 0.08:
                self._delete()
            await asyncio.sleep(SECONDS / SENT)

    def write(self, where: Place | Chat) -> None:
        self.sent += 1
        author, text = self._chance.choice(self._users), f"message {self.sent}"
        written = (
            self._world.comment(where, author, text)
            if isinstance(where, Place)
            else self._world.write(where, author, text)
        )
        self._there[written] = text

    def shown(self) -> Shown:
        """What is there at the end, as the console has to know it."""
        return {(str(self.community.id), _id(each)): text for each, text in self._there.items()}

    def _edit(self, written: Comment | ChatMessage) -> None:
        self.edits += 1
        self._there[written] = f"{written.text.partition(',')[0]}, corrected {self.edits}"
        if isinstance(written, Comment):
            self._world.edit(written, self._there[written])
        else:
            self._world.edit_message(written, self._there[written])

    def _delete(self) -> None:
        """A comment: of deleted chat messages VK tells nothing."""
        comments = [each for each in self._there if isinstance(each, Comment)]
        if comments:
            gone = self._chance.choice(comments)
            del self._there[gone]
            self.deletions += 1
            self._world.delete(gone, self.owner.id)


async def test_a_thousand_events_survive_disconnects_restarts_kills_and_disorder(tmp_path: Path) -> None:
    chance = random.Random(6)
    with VkServer() as server:
        talk = Talk(server, chance)
        async with _collecting(server, tmp_path, server.environment(talk.community, talk.owner)) as collecting:
            _disturb(server)
            await asyncio.gather(talk.go_on(), _break(server, collecting, chance), _cut(server, chance))
            server.faults.clear()
            server.world.reorder_events = 0
            talk.write(talk.posts[0])
            with suppress(TimeoutError):
                await until(lambda: stored(tmp_path) == talk.shown(), 45)
        _compare(tmp_path, talk, server)


async def test_what_a_lost_history_hides_is_read_from_the_walls(tmp_path: Path) -> None:
    """With a moderator's token: failed 1 and 3, and a server that has forgotten its events."""
    chance = random.Random(7)
    with VkServer() as server:
        talk = Talk(server, chance)
        async with _collecting(server, tmp_path, server.environment(talk.community, talk.owner)) as collecting:
            for number in range(300):
                talk.write(chance.choice(talk.posts))
                if number % 50 == 10:
                    server.faults.failed(chance.choice((1, 3)))
                if number == 150:
                    server.restart(forget_events=True)
                if number == 220:
                    await collecting.end()
                    await collecting.start()
                await asyncio.sleep(0.02)
            with suppress(TimeoutError):
                await until(lambda: stored(tmp_path) == talk.shown(), 45)
        _compare(tmp_path, talk, server)


async def test_a_revoked_token_costs_nothing_but_the_time_until_a_new_one(tmp_path: Path) -> None:
    with VkServer() as server:
        talk = Talk(server, random.Random(8))
        environment = server.environment(talk.community)
        async with _collecting(server, tmp_path, environment) as collecting:
            talk.write(talk.posts[0])
            await until(lambda: stored(tmp_path) == talk.shown(), 20)
            server.world.revoke(environment["MODERATOR_VK_COMMUNITY_TOKEN"])
            server.restart()
            talk.write(talk.posts[1])
            await until(lambda: "signed_out" in collecting.said, 30)
            talk.write(talk.posts[2])
            assert collecting.said.count("signed_out") == 1
            await collecting.end(signal.SIGTERM)
            collecting.environment |= server.environment(talk.community)
            await collecting.start()
            with suppress(TimeoutError):
                await until(lambda: stored(tmp_path) == talk.shown(), 20)
        _compare(tmp_path, talk, server)


@asynccontextmanager
async def _collecting(server: VkServer, profile: Path, environment: dict[str, str]) -> AsyncIterator[Collecting]:
    """Given when it polls: what was written before its very first poll is nobody's loss."""
    collecting = Collecting(profile, environment)
    await collecting.start()
    try:
        await until(lambda: server.long_poll.waiting, 30)
        yield collecting
    finally:
        await collecting.end(signal.SIGTERM)


def _disturb(server: VkServer) -> None:
    faults = server.faults
    faults.repeat_events = faults.shuffle_events = 0.1
    server.world.reorder_events = 0.05
    faults.most_events = 5
    faults.at_random([LONG_POLL], 0.15, [How.HANG_UP, How.LOSE, How.HTML, How.TRUNCATE])
    faults.at_random(READ_BY_THE_CONSOLE, 0.05, [How.HANG_UP, How.LOSE, How.HTML, How.FAIL], [6, 10])


async def _break(server: VkServer, collecting: Collecting, chance: random.Random) -> None:
    """Spread over the time of the talk: the server goes down and comes back, the collecting process is killed."""
    what = [signal.SIGKILL] * KILLS + [None] * SHUTDOWNS
    chance.shuffle(what)
    for by in what:
        await asyncio.sleep(SECONDS / (len(what) + 1))
        if by is None:
            server.stop()
            await asyncio.sleep(0.3)
            server.restart()
        else:
            await collecting.end(by)
            await asyncio.sleep(0.2)
            await collecting.start()


async def _cut(server: VkServer, chance: random.Random) -> None:
    """Connections break between requests, too."""
    for _ in range(CUTS):
        await asyncio.sleep(chance.uniform(0, 2 * SECONDS / (CUTS + 1)))
        server.drop_connections()


def _compare(profile: Path, talk: Talk, server: VkServer) -> None:
    expected, found = talk.shown(), stored(profile)
    kept, keys = rows(profile)
    lost, remaining = expected.keys() - found.keys(), found.keys() - expected.keys()
    outdated = [key for key in found.keys() & expected.keys() if found[key] != expected[key]]
    print(  # noqa: T201 - the counts are what the test is for
        f"\nsent {talk.sent}, edited {talk.edits}, deleted {talk.deletions}; events given {server.long_poll.given};"
        f" stored {kept}, of them there {len(found)}; doubled {kept - keys}, lost {len(lost)},"
        f" deleted but shown {len(remaining)}, outdated {len(outdated)};"
        f" polls {server.long_poll.polls}, faults {sum(server.faults.met.values())}"
    )
    assert (kept - keys, lost, remaining, outdated) == (0, set(), set(), [])


def _id(written: Comment | ChatMessage) -> str:
    if isinstance(written, ChatMessage):
        return f"chat{written.chat.peer_id - 2_000_000_000}_{written.cmid}"
    prefix = PREFIXES[written.kind]
    return f"{prefix}{written.place.id}_{written.id}" if prefix else str(written.id)
