"""300 decisions under limits, floods, faults, hangs, lost answers and kills: each has its effect exactly once."""

import asyncio
import random
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from moderator_app.domain.decision import ActionKind, Choice
from moderator_app.moderation.clock import Clock, now
from moderator_app.moderation.review import Review
from tests.moderation.desk import WARNINGS, Desk, opened
from tests.servers.vk import ChatMessage, Comment, How, Kind, Place, VkServer
from tests.sources.collecting import Collecting, until
from tests.sources.killed import killed
from tests.sources.stored import Stored
from tests.sources.vk.acting_process import fast_clock, source_of, watch

DELETE, BAN, WARN, KICK = ActionKind.DELETE, ActionKind.BAN, ActionKind.WARN, ActionKind.KICK
Written = Comment | ChatMessage

# How many of each are decided; no key stands for a removal from a chat: it is made of a ban.
Wanted = list[tuple[Choice, ActionKind | None, int]]
WANTED: Wanted = [
    (Choice.WARN, None, 100),
    (Choice.DELETE, None, 80),
    (Choice.BAN, None, 60),
    (Choice.BAN, KICK, 20),
    (Choice.DELETE_BAN, None, 40),
]
FEW: Wanted = [(Choice.WARN, None, 12), (Choice.DELETE, None, 12), (Choice.BAN, None, 8), (Choice.DELETE_BAN, None, 8)]
ACTING = (
    "wall.deleteComment", "wall.createComment", "photos.deleteComment", "photos.createComment", "board.deleteComment",
    "groups.ban", "messages.delete", "messages.send", "messages.removeChatUser",
)  # fmt: skip
LOOKING = ("wall.getComment", "photos.getComments", "groups.getBanned", "messages.getByConversationMessageId")
KILLS = 6


class Trial:
    """`wanted` are the actions decided: the message, and what is done about it."""

    def __init__(self, server: VkServer, folder: Path, counts: Wanted) -> None:
        self.server, self.world, self.folder, self.counts = server, server.world, folder, counts
        self.stored = Stored(folder)
        self.owner = self.world.add_user("Olga")
        self.community = self.world.add_community("Cooking", self.owner)
        self.chat = self.world.add_chat("Kitchen", self.owner, admins=[self.community])
        kinds = (Kind.WALL, Kind.PHOTO)
        self.places: list[Place] = [self.world.add_place(kind, self.community) for kind in kinds]
        self.random = random.Random(5)
        self.base = time.time()
        self.wanted: list[tuple[Written, ActionKind]] = []
        self._tokens = self.world.community_token(self.community), self.world.user_token(self.owner)

    async def decide(self, desk: Desk, clock: Clock) -> None:
        """About as many messages as are wanted, which a source that runs delivers."""
        written = [
            self._insult(number, in_chat=kind is KICK)
            for number, kind in enumerate(kind for _choice, kind, count in self.counts for _ in range(count))
        ]
        await until(lambda: self.stored.waiting == len(written), 60)
        review = Review(desk.database, desk.changes, lambda: 0.0, "anna", clock, lambda: WARNINGS)
        items, waiting = self.stored.items, iter(written)
        for choice, kind, count in self.counts:
            for message in [next(waiting) for _ in range(count)]:
                item = items[_id(message)]
                decided = await review.decide([item], choice, whole_group=False, consent=True, grace=0)
                self.wanted += [(message, kind or each) for each in choice.kinds]
                if kind is not None:
                    self.stored.become(decided.case, kind)

    def plan_faults(self) -> None:
        faults = self.server.faults
        faults.at_random(
            ACTING, 0.12, [How.FAIL, How.FAIL, How.HTML, How.HTML_AFTERWARDS, How.TRUNCATE, How.HANG_UP, How.LOSE],
            [1, 6, 10],
        )  # fmt: skip
        faults.at_random(ACTING, 0.02, [How.HANG, How.LOSE_SILENTLY], times=6)
        faults.at_random(ACTING, 0.02, [How.FAIL], [9], times=3)
        faults.at_random(LOOKING, 0.05, [How.FAIL, How.HTML, How.HANG_UP], [1, 6, 10])

    async def carry_out(self) -> None:
        for _ in range(KILLS):
            limit = self.server.arrived.total() + self.random.randrange(60, 140)
            async with killed("tests.sources.vk.acting_process", self.folder, self._given):
                await until(partial(self.is_past, limit), 120)
        async with killed("tests.sources.vk.acting_process", self.folder, self._given):
            await until(lambda: self.stored.is_over, 120)

    def is_past(self, limit: int) -> bool:
        return self.stored.is_over or self.server.arrived.total() > limit

    def times_done(self, message: Written, kind: ActionKind) -> int:
        """As the server counts."""
        if kind is WARN:
            return sum(
                each.reply_to is message and each.author == self.community.peer for each in self._told_below(message)
            )
        deeds = {DELETE: ("delete", message), BAN: ("ban", message.author), KICK: ("remove", message.author)}
        return len(self.world.done(*deeds[kind]))

    def report(self, kills: int) -> Counter[str]:
        """Prints the counts; returns the faults met."""
        times = [self.times_done(message, kind) for message, kind in self.wanted]
        met = Counter(how for (_method, how), count in self.server.faults.met.items() for _ in range(count))
        print(  # noqa: T201 - the counts are what the test is for
            f"\ndecisions {sum(count for _, _, count in self.counts)}, actions wanted {len(times)}, done"
            f" {sum(each > 0 for each in times)}, done twice {sum(each > 1 for each in times)}; requests"
            f" {self.server.arrived.total()}, processes killed {kills}, faults {dict(met)}"
        )
        return met

    def check(self) -> None:
        assert self.stored.states == {"done": len(self.wanted)}
        times = {(_id(message), kind): self.times_done(message, kind) for message, kind in self.wanted}
        assert {key: count for key, count in times.items() if count != 1} == {}
        assert not self.world.done_twice()

    @staticmethod
    def _told_below(message: Written) -> list[Written]:
        listed = message.place.comments if isinstance(message, Comment) else message.chat.messages
        return list(listed.values())

    def _insult(self, number: int, *, in_chat: bool) -> Written:
        author, text = self.world.add_user(f"Author {number}"), f"да пошёл ты нахуй, номер {number}"
        if in_chat or number % 3 == 0:
            self.world.enter(self.chat, author)
            return self.world.write(self.chat, author, text)
        return self.world.comment(self.places[number % 3 - 1], author, text)

    @property
    def _given(self) -> dict[str, Any]:
        address = self.server.address
        return {"folder": str(self.folder), "tokens": self._tokens, "api": address, "base": self.base}

    @asynccontextmanager
    async def fed(self, desk: Desk) -> AsyncIterator[None]:
        task = asyncio.create_task(watch(desk, source_of(desk, self._given)))
        try:
            await until(lambda: self.server.long_poll.waiting, 20)
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def test_each_of_300_decisions_has_its_effect_once(tmp_path: Path) -> None:
    with VkServer(limits=False) as server:
        trial = Trial(server, tmp_path, WANTED)
        async with opened(tmp_path) as desk, trial.fed(desk):
            await trial.decide(desk, fast_clock(trial.base))
        trial.plan_faults()
        await trial.carry_out()
        met = trial.report(KILLS)
        assert sum(met.values()) > 40
        assert met["fail 9"] > 0
        assert met["hang"] + met["lose silently"] > 0
        trial.check()


async def test_the_console_carries_out_once_what_is_decided_beside_it(tmp_path: Path) -> None:
    """`moderator-app collect` as it is, at its own pace and with VK's limits."""
    with VkServer() as server:
        trial = Trial(server, tmp_path, FEW)
        environment = server.environment(trial.community, trial.owner) | {"MODERATOR_VK_WRITE_GAP": "0.05"}
        collecting = Collecting(tmp_path, environment)
        await collecting.start()
        try:
            await until(lambda: server.long_poll.waiting, 30)
            server.faults.at_random(ACTING, 0.2, [How.LOSE, How.HANG_UP, How.FAIL, How.HTML], [1, 6, 10], times=6)
            async with opened(tmp_path) as desk:
                await trial.decide(desk, now)
            for arrived in (40, 50):
                limit = server.arrived.total() + arrived
                await until(partial(trial.is_past, limit), 120)
                await collecting.end()
                await collecting.start()
            await until(lambda: trial.stored.is_over, 90)
        finally:
            await collecting.end(signal.SIGTERM)
        met = trial.report(2)
        assert sum(met.values()) > 2
        trial.check()


def _id(written: Written) -> str:
    if isinstance(written, ChatMessage):
        return f"chat{written.chat.peer_id - 2_000_000_000}_{written.cmid}"
    return f"photo{written.place.id}_{written.id}" if written.kind is Kind.PHOTO else str(written.id)
