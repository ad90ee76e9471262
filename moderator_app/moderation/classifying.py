"""Has AI asked about messages: after the rules have spoken, in the background, and within the budget."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from moderator_app.domain.ai import BATCH, Use, Which
from moderator_app.domain.ai_ports import BudgetSpent, Classifier
from moderator_app.domain.errors import ModeratorError, TryLater
from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import AuthorKey, Message, MessageKey
from moderator_app.domain.policy import Policy
from moderator_app.domain.profile import Profile
from moderator_app.moderation.ai_budget import Budget
from moderator_app.moderation.ai_profiles import Fetch, ProfileChecks
from moderator_app.moderation.ai_round import Picture, Round, Tools
from moderator_app.moderation.changes import Changes
from moderator_app.moderation.clock import Clock, now
from moderator_app.storage import ai_candidates, ai_checks
from moderator_app.storage.ai_candidates import Candidate
from moderator_app.storage.database import Database

log = logging.getLogger(__name__)

# How long a message waits for company.
COMPANY_SECONDS = 0.3
# Read at once: a few requests' worth.
TOGETHER = 40
PAGE = 200
# When to look again after what only time or a person mends.
SPENT_SECONDS = 60.0
FAULT_SECONDS = 60.0

Connect = Callable[[Budget], Awaitable[Classifier]]


class Mood(StrEnum):
    """OFF: nobody wants it. READY: works, or would. SILENT: the server does not answer. SPENT: the budget is used up.

    FAULT: a key or an address is missing or wrong.
    """

    OFF = "off"
    READY = "ready"
    SILENT = "silent"
    SPENT = "spent"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class AiStatus:
    """`error` says what is wrong."""

    mood: Mood = Mood.OFF
    error: ModeratorError | None = None


@dataclass(frozen=True, slots=True)
class Classified:
    """What a run did. `asked` were sent; `cached` answered without; `skipped` are decided already.

    `invalid` got nothing of use, `unanswered` nothing at all. `error` is what ended the run early.
    """

    messages: int = 0
    asked: int = 0
    cached: int = 0
    skipped: int = 0
    invalid: int = 0
    unanswered: int = 0
    use: Use = field(default_factory=Use)
    error: ModeratorError | None = None


Progress = Callable[[Classified], None]


async def _no_picture(_message: Message) -> bytes | None:
    return None


async def _no_profile(_key: MessageKey, _author: AuthorKey) -> Profile | None:
    return None


class Classifying:
    """`book` gives the rules in force, `connect` makes the classifier that the settings describe."""

    def __init__(
        self,
        database: Database,
        changes: Changes,
        book: Callable[[], RuleBook],
        budget: Budget,
        connect: Connect,
        clock: Clock = now,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        picture: Picture = _no_picture,
        together: int = BATCH,
        profile: Fetch = _no_profile,
    ) -> None:
        self._database, self._changes, self._book = database, changes, book
        self.budget = budget
        self._connect, self._clock, self._sleep = connect, clock, sleep
        self._classifier: Classifier | None = None
        self._former: list[Classifier] = []
        self._connecting = asyncio.Lock()
        self._wake = asyncio.Event()
        self._changed = asyncio.Event()
        self._tools = Tools(database, book, clock, picture, ProfileChecks(database, profile, clock), together)
        self.status = AiStatus()
        # Until it is tried again.
        self._is_spent = False
        self._listeners: list[Callable[[AiStatus], None]] = []

    def subscribe(self, listener: Callable[[AiStatus], None]) -> None:
        self._listeners.append(listener)

    def offer(self) -> None:
        """Messages that are noted down as offered were judged just now."""
        self._wake.set()

    async def use_new_settings(self) -> None:
        """Ask by the settings as they are now: another key, address or model, or a larger budget."""
        if self._classifier is not None:
            # Somebody may be asking it just now.
            self._former.append(self._classifier)
            self._classifier = None
        self.look_again()

    def look_again(self) -> None:
        """Communities may want something else now."""
        self._changed.set()
        self._wake.set()

    async def close(self) -> None:
        """Let go of the connections."""
        for classifier in (*self._former, *([self._classifier] if self._classifier else [])):
            await classifier.close()
        self._former.clear()
        self._classifier = None

    async def run(self) -> None:
        """Ask about what is offered, and first about what an earlier run left, for ever."""
        await self._database.insist(ai_checks.take_up)
        while True:
            await self._choose()
            if not self._is_wanted():
                self._tell(AiStatus())
                await self._wait(None)
                continue
            if self.status.mood is Mood.OFF:
                self._tell(AiStatus(Mood.READY))
            if not await self._work():
                await self._wait(None)
            else:
                await self._sleep(0)

    async def classify(self, which: Which, limit: int | None = None, progress: Progress = lambda _: None) -> Classified:
        """Ask about stored messages of which nothing is known yet, the newest first, whatever the policies say.

        Ends when all were asked about, or nothing can be asked any more. Raises SignInNeeded and Refused.
        """
        before = self.budget.used
        total, last = Classified(), None
        share = self._book().default.ai.sample_share
        while total.error is None and (limit is None or total.messages < limit):
            most = TOGETHER if limit is None else min(TOGETHER, limit - total.messages)
            found = await self._database.read(ai_candidates.unasked, which, share, last, most)
            if not found:
                break
            last = found[-1].id
            done = await self._ask(found, patient=True)
            total = replace(_sum(total, len(found), done), use=self.budget.used - before)
            progress(total)
        return total

    async def classifier(self) -> Classifier:
        """Raises SignInNeeded and Refused."""
        async with self._connecting:
            if self._classifier is None:
                self._classifier = await self._connect(self.budget)
            return self._classifier

    async def _ask(self, candidates: Sequence[Candidate], *, patient: bool = False) -> Round:
        done = Round(self._tools, await self.classifier(), patient=patient)
        await done.go(candidates)
        self._changes.wake()
        return done

    def _is_wanted(self) -> bool:
        book = self._book()
        return book.default.ai.enabled or any(policy.ai.enabled for policy in book.communities.values())

    async def _choose(self) -> None:
        """Choose of the offered messages those that AI is to be asked about; none while there is no budget."""
        while found := await self._database.read(ai_candidates.offered, PAGE):
            wanted = [each.id for each in found if not self._is_spent and self._wants(each)]
            unwanted = {each.id for each in found}.difference(wanted)
            await self._database.insist(ai_checks.choose, wanted, unwanted)

    def _wants(self, candidate: Candidate) -> bool:
        ai = self._book().policy(candidate.message.key.community_key).ai
        return ai.enabled and ai_candidates.wanted(candidate, ai.which, ai.sample_share)

    async def _work(self) -> bool:
        """Ask about some of what waits. False where nothing does."""
        waiting = await self._database.read(ai_candidates.waiting, TOGETHER)
        if not waiting:
            return False
        if len(waiting) < TOGETHER:
            # Those that come within this time share the requests.
            await self._sleep(COMPANY_SECONDS)
            await self._choose()
            waiting = await self._database.read(ai_candidates.waiting, TOGETHER)
        wanted = [each for each in waiting if self._policy(each).ai.enabled]
        if len(wanted) < len(waiting):
            await self._database.insist(ai_checks.forget, [each.id for each in waiting if each not in wanted])
        try:
            done = await self._ask(wanted)
        except ModeratorError as error:
            await self._bear(error)
            return True
        if done.error is not None:
            await self._bear(done.error)
        elif done.moved:
            self._tell(AiStatus(Mood.READY))
        else:
            # Another run is asking about just these.
            await self._wait(COMPANY_SECONDS)
        return True

    async def _bear(self, error: ModeratorError) -> None:
        """Wait as long as it makes no sense to go on."""
        log.warning("AI is not asked: %s", error)
        if isinstance(error, TryLater):
            self._tell(AiStatus(Mood.SILENT, error))
            await self._wait(min(error.seconds, FAULT_SECONDS))
        else:
            spent = isinstance(error, BudgetSpent)
            self._tell(AiStatus(Mood.SPENT if spent else Mood.FAULT, error))
            self._is_spent = spent
            await self._wait(SPENT_SECONDS if spent else FAULT_SECONDS)
            self._is_spent = False

    async def _wait(self, seconds: float | None) -> None:
        """So long or until the settings change; without a number of seconds until something is offered, too."""
        try:
            async with asyncio.timeout(seconds):
                while not self._changed.is_set():
                    await self._wake.wait()
                    self._wake.clear()
                    if seconds is None:
                        break
                    # What waits meanwhile is bounded by its choice.
                    await self._choose()
        except TimeoutError:
            pass
        self._changed.clear()

    def _tell(self, status: AiStatus) -> None:
        if status != self.status:
            self.status = status
            for listener in self._listeners:
                listener(status)

    def _policy(self, candidate: Candidate) -> Policy:
        return self._book().policy(candidate.message.key.community_key)


def _sum(total: Classified, messages: int, done: Round) -> Classified:
    return Classified(
        messages=total.messages + messages,
        asked=total.asked + done.asked,
        cached=total.cached + done.cached,
        skipped=total.skipped + done.skipped,
        invalid=total.invalid + done.invalid,
        unanswered=total.unanswered + done.unanswered,
        error=done.error,
    )
