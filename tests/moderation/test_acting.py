"""Rules that act by themselves: only where admins let them, where they proved right, and never without end."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from moderator_app import paths
from moderator_app.app import App
from moderator_app.domain.acting import MOST_ACTS
from moderator_app.domain.decision import ActionKind, ActionState, Choice
from moderator_app.domain.errors import Refused
from moderator_app.domain.lists import ListKind
from moderator_app.domain.message import Message
from moderator_app.domain.rule_record import LEAST_DECIDED
from moderator_app.language import explain_finding, explain_note
from moderator_app.moderation.acting import Acting
from moderator_app.moderation.lists import ListKeeping
from moderator_app.moderation.policies import Change, PolicyKeeping, Scope
from moderator_app.moderation.rights import RightsKeeping
from moderator_app.storage import lists as stored_lists
from tests.builders import NOON, author, message
from tests.fakes import FakeSource
from tests.moderation.desk import YARD, Desk, insult, opened, until

ACTS: Mapping[Scope, Change] = {YARD: {"rules.profanity.acts": True}}


class Own:
    """A desk on which the profanity rule has proved right in the yard."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.policies = PolicyKeeping(desk.database, desk.changes, desk.clock)
        self.lists = ListKeeping(desk.database, desk.changes, desk.clock)
        self.acting = Acting(desk.database, desk.judges, desk.changes, lambda: 5.0, dict, desk.clock)
        self._ids = iter(range(1000, 9000))

    async def prove(self, confirmed: int = LEAST_DECIDED, dismissed: int = 0) -> None:
        for choice, count in ((Choice.DELETE, confirmed), (Choice.DISMISS, dismissed)):
            if count:
                items = await self.desk.flagged(*(self.insult() for _ in range(count)))
                await self.desk.review.decide(items, choice)

    def insult(self, **overrides: Any) -> Message:
        return insult(str(next(self._ids)), **overrides)

    async def use_rules(self) -> None:
        self.desk.judges.use(await self.desk.database.read(stored_lists.rule_book))

    async def let_act(self) -> None:
        await self.policies.change(ACTS)
        await self.use_rules()

    async def arrive(self, count: int = 1, **overrides: Any) -> tuple[int, ...]:
        """Insults arrive and are considered; returns the items that rules decided."""
        items = await self.desk.flagged(*(self.insult(**overrides) for _ in range(count)))
        return await self.acting.consider(items)


@pytest.fixture
async def own(tmp_path: Path) -> AsyncIterator[Own]:
    async with opened(tmp_path) as desk:
        yield Own(desk)


async def test_a_rule_is_not_let_act_before_humans_have_confirmed_it_often_enough(own: Own) -> None:
    await own.prove(confirmed=LEAST_DECIDED - 1)
    with pytest.raises(Refused) as caught:
        await own.policies.change(ACTS)
    assert (caught.value.text_id, caught.value.parameters["decided"]) == ("policy.no_record", LEAST_DECIDED - 1)
    with pytest.raises(Refused):
        await own.policies.change({None: {"rules.profanity.acts": True}})
    await own.prove(confirmed=1)
    await own.policies.change(ACTS)
    assert (await own.policies.read()).policy(YARD).rule("profanity").acts


async def test_a_rule_that_is_not_switched_on_decides_nothing(own: Own) -> None:
    await own.prove()
    assert await own.arrive() == ()
    assert len(await own.desk.items()) == 1


async def test_a_rule_decides_what_it_suggests_with_the_grace_of_any_decision(own: Own) -> None:
    await own.prove()
    await own.let_act()
    (item,) = await own.arrive()
    assert await own.desk.items() == ()
    newest = (await own.desk.history.page())[0].decision
    assert (newest.item, newest.choice, newest.by) == (item, Choice.DELETE, "rule:profanity")
    assert [(action.state, action.due) for action in newest.actions] == [
        (ActionState.PENDING, own.desk.clock().replace(second=5))
    ]


async def test_what_the_account_may_not_do_is_left_to_humans(own: Own) -> None:
    await own.prove()
    await own.let_act()
    source = FakeSource(YARD)
    source.forbidden[YARD] = frozenset({ActionKind.DELETE})
    await RightsKeeping(own.desk.database, own.desk.changes).keep([source])
    assert await own.arrive() == ()
    assert len(await own.desk.items()) == 1


async def test_no_rule_writes_a_first_warning_before_a_human_agrees(own: Own) -> None:
    await own.prove()
    await own.policies.change({YARD: {"rules.profanity.acts": True, "rules.profanity.suggested": Choice.WARN}})
    await own.use_rules()
    assert await own.arrive() == ()
    (item,) = await own.desk.items()
    await own.desk.review.decide([item], Choice.WARN, consent=True)
    assert len(await own.arrive()) == 1
    assert (await own.desk.history.page())[0].decision.choice is Choice.WARN


async def test_what_a_human_takes_back_stays_with_humans(own: Own) -> None:
    await own.prove()
    await own.let_act()
    (item,) = await own.arrive()
    await own.desk.review.undo(item=item)
    assert await own.acting.consider([item]) == ()
    await own.desk.intake.rules_changed()
    assert await own.acting.consider([item]) == ()
    assert await own.desk.items() == (item,)


async def test_rules_act_twenty_times_an_hour_and_no_more(own: Own) -> None:
    await own.prove()
    await own.let_act()
    assert len(await own.arrive(MOST_ACTS + 3)) == MOST_ACTS
    assert len(await own.desk.items()) == 3
    own.desk.clock.move(minutes=59)
    assert await own.arrive() == ()
    own.desk.clock.move(minutes=2)
    assert len(await own.arrive()) == 1


async def test_a_rule_acts_only_where_it_proved_right_and_as_long_as_it_does(own: Own) -> None:
    await own.prove(confirmed=LEAST_DECIDED)
    await own.policies.change({None: {"rules.profanity.acts": True}})
    await own.use_rules()
    elsewhere = await own.desk.flagged(message("да пошёл ты нахуй", id="1", community="200"))
    assert await own.acting.consider(elsewhere) == ()
    assert len(await own.arrive()) == 1
    await own.prove(confirmed=0, dismissed=2)
    assert await own.arrive() == ()


async def test_managers_are_never_decided_about_even_where_they_are_judged(own: Own) -> None:
    await own.prove()
    await own.policies.change({YARD: {"rules.profanity.acts": True, "exemptions.managers": False}})
    await own.lists.set_authors(ListKind.MANAGERS, [author("7").key])
    await own.use_rules()
    assert await own.arrive(author=author("7")) == ()
    assert await own.arrive(author=None) == ()
    assert len(await own.arrive(author=author("8"))) == 1


async def test_what_waited_before_and_what_is_old_waits_for_a_human(own: Own) -> None:
    await own.prove()
    waiting = await own.desk.flagged(own.insult())
    await own.let_act()
    await own.desk.intake.rules_changed()
    assert await own.acting.consider(waiting) == ()
    own.desk.clock.move(days=2)
    assert await own.arrive(date=NOON) == ()


async def test_a_rule_that_suggests_to_do_nothing_does_nothing(own: Own) -> None:
    await own.prove()
    await own.policies.change({YARD: {"rules.profanity.acts": True, "rules.profanity.suggested": "dismiss"}})
    await own.use_rules()
    assert await own.arrive() == ()


async def test_verdicts_of_older_rules_let_nobody_act(own: Own) -> None:
    await own.prove()
    await own.let_act()
    items = await own.desk.flagged(own.insult())
    await own.policies.change({None: {"rules.flood.count": 9}})
    await own.use_rules()
    assert await own.acting.consider(items) == ()


async def test_in_the_running_app_a_rule_decides_and_its_action_is_carried_out(tmp_path: Path) -> None:
    source = FakeSource(YARD)
    app = await App.open(paths.profile(tmp_path / "profile"), explain_finding, explain_note)
    app.preferences.set("review.grace_seconds", "0")
    now = datetime.now(UTC)
    app.start([source])
    try:
        source.post(*(insult(str(n), date=now, author=author(str(n))) for n in range(LEAST_DECIDED)))
        await until(_waiting(app, LEAST_DECIDED))
        await app.review.decide([row.item for row in (await app.queue.page()).rows], Choice.DELETE, grace=3600)
        await app.policies.change(ACTS)
        await until(_acts(app))
        source.post(insult("100", date=now, author=author("100")))
        await until(_performed(source, 1))
        assert source.performed[0].message.message == "100"
        assert (await app.history.page())[0].decision.by == "rule:profanity"
    finally:
        await app.stop()


def _waiting(app: App, count: int) -> Callable[[], Awaitable[bool]]:
    async def reached() -> bool:
        return await app.queue.waiting() == count

    return reached


def _acts(app: App) -> Callable[[], Awaitable[bool]]:
    async def reached() -> bool:
        return app.judges.book.policy(YARD).rule("profanity").acts

    return reached


def _performed(source: FakeSource, count: int) -> Callable[[], Awaitable[bool]]:
    async def reached() -> bool:
        return len(source.performed) == count

    return reached
