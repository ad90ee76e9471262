"""What is done on the platform beside this console, and what this console does there itself."""

from datetime import timedelta

from moderator_app.domain.decision import ActionKind, ActionState, Choice, Order
from moderator_app.domain.message import Author, AuthorKey, Platform
from moderator_app.domain.ports import Delivery, Kept, Peer, Penalty, Removal
from moderator_app.moderation.archive import StoredArchive
from tests.builders import NOON, author
from tests.fakes import FakeSource
from tests.moderation.desk import YARD, Desk, insult

WHO = AuthorKey(Platform.TELEGRAM, "42")
BORIS = Author(AuthorKey(Platform.TELEGRAM, "7"), "Борис")


async def told(desk: Desk, *told: Removal | Penalty) -> None:
    removals = tuple(each for each in told if isinstance(each, Removal))
    penalties = tuple(each for each in told if isinstance(each, Penalty))
    await desk.intake.accept(Delivery(removals=removals, penalties=penalties), "fake")


def banned(desk: Desk) -> Penalty:
    """The event that tells of a ban which the source's account made now."""
    return Penalty(YARD, WHO, ActionKind.BAN, None, desk.clock())


async def test_an_own_ban_is_not_told_as_somebody_elses(desk: Desk) -> None:
    source = FakeSource(YARD, messages=[insult("1")])
    first, second = await desk.flagged(insult("1"), insult("2"))

    async def tell(_order: Order) -> None:
        await told(desk, banned(desk))

    source.before_answer = tell
    await desk.review.decide([first], Choice.BAN, grace=0)
    await desk.carry_out(source)
    assert await desk.items() == (second,)
    desk.clock.move(minutes=1)
    await told(desk, banned(desk))
    assert await desk.items() == (second,)
    # That one is somebody else's.
    desk.clock.move(days=1)
    await told(desk, banned(desk))
    assert await desk.items() == ()


async def test_an_own_deletion_leaves_the_decision_and_names_nobody(desk: Desk) -> None:
    source = FakeSource(YARD, messages=[insult("1")])
    (item,) = await desk.flagged(insult("1"))

    async def tell(order: Order) -> None:
        await told(desk, Removal(order.message, BORIS, NOON))

    source.before_answer = tell
    await desk.review.decide([item], Choice.DELETE, grace=0)
    await desk.carry_out(source)
    (closed,) = await desk.queue.closed([item])
    assert (closed.choice, closed.by, closed.note) == (Choice.DELETE, "anna", None)
    (line,) = await desk.history.page()
    assert [(action.state, action.note) for action in line.decision.actions] == [(ActionState.DONE, None)]


async def test_what_arrives_together_with_the_penalty_for_it_does_not_wait(desk: Desk) -> None:
    later = NOON + timedelta(minutes=1)
    penalty = Penalty(YARD, WHO, ActionKind.KICK, BORIS, later)
    others = insult("2", author=author("43"))
    await desk.intake.accept(Delivery((insult("1"), others), penalties=(penalty,)), "fake")
    (left,) = await desk.items()
    assert (await desk.queue.card(left)).message.key == others.key


async def test_the_archive_tells_sources_what_is_kept_of_their_past(desk: Desk) -> None:
    archive = StoredArchive(desk.database)
    await desk.intake.accept(Delivery((insult("1"),), peers=(Peer("user", "42", 5, "anna"),)), "telegram:1")
    assert await archive.kept(YARD, NOON + timedelta(days=1), 10) == (Kept("1", None, insult("1").text),)
    assert await archive.peers("telegram:1") == (Peer("user", "42", 5, "anna"),)
    assert await archive.peers("telegram:2") == ()
