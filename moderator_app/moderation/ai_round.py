"""One round of asking AI: what is known already is not asked, what is alike is asked once, the rest in batches."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from moderator_app.domain.ai import BATCH, Answer, Check, State, Toxicity
from moderator_app.domain.ai_ports import Classifier, NotAsked
from moderator_app.domain.errors import ModeratorError, Refused, TryLater
from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import CommunityKey, Message
from moderator_app.judging.instructions import Orders
from moderator_app.moderation.ai_profiles import ProfileChecks
from moderator_app.moderation.ai_questions import Asking, asking, batches, reused
from moderator_app.moderation.clock import Clock
from moderator_app.storage import ai_cache, ai_candidates, ai_checks, ai_claims
from moderator_app.storage.ai_candidates import Candidate
from moderator_app.storage.ai_checks import Result
from moderator_app.storage.database import Database

log = logging.getLogger(__name__)

AT_ONCE = 4
# After so many batches in a row without an answer nothing more is asked.
PATIENCE = 3
# How often a claim is renewed, and looked for what another holds.
RENEW_SECONDS, LOOK_SECONDS = 3.0, 0.5
# After so long whoever still holds a claim is alive, and asks.
_STALE_SECONDS = ai_claims.HELD.total_seconds() + 1.0
# A request that is refused for what it holds, and not for whom it comes from.
_OF_CONTENT = (400, 413, 422)

# The picture of a message that may be sent, None where there is none.
Picture = Callable[[Message], Awaitable[bytes | None]]


@dataclass(frozen=True, slots=True)
class Tools:
    """What every round works with. At most `together` questions share a request."""

    database: Database
    book: Callable[[], RuleBook]
    clock: Clock
    picture: Picture
    profiles: ProfileChecks
    together: int = BATCH


class Round:
    """Counts what it does. `error` says why it stopped before its end.

    What another round, here or in another process, is asking about is left to it. A `patient` one sees whether it does.
    """

    def __init__(self, tools: Tools, classifier: Classifier, *, patient: bool = False) -> None:
        self._tools, self._classifier = tools, classifier
        self._owner, self._patient = secrets.token_hex(8), patient
        self.asked = self.cached = self.skipped = self.invalid = self.unanswered = 0
        self.error: ModeratorError | None = None
        self._failures = 0
        self._of_campaigns: dict[int, Answer] = {}
        self._profiles: dict[int, Answer] = {}

    @property
    def moved(self) -> bool:
        """Whether anything came of it."""
        return bool(self.asked or self.cached or self.skipped)

    async def go(self, candidates: Sequence[Candidate]) -> None:
        """Ask about messages, or learn otherwise what is to be known of them, and store it."""
        await self._skip([each for each in candidates if each.settled or _is_empty(each)])
        asked = {each.id: each for each in candidates if not each.settled and not _is_empty(each)}
        await self._look_at_profiles(list(asked.values()))
        pending = dict(await self._askings(list(asked.values())))
        if pending:
            async with self._claiming():
                await self._answer(asked, pending)

    async def _answer(self, asked: Mapping[int, Candidate], pending: dict[int, Asking]) -> None:
        """Have `pending` answered until nothing is left of it that others are not asking about."""
        waited = 0.0
        while pending and self.error is None:
            keys = {each.key for each in pending.values()}
            own = await self._tools.database.insist(ai_claims.take, keys, self._owner, self._tools.clock())
            # Whoever held a claim before had stored what came of it when it let go.
            known = await self._latest(asked, pending)
            for id in await self._reuse(asked, pending):
                del pending[id]
            chosen = self._firsts(asked, [each for each in pending.values() if each.key in own])
            if chosen:
                await self._ask(asked, [_with(each, known) for each in chosen])
                for each in chosen:
                    del pending[each.id]
            elif self._patient and pending and waited < _STALE_SECONDS:
                await asyncio.sleep(LOOK_SECONDS)
                waited += LOOK_SECONDS
            else:
                return

    @asynccontextmanager
    async def _claiming(self) -> AsyncIterator[None]:
        """Keep up the claims that are made, and give them back in the end."""
        database = self._tools.database

        async def renew() -> None:
            while True:
                await asyncio.sleep(RENEW_SECONDS)
                await database.insist(ai_claims.renew, self._owner, self._tools.clock())

        renewing = asyncio.ensure_future(renew())
        try:
            yield
        finally:
            renewing.cancel()
            await asyncio.gather(renewing, return_exceptions=True)
            await database.insist(ai_claims.release, self._owner)

    async def _latest(self, asked: Mapping[int, Candidate], pending: dict[int, Asking]) -> dict[int, Check]:
        """What is known of `pending` by now; what others asked about in the meantime is dropped from it."""
        versions = {id: asked[id].version for id in pending}
        latest = await self._tools.database.read(ai_checks.latest, versions)
        for id, each in latest.items():
            if each.at != asked[id].checked and each.check.state in _TOLD:
                del pending[id]
        return {id: each.check for id, each in latest.items()}

    async def _skip(self, settled: Sequence[Candidate]) -> None:
        self.skipped += len(settled)
        await self._store([(each, Check(State.SKIPPED)) for each in settled])

    async def _look_at_profiles(self, candidates: Sequence[Candidate]) -> None:
        """Of new authors, where a community wants it."""
        for each in candidates:
            ai = self._tools.book().policy(_place(each)).ai
            if ai.profiles and each.newcomer:
                answer = await self._tools.profiles.answer(self._classifier, each.message, masking=ai.mask)
                if answer is not None:
                    self._profiles[each.id] = answer

    async def _askings(self, candidates: Sequence[Candidate]) -> list[tuple[int, Asking]]:
        """What is asked about each message. In a thread: masking loads a dictionary."""
        names = {key: await self._names(key) for key in {_place(each) for each in candidates}}
        pictures = [await self._picture(each) for each in candidates]
        return await asyncio.to_thread(self._made, candidates, names, pictures)

    def _made(
        self,
        candidates: Sequence[Candidate],
        names: dict[CommunityKey, frozenset[str]],
        pictures: Sequence[bytes | None],
    ) -> list[tuple[int, Asking]]:
        book, edition = self._tools.book(), self._classifier.edition
        made = []
        for each, picture in zip(candidates, pictures, strict=True):
            masking = book.policy(_place(each)).ai.mask
            known = names[_place(each)]
            text = each.message.text
            made.append((each.id, asking(each.id, text, edition, masking=masking, names=known, picture=picture)))
        return made

    async def _names(self, key: CommunityKey) -> frozenset[str]:
        if not self._tools.book().policy(key).ai.mask:
            return frozenset()
        return await self._tools.database.read(ai_candidates.names, key)

    async def _picture(self, candidate: Candidate) -> bytes | None:
        if not self._tools.book().policy(_place(candidate)).ai.pictures:
            return None
        return await self._tools.picture(candidate.message)

    async def _reuse(self, asked: Mapping[int, Candidate], pending: Mapping[int, Asking]) -> list[int]:
        """Store the answers that were given before to the same text, or to the same campaign."""
        database = self._tools.database
        likes = {each.like for id, each in asked.items() if id in pending and each.like is not None}
        alike = await database.read(ai_checks.answers_of, likes) if likes else {}
        kept = await database.write(ai_cache.take, {each.key for each in pending.values()}, self._tools.clock())
        found: list[tuple[Candidate, Check]] = []
        for id, each in pending.items():
            answer = kept.get(each.key) or self._of_campaign(asked[id], each, alike)
            if answer is not None:
                found.append((asked[id], each.check(reused(answer))))
        self.cached += len(found)
        await self._store(found)
        return [candidate.id for candidate, _ in found]

    def _of_campaign(self, candidate: Candidate, wanted: Asking, alike: dict[int, Check]) -> Answer | None:
        """What gives orders to a model is asked about by itself, and answers for no other."""
        if wanted.orders is not Orders.NONE:
            return None
        check = None if candidate.like is None else alike.get(candidate.like)
        if check is not None and not check.orders:
            return check.answer
        return None if candidate.campaign is None else self._of_campaigns.get(candidate.campaign)

    def _firsts(self, asked: Mapping[int, Candidate], pending: Iterable[Asking]) -> list[Asking]:
        """One of each text and campaign."""
        chosen: list[Asking] = []
        keys, campaigns = set[bytes](), set[int | None]()
        for each in pending:
            campaign = asked[each.id].campaign if each.orders is Orders.NONE else None
            if each.key not in keys and (campaign is None or campaign not in campaigns):
                keys.add(each.key)
                campaigns.add(campaign)
                chosen.append(each)
        return chosen

    async def _ask(self, asked: Mapping[int, Candidate], chosen: Sequence[Asking]) -> None:
        waiting = list(batches(chosen, self._tools.together))
        waiting.reverse()

        async def work() -> None:
            # After a failure the others tell whether it makes sense to go on.
            while waiting and self.error is None and await self._ask_batch(asked, waiting.pop()):
                pass

        while waiting and self.error is None:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(AT_ONCE, len(waiting))):
                    group.create_task(work())

    async def _ask_batch(self, asked: Mapping[int, Candidate], batch: Sequence[Asking]) -> bool:
        """Returns whether anything was answered."""
        candidates = [asked[each.id] for each in batch]
        toxicity = {each.id: each.question.toxicity for each in batch}

        async def keep(found: Mapping[int, Toxicity]) -> None:
            toxicity.update(found)
            versions = {each.id: each.version for each in candidates}
            await self._tools.database.insist(ai_checks.keep_toxicity, found, versions, self._tools.clock())

        try:
            answers = (await self._classifier.ask([each.question for each in batch], keep)).answers
        except ModeratorError as error:
            await self._fail(candidates, batch, toxicity, error)
            return False
        self._failures = 0
        self.asked += len(batch)
        self.invalid += sum(each.id not in answers for each in batch)
        given = {each.key: answers[each.id] for each in batch if each.id in answers}
        await self._tools.database.insist(ai_cache.keep, given, self._tools.clock())
        for candidate, each in zip(candidates, batch, strict=True):
            if candidate.campaign is not None and each.orders is Orders.NONE and each.id in answers:
                self._of_campaigns[candidate.campaign] = answers[each.id]
        await self._store(
            [
                (candidate, replace(each.check(answers.get(each.id)), toxicity=toxicity[each.id]))
                for candidate, each in zip(candidates, batch, strict=True)
            ]
        )
        return True

    async def _fail(
        self,
        candidates: Sequence[Candidate],
        batch: Sequence[Asking],
        toxicity: Mapping[int, Toxicity],
        error: ModeratorError,
    ) -> None:
        """What was sent and not answered is noted down as such; what was not sent stays as it was."""
        of_content = type(error) is Refused and error.parameters.get("status") in _OF_CONTENT
        if isinstance(error, TryLater) and not isinstance(error, NotAsked):
            self.asked += len(batch)
            self.unanswered += len(batch)
            silent = Check(State.UNANSWERED)
            await self._store([(each, replace(silent, toxicity=toxicity[each.id])) for each in candidates])
        elif of_content:
            self.asked += len(batch)
            self.invalid += len(batch)
            await self._store(
                [
                    (each, replace(one.check(None), toxicity=toxicity[each.id]))
                    for each, one in zip(candidates, batch, strict=True)
                ]
            )
        else:
            self.error = error
        if isinstance(error, NotAsked) or self.error is not None:
            # The rest is asked later; what moderation found counts from now on.
            later = Check(State.UNANSWERED if self._patient else State.WAITING)
            told = [each for each in candidates if toxicity[each.id]]
            await self._store([(each, replace(later, toxicity=toxicity[each.id])) for each in told])
        if self.error is not None:
            return
        self._failures += 1
        if self._failures >= PATIENCE:
            self.error = error

    async def _store(self, found: Sequence[tuple[Candidate, Check]]) -> None:
        if found:
            book = self._tools.book()
            results = [
                Result(
                    each.id,
                    each.version,
                    replace(check, profile=self._profiles.get(each.id)),
                    book.policy(_place(each)),
                )
                for each, check in found
            ]
            await self._tools.database.insist(ai_checks.record, results, self._tools.clock())


# What is not asked again by itself.
_TOLD = (State.ANSWERED, State.INVALID, State.SKIPPED)


def _with(one: Asking, known: Mapping[int, Check]) -> Asking:
    """The question with what is known of the message's toxicity."""
    if one.id not in known:
        return one
    return replace(one, question=replace(one.question, toxicity=known[one.id].toxicity))


def _place(candidate: Candidate) -> CommunityKey:
    return candidate.message.key.community_key


def _is_empty(candidate: Candidate) -> bool:
    return not candidate.message.text.strip() and not any(
        each.kind == "photo" for each in candidate.message.attachments
    )
