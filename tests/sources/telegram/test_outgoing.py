"""What waits to be stored is handed over several together, at once when nothing came before."""

import asyncio

from moderator_app.domain.ports import Delivery
from moderator_app.sources.telegram.outgoing import MOST_TOGETHER, Outgoing
from moderator_app.sources.telegram.state import ReadState
from tests.builders import message


def delivery(*numbers: int) -> Delivery:
    return Delivery(tuple(message(id=str(number)) for number in numbers))


async def put(outgoing: Outgoing, *numbers: int) -> None:
    await outgoing.put(delivery(*numbers), {"1": numbers[-1]})


async def test_what_follows_closely_comes_along_in_its_order() -> None:
    outgoing = Outgoing(ReadState())
    await put(outgoing, 1)
    assert await outgoing.take() == Delivery(delivery(1).messages, cursor=ReadState({"1": 1}).dump())
    taking = asyncio.ensure_future(outgoing.take())
    await put(outgoing, 2)
    await put(outgoing, 3)
    assert await taking == Delivery(delivery(2, 3).messages, cursor=ReadState({"1": 3}).dump())


async def test_no_more_is_together_than_one_transaction_takes() -> None:
    outgoing = Outgoing(ReadState())
    for first in range(0, 3 * MOST_TOGETHER, 100):
        await put(outgoing, *range(first, first + 100))
    assert [len((await outgoing.take()).messages) for _ in range(3)] == [MOST_TOGETHER] * 3


async def test_what_is_settled_was_taken_and_asked_for_more_after_it() -> None:
    outgoing = Outgoing(ReadState())
    await put(outgoing, 1)
    await outgoing.take()
    await put(outgoing, 2)
    settling = asyncio.ensure_future(outgoing.settled())
    assert len((await outgoing.take()).messages) == 1
    assert not settling.done()
    taking = asyncio.ensure_future(outgoing.take())
    await settling
    taking.cancel()


async def test_an_end_is_raised_after_all_before_it() -> None:
    outgoing = Outgoing(ReadState())
    await put(outgoing, 1)
    await outgoing.end(ValueError("lost"))
    assert len((await outgoing.take()).messages) == 1
    assert isinstance((await asyncio.gather(outgoing.take(), return_exceptions=True))[0], ValueError)
