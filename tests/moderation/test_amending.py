"""What is said more about a decision within its grace: why, for how long, in which words."""

import pytest

from moderator_app.domain.decision import ActionKind, Choice
from moderator_app.domain.errors import Refused
from moderator_app.domain.message import Message
from moderator_app.moderation.review import Review
from tests.builders import NOON, author
from tests.fakes import FakeSource
from tests.moderation.desk import YARD, Desk, insult

TEXTS = {
    "ru": "Соблюдайте правила. Нарушений: {level}[, на {mute}-м — молчание][, на {ban}-м — бан].\nБез мата: {level}.",
    "en": "Keep to the rules.\nNo swearing.",
}
HOUR = 3600


def warning_review(desk: Desk) -> Review:
    return Review(desk.database, desk.changes, lambda: 5.0, "anna", desk.clock, lambda: TEXTS)


async def sent(desk: Desk, *messages: Message) -> FakeSource:
    source = FakeSource(YARD, messages=messages)
    desk.clock.move(seconds=6)
    await desk.carry_out(source)
    return source


async def test_the_reason_given_after_the_decision_goes_with_the_action_and_stands_in_the_history(desk: Desk) -> None:
    (item,) = await desk.flagged(insult())
    decided = await desk.review.decide([item], Choice.BAN)
    await desk.review.give_reason(decided.case, "Спам")
    source = await sent(desk, insult())
    assert [order.reason for order in source.performed] == ["Спам"]
    assert [line.decision.reason for line in await desk.history.page()] == ["Спам"]


async def test_a_mute_lasts_as_long_as_was_said_after_it(desk: Desk) -> None:
    (first, second, third) = await desk.flagged(*(insult(str(n), author=author(str(n))) for n in (1, 2, 3)))
    for item, length in ((first, HOUR), (second, None)):
        decided = await desk.review.decide([item], Choice.MUTE)
        await desk.review.set_length(decided.case, length)
    await desk.review.decide([third], Choice.MUTE)
    source = await sent(desk, insult("1"), insult("2"), insult("3"))
    assert [order.length for order in source.performed] == [HOUR, None, 24 * HOUR]


async def test_once_it_runs_nothing_more_is_said(desk: Desk) -> None:
    (item,) = await desk.flagged(insult())
    decided = await desk.review.decide([item], Choice.MUTE)
    await sent(desk, insult())
    with pytest.raises(Refused, match=r"amend\.too_late"):
        await desk.review.set_length(decided.case, HOUR)
    with pytest.raises(Refused, match=r"amend\.too_late"):
        await desk.review.give_reason(decided.case, "Спам")


async def test_nothing_is_said_of_what_was_taken_back(desk: Desk) -> None:
    (item,) = await desk.flagged(insult())
    decided = await desk.review.decide([item], Choice.DISMISS)
    await desk.review.undo()
    with pytest.raises(Refused, match=r"amend\.too_late"):
        await desk.review.give_reason(decided.case, "Спам")


async def test_a_warning_tells_the_step_of_the_ladder_and_what_comes_next(desk: Desk) -> None:
    review = warning_review(desk)
    messages = [insult(str(number), date=NOON) for number in (1, 2, 3)]
    for message in messages:
        (item,) = await desk.flagged(message)
        await review.decide([item], Choice.WARN, consent=True)
    source = await sent(desk, *messages)
    assert [order.text for order in source.performed] == [
        "Соблюдайте правила. Нарушений: 1, на 2-м — молчание, на 3-м — бан.",
        "Соблюдайте правила. Нарушений: 2, на 3-м — бан.",
        "Соблюдайте правила. Нарушений: 3.",
    ]


async def test_what_was_taken_back_is_no_step_of_the_ladder(desk: Desk) -> None:
    review = warning_review(desk)
    first, second = await desk.flagged(insult("1"), insult("2"))
    await review.decide([first], Choice.MUTE)
    await review.undo()
    await review.decide([second], Choice.WARN, consent=True)
    source = await sent(desk, insult("1"), insult("2"))
    assert [order.text for order in source.performed] == [
        "Соблюдайте правила. Нарушений: 1, на 2-м — молчание, на 3-м — бан."
    ]


async def test_another_canned_text_is_chosen_before_or_after(desk: Desk) -> None:
    review = warning_review(desk)
    first, second = await desk.flagged(insult("1", author=author("1")), insult("2", author=author("2")))
    await review.decide([first], Choice.WARN, consent=True, warning=1)
    decided = await review.decide([second], Choice.WARN, consent=True)
    await review.choose_warning(decided.case, 1)
    source = await sent(desk, insult("1"), insult("2"))
    assert [order.text for order in source.effects_of(ActionKind.WARN)] == ["Без мата: 1.", "Без мата: 1."]
