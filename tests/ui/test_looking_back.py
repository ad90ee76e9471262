"""The moderator's own last decisions, one after the other, without a step in the queue."""

from pathlib import Path

import pytest

from moderator_app import language
from moderator_app.domain.decision import Choice
from moderator_app.domain.ports import Delivery
from moderator_app.ui.physical_keys import Key
from tests.builders import author, message
from tests.ui.conftest import Run
from tests.ui.shop import Shop, shop
from tests.ui.striking import CTRL, armed, items, strike, told
from tests.ui.until import until


async def decided(at: Shop) -> list[int]:
    """Three items, of which the first is deleted and the second dismissed."""
    insults = (message(f"да пошёл ты нахуй {n}", id=str(n), author=author(str(n))) for n in range(1, 4))
    await at.app.intake.accept(Delivery(tuple(insults)), "test")
    await at.shows(3)
    listed = items(at)
    await armed(at)
    strike(at, Key.D)
    await armed(at, listed[1])
    strike(at, Key.A)
    await armed(at, listed[2])
    await until(lambda: all(at.session.queue.model.entry(each).due for each in listed[:2]))  # type: ignore[union-attr]
    return listed


@pytest.mark.parametrize("russian", [False, True])
def test_a_walk_back_and_forward_leaves_the_hand_where_it_is(run: Run, tmp_path: Path, russian: bool) -> None:
    async def work() -> None:
        language.use("ru" if russian else "en")
        async with shop(tmp_path) as at:
            first, second, third = await decided(at)
            queue = at.session.queue
            for item in (second, first):
                strike(at, Key.BRACKET_LEFT, russian=russian)
                await until(lambda item=item: queue.card.item == item)  # type: ignore[misc]
            assert ("Удалить" if russian else "Delete") in queue.card.remarks
            assert queue.view.item == third
            # Nothing is decided while another card is looked at.
            strike(at, Key.A, russian=russian)
            assert queue.model.entry(third).is_open  # type: ignore[union-attr]
            strike(at, Key.BRACKET_RIGHT, russian=russian)
            await until(lambda: queue.card.item == second)
            strike(at, Key.ESCAPE)
            await until(lambda: queue.card.item == third)
            assert await at.standing() == [Choice.DELETE, Choice.DISMISS]

    run(work())


def test_the_decision_that_is_looked_at_is_taken_back(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            first, second, _third = await decided(at)
            queue = at.session.queue
            strike(at, Key.BRACKET_LEFT)
            await until(lambda: queue.card.item == second)
            strike(at, Key.BRACKET_LEFT)
            await until(lambda: queue.card.item == first)
            strike(at, Key.Z, CTRL)
            await until(lambda: queue.model.entry(first).is_open)  # type: ignore[union-attr]
            assert await at.standing() == [Choice.DISMISS]

    run(work())


def test_at_the_end_of_the_walk_it_says_so(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            strike(at, Key.BRACKET_LEFT)
            await until(lambda: "no older decision" in told(at))

    run(work())
