"""The review: what a moderator decides and takes back."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from moderator_app.domain.decision import ActionKind, ActionState, Choice, Note
from moderator_app.domain.errors import Refused, TryLater
from moderator_app.domain.history import OwnCase
from moderator_app.domain.message import Platform
from moderator_app.moderation.changes import Changes
from moderator_app.moderation.clock import Clock, now
from moderator_app.storage import (
    actions,
    amending,
    campaigns,
    decisions,
    own_cases,
    reopening,
)
from moderator_app.storage.database import Database
from moderator_app.storage.decisions import NewDecision, Standing, StoredDecision, StoredUndo


@dataclass(frozen=True, slots=True)
class Decided:
    """`due` is the end of the grace time. `note` says why nothing will be carried out, where that is so; `left` are
    items that stay open, and why.
    """

    case: int
    items: tuple[int, ...]
    due: datetime
    note: Note | None = None
    left: tuple[tuple[int, Note], ...] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """`note` says what is done on the platform to take back what had been carried out."""

    case: int
    items: tuple[int, ...]
    note: Note | None = None


# Of one decision, before somebody is asked whether all of them are meant.
MOST_UNASKED = 20


class Review:
    """`grace` gives the seconds before an action may run, `warnings` the canned warnings in each language; `moderator`
    stands in the history. `most_unasked` is how many messages a decision may reach without a confirmation.
    """

    def __init__(
        self,
        database: Database,
        changes: Changes,
        grace: Callable[[], float],
        moderator: str,
        clock: Clock = now,
        warnings: Callable[[], Mapping[str, str]] = dict,
        most_unasked: Callable[[], int] = lambda: MOST_UNASKED,
    ) -> None:
        self._database = database
        self._changes = changes
        self._grace = grace
        self._moderator = moderator
        self._clock = clock
        self._warnings = warnings
        self._most_unasked = most_unasked
        # Cases of which this process has said that they cannot be undone.
        self._stays: set[int] = set()

    async def decide(
        self,
        items: Sequence[int],
        choice: Choice,
        *,
        reason: str = "",
        grace: float | None = None,
        length: int | None = None,
        whole_group: bool = True,
        consent: bool = False,
        again: int | None = None,
        partly: bool = False,
        confirmed: bool = False,
        warning: int = 0,
    ) -> Decided:
        """Take items out of the queue and have the actions carried out after the grace time.

        An item stands for all open ones of its campaign, unless it is not for the `whole_group` that one decides.
        `length` in seconds is for mutes (the policy's by default) and bans (for ever by default). All items or none:
        raises Refused when one is unknown or decided already, or when the account may not do it there. The same choice
        again on an item whose actions have become late lets them run.

        Of the canned warnings the one of that number, from 0, is said.

        `again` is the decision that is repeated, of which an author hears no more than once.

        The first warning in a community, written in the account's name, needs `consent`: raises ConsentNeeded.
        What reaches admins, trusted people or very many has to be `confirmed`: raises ConfirmationNeeded.

        `partly` leaves open, and says of them why, what cannot be decided so; otherwise all are decided or none.
        """
        now_asked = await self._confirm_late(items, choice)
        if now_asked is not None:
            return now_asked
        at = self._clock()
        due = at + timedelta(seconds=self._grace() if grace is None else grace)
        wanted = NewDecision(
            tuple(items), choice, reason, self._moderator, at, due, length, whole_group, self._warnings(), consent,
            again, partly, None if confirmed else self._most_unasked(), warning,
        )  # fmt: skip
        stored: StoredDecision = await self._database.write(decisions.decide, wanted)
        self._changes.wake()
        return Decided(stored.case, stored.taken, due, stored.note, stored.left)

    async def decide_messages(
        self,
        messages: Sequence[int],
        choice: Choice,
        *,
        reason: str = "",
        grace: float | None = None,
        consent: bool = False,
        confirmed: bool = False,
    ) -> Decided:
        """Decide about stored messages, by their rows, whether or not they wait in the queue; otherwise as `decide`.

        An undo gives each the state that it had. Raises Refused where nothing is left to decide about.
        """
        at = self._clock()
        due = at + timedelta(seconds=self._grace() if grace is None else grace)
        wanted = NewDecision(
            (), choice, reason, self._moderator, at, due, None, warnings=self._warnings(), consent=consent, partly=True,
            unasked=None if confirmed else self._most_unasked(),
        )  # fmt: skip
        stored = await self._database.write(reopening.decide, messages, wanted)
        self._changes.wake()
        return Decided(stored.case, stored.taken, due, stored.note, stored.left)

    async def tick(self, items: Collection[int], together: bool) -> None:
        """Have items of a campaign decided together with the others, or not."""
        await self._database.write(campaigns.tick, items, together)
        self._changes.wake()

    async def decide_again(self, decision: int) -> Decided:
        """Decide the same once more, because it was not carried out. Raises Refused when the item is not open."""
        wanted = await self._database.read(decisions.as_wanted, decision)
        if wanted is None:
            raise Refused("undo.nothing")
        return await self.decide(
            wanted.items, wanted.choice, reason=wanted.reason, length=wanted.length, whole_group=False, again=decision,
            confirmed=True,
        )  # fmt: skip

    async def own_cases(self, limit: int) -> tuple[OwnCase, ...]:
        """The newest decisions of this moderator that stand, newest first."""
        return await self._database.read(own_cases.newest, self._moderator, limit)

    async def give_reason(self, case: int, reason: str) -> None:
        """Say why, after the decision. Raises Refused when something of it has begun, or it was taken back."""
        await self._database.write(amending.give_reason, case, reason)
        self._changes.wake()

    async def set_length(self, case: int, length: int | None) -> None:
        """Have the mutes or bans of a case last `length` seconds, None for ever. Raises Refused as above."""
        await self._database.write(amending.set_length, case, length)
        self._changes.wake()

    async def choose_warning(self, case: int, number: int) -> None:
        """Have the warnings of a case say another of the canned texts, from 0. Raises Refused as above."""
        await self._database.write(amending.choose_warning, case, number, self._warnings())
        self._changes.wake()

    async def confirm(self, case: int) -> bool:
        """Let the actions of a case run that were parked for being late."""
        done = await self._database.write(actions.confirm_late, case, self._clock())
        self._changes.wake()
        return done

    async def undo(self, case: int | None = None, *, item: int | None = None, pending_only: bool = False) -> Undone:
        """Take back a case, the newest decision on an item, or the newest decision of all.

        What has not run is cancelled; what is done is compensated where the platform can. `pending_only` takes back
        nothing whose grace time is over. Raises Refused when it cannot be undone, and why; TryLater while it runs.
        """
        earliest = self._clock() - timedelta(seconds=self._grace()) if pending_only else None
        found = case if case is not None else await self._newest_case(item, earliest)
        if found is None:
            raise Refused("undo.nothing")
        try:
            undone = await self._database.write(decisions.undo, found, _compensations, self._clock())
        except Refused:
            # Walking back goes on behind it next time.
            self._stays.add(found)
            raise
        if undone is None:
            raise Refused("undo.nothing")
        self._changes.wake()
        return Undone(undone.case, undone.items, _undo_note(undone))

    async def _newest_case(self, item: int | None, earliest: datetime | None) -> int | None:
        stays = self._stays if item is None else ()
        return await self._database.read(decisions.newest_case, item, earliest, stays)

    async def _confirm_late(self, items: Sequence[int], choice: Choice) -> Decided | None:
        late = {item: await self._database.read(actions.late_case, item) for item in dict.fromkeys(items)}
        cases = {case.case: case.choice for case in late.values() if case is not None}
        if cases and None not in late.values() and set(cases.values()) == {choice}:
            for case in cases:
                await self.confirm(case)
            return Decided(max(cases), tuple(late), self._clock())
        for case in cases:
            await self.undo(case)
        return None


def _compensations(standing: Sequence[Standing]) -> list[tuple[Standing, ActionKind]]:
    """What has to be done for what is done. Raises TryLater, and Refused where nothing at all can be taken back."""
    if any(action.state is ActionState.RUNNING for action in standing):
        raise TryLater("undo.running", 1.0)
    done = [action for action in standing if action.state is ActionState.DONE]
    inverses = [(action, action.kind.inverse(action.platform, action.place)) for action in done]
    compensations = [(action, inverse) for action, inverse in inverses if inverse is not None]
    if done and not compensations and len(done) == len(standing):
        raise _stays_done(done[0].kind)
    return compensations


def _stays_done(kind: ActionKind) -> Refused:
    match kind:
        case ActionKind.WARN:
            return Refused("undo.impossible.warn")
        case ActionKind.DELETE | ActionKind.DELETE_ALL:
            return Refused("undo.impossible.delete")
    return Refused("undo.impossible")


def _undo_note(undone: StoredUndo) -> Note | None:
    """The exact words matter: a ban lifted on Telegram brings neither the person back nor what was deleted."""
    stays = not undone.lasting.isdisjoint((ActionKind.DELETE, ActionKind.DELETE_ALL))
    if (Platform.TELEGRAM, ActionKind.UNBAN) in undone.compensations:
        return Note("undo.unban.telegram.deleted" if stays else "undo.unban.telegram")
    if undone.compensations:
        return Note("undo.compensated")
    return Note("undo.deletion_stays") if stays else None
