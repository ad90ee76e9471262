"""300 decisions under waits, failures, lost answers, broken connections and kills: each has its effect exactly once."""

import random
import time
from functools import partial
from pathlib import Path
from typing import Any

from telethon.tl import types

from moderator_app.domain.decision import ActionKind, Choice
from moderator_app.moderation.review import Review
from tests.servers.telegram import Message, TelegramServer, User
from tests.sources.killed import killed
from tests.sources.stored import Stored
from tests.sources.telegram.acting import Scene
from tests.sources.telegram.acting_process import fast_clock
from tests.sources.telegram.feeding import fed, until

BAN, KICK, MUTE, RESTRICT = ActionKind.BAN, ActionKind.KICK, ActionKind.MUTE, ActionKind.RESTRICT
WARN, REPORT, DELETE = ActionKind.WARN, ActionKind.REPORT, ActionKind.DELETE

# How many of each are decided. No key stands for some of them: they are made of what is alike.
WANTED: list[tuple[Choice, ActionKind | None, int]] = [
    (Choice.WARN, None, 50),
    (Choice.WARN, REPORT, 50),
    (Choice.MUTE, None, 40),
    (Choice.MUTE, RESTRICT, 30),
    (Choice.BAN, None, 40),
    (Choice.BAN, KICK, 30),
    (Choice.DELETE, None, 30),
    (Choice.DELETE_BAN, None, 30),
]
DEED = {
    BAN: "ban", KICK: "ban", MUTE: "restrict", RESTRICT: "restrict", REPORT: "report", DELETE: "delete",
}  # fmt: skip
METHODS = (
    "channels.EditBanned", "channels.GetParticipant", "channels.DeleteMessages", "channels.ReportSpam",
    "messages.SendMessage",
)  # fmt: skip
KILLS = 7
WARNING = "Пожалуйста, соблюдайте правила."


class Trial:
    """`wanted` are the actions decided: the message, and what is done about it."""

    def __init__(self, scene: Scene, folder: Path) -> None:
        self.scene, self.folder, self.stored = scene, folder, Stored(folder)
        self.server, self.world, self.group = scene.server, scene.world, scene.group
        self.session = self.server.session_for(scene.moderator)
        self.base = time.time()
        self.wanted: list[tuple[Message, ActionKind]] = []
        self.random = random.Random(5)
        self.faults_met = 0

    async def decide(self) -> None:
        self.group.announces = False
        written = [self._insult(number) for number in range(sum(count for _, _, count in WANTED))]
        async with fed(self.server, self.scene.moderator, self.folder, session=self.session) as feeding:
            database, desk = feeding.desk.database, feeding.desk
            await until(lambda: self.stored.waiting == len(written), 60)
            clock, warnings = fast_clock(self.base), {"ru": WARNING, "en": WARNING}
            review = Review(database, desk.changes, lambda: 0.0, "anna", clock, lambda: warnings)
            items = self.stored.items
            waiting = iter(written)
            for choice, kind, count in WANTED:
                for message in [next(waiting) for _ in range(count)]:
                    decided = await review.decide(
                        [items[str(message.id)]], choice, whole_group=False, consent=True, grace=0
                    )
                    self.wanted += [(message, kind or each) for each in choice.kinds]
                    if kind is not None:
                        self.stored.become(decided.case, kind)

    def plan_faults(self) -> None:
        faults = self.server.faults
        for method in METHODS:
            faults.fail(method, "FLOOD_WAIT_5", 2, when=self._sometimes)
            faults.fail(method, "RPC_CALL_FAIL", 2, when=self._sometimes)
            faults.lose_answers(method, 4, when=self._sometimes)
            faults.hang_up(method, 3, when=self._sometimes)

    async def carry_out(self) -> None:
        for _ in range(KILLS):
            limit = self.server.arrived.total() + self.random.randrange(40, 140)
            async with killed("tests.sources.telegram.acting_process", self.folder, self._given):
                await until(partial(self._is_past, limit), 60)
        async with killed("tests.sources.telegram.acting_process", self.folder, self._given):
            await until(lambda: self.stored.is_over, 120)

    def _is_past(self, limit: int) -> bool:
        return self.server.arrived.total() > limit or self.stored.is_over

    def times_done(self, message: Message, kind: ActionKind) -> int:
        """As the server counts."""
        if kind is WARN:
            return sum(
                each.reply is not None and each.reply.to is message and each.sender is self.scene.moderator
                for each in self.group.box.messages.values()
            )
        return len(self.world.done(DEED[kind], message if kind in (REPORT, DELETE) else message.author))

    async def seen(self) -> dict[ActionKind, set[int]]:
        """Whom, or which messages, it hit, as the owner's own client tells."""
        channel = self.scene.input_peer(self.scene.owner, self.group)
        async with self.server.client(self.scene.owner) as owner:
            out = {
                each.id async for each in owner.iter_participants(channel, filter=types.ChannelParticipantsKicked(""))
            }
            kept = {
                each.id: each.participant.banned_rights
                async for each in owner.iter_participants(channel, filter=types.ChannelParticipantsBanned(""))
            }
            members = {each.id async for each in owner.iter_participants(channel)}
            told = [each async for each in owner.iter_messages(channel)]
        mine = [each.reply_to_msg_id for each in told if each.sender_id == self.scene.moderator.id]
        assert len(mine) == len(set(mine))
        return {
            BAN: out,
            KICK: {author.id for author in self._authors} - members - out,
            MUTE: {who for who, rights in kept.items() if rights.send_messages},
            RESTRICT: {who for who, rights in kept.items() if not rights.send_messages},
            WARN: set(mine),
            DELETE: {message.id for message, _ in self.wanted} - {each.id for each in told},
        }

    def expected(self, kind: ActionKind) -> set[int]:
        return {
            message.id if kind in (WARN, DELETE) else message.author.id for message, each in self.wanted if each is kind
        }

    @property
    def _authors(self) -> set[User]:
        return {message.author for message, _ in self.wanted if isinstance(message.author, User)}

    def _insult(self, number: int) -> Message:
        author = self.world.add_user(f"Author {number}")
        self.world.join(self.group, author)
        return self.world.post(self.group, author, f"да пошёл ты нахуй, номер {number}")

    def _sometimes(self, _request: Any, _user: User | None) -> bool:
        met = self.random.random() < 0.1
        self.faults_met += met
        return met

    @property
    def _given(self) -> dict[str, Any]:
        environment = self.server.environment()
        return {
            "folder": str(self.folder),
            "session": self.session,
            "server": environment["MODERATOR_TELEGRAM_SERVER"],
            "public_key": environment["MODERATOR_TELEGRAM_PUBLIC_KEY"],
            "name": f"telegram:{self.scene.moderator.id}",
            "base": self.base,
        }


async def test_each_of_300_decisions_has_its_effect_once(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        trial = Trial(Scene(server, tmp_path), tmp_path)
        await trial.decide()
        trial.plan_faults()
        await trial.carry_out()
        times = [trial.times_done(message, kind) for message, kind in trial.wanted]
        print(  # noqa: T201 - the counts are what the test is for
            f"\ndecisions {sum(count for _, _, count in WANTED)}, actions wanted {len(times)}, done"
            f" {sum(each > 0 for each in times)}, done twice {sum(each > 1 for each in times)};"
            f" requests {server.arrived.total()}, faults {trial.faults_met}, processes killed {KILLS}"
        )
        assert trial.faults_met > 30
        assert trial.stored.states == {"done": len(times)}
        assert times == [1] * len(times)
        seen = await trial.seen()
        for kind, whom in seen.items():
            assert whom == trial.expected(kind), kind
