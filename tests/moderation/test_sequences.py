"""What sequences of messages are found for, on its way into the queue: live, in an import and after a restart."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from moderator_app.domain.decision import ActionState, Choice
from moderator_app.domain.importing import ImportBatch
from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import Lists
from moderator_app.domain.message import Forward, Join, Message, MessageKey
from moderator_app.domain.policy import Policy, RulePolicy
from moderator_app.domain.ports import Delivery
from moderator_app.domain.queue import Card
from moderator_app.domain.verdict import Finding
from moderator_app.storage import messages as stored_messages
from moderator_app.storage.items import OPEN
from moderator_app.storage.tables import item
from tests.builders import NOON, author, message
from tests.moderation.desk import YARD, Desk, insult, opened
from tests.moderation.test_importing import FewAtATime

ADVERT = "Продаю гараж в хорошем состоянии, звоните вечером"
HOUR = 60


def said(n: int, minutes: float = 0, who: str = "1", text: str = ADVERT, **overrides: Any) -> Message:
    defaults = {"author": author(who), "date": NOON + timedelta(minutes=minutes)}
    return message(text, id=str(n), **{**defaults, **overrides})


def daily(count: int) -> tuple[Message, ...]:
    """The same advert every two hours."""
    return tuple(said(n, n * 2 * HOUR) for n in range(1, count + 1))


async def cards(desk: Desk) -> dict[str, Card]:
    """What waits in the queue, by the platform's message id."""
    found = {}
    for number in await desk.database.read(_open_items):
        card = await desk.queue.card(number)
        assert card is not None
        found[card.message.key.message] = card
    return found


def _open_items(connection: Connection) -> tuple[int, ...]:
    """Every item, those too for which another one of their campaign stands."""
    return tuple(connection.execute(select(item.c.id).where(item.c.state == OPEN)).scalars())


def finding(card: Card, rule: str) -> Finding:
    (found,) = [each for each in card.verdict.findings if each.rule == rule]
    return found


def named(card: Card, rule: str) -> set[str]:
    return {key.message for key in finding(card, rule).earlier}


async def live(desk: Desk, messages: tuple[Message, ...]) -> None:
    for each in messages:
        await desk.flagged(each)


async def in_one_delivery(desk: Desk, messages: tuple[Message, ...]) -> None:
    await desk.flagged(*messages)


async def in_one_batch(desk: Desk, messages: tuple[Message, ...]) -> None:
    await desk.importing.run(FewAtATime(ImportBatch(messages)))


async def in_batches(desk: Desk, messages: tuple[Message, ...]) -> None:
    await desk.importing.run(FewAtATime(*(ImportBatch((each,)) for each in messages)))


@pytest.mark.parametrize("arrive", [live, in_one_delivery, in_one_batch, in_batches])
async def test_the_fifth_repetition_brings_the_first_four_into_the_queue(desk: Desk, arrive: Any) -> None:
    *first, fifth = daily(5)
    await arrive(desk, tuple(first))
    assert await desk.items() == ()
    before = await desk.counted_as_flagged()
    await arrive(desk, (fifth,))
    found = await cards(desk)
    assert found.keys() == {"1", "2", "3", "4", "5"}
    for key, card in found.items():
        assert named(card, "repeated_text_day") == {"1", "2", "3", "4", "5"} - {key}
        assert (card.suggested, card.verdict.score) == (Choice.BAN, 0.8)
    assert (before, await desk.counted_as_flagged()) == (0, 5)


@pytest.mark.parametrize("arrive", [live, in_one_delivery, in_one_batch, in_batches])
async def test_further_repetitions_add_themselves_alone(desk: Desk, arrive: Any) -> None:
    await arrive(desk, daily(8))
    found = await cards(desk)
    assert len(found) == 8
    assert all(len(card.verdict.findings) == 1 for card in found.values())
    assert await desk.counted_as_flagged() == 8


async def test_an_import_counts_what_it_reached_back_to(desk: Desk) -> None:
    summary = await desk.importing.run(FewAtATime(*(ImportBatch((each,)) for each in daily(6))))
    assert summary.flagged == 6


async def test_a_restart_between_them_changes_nothing(tmp_path: Path) -> None:
    *first, fifth = daily(5)
    async with opened(tmp_path) as desk:
        await live(desk, tuple(first))
    async with opened(tmp_path) as desk:
        desk.clock.moment = NOON + timedelta(hours=10, minutes=1)
        await live(desk, (fifth,))
        assert len(await cards(desk)) == 5


async def test_floods_albums_joins_and_reports_are_remembered_after_a_restart(tmp_path: Path) -> None:
    join = Join(YARD, author("7"), NOON, "link")
    flood = [said(n, n / 60, text=f"Сообщение {n} и ещё слова") for n in range(1, 6)]
    async with opened(tmp_path) as desk:
        desk.clock.moment = NOON + timedelta(minutes=1)
        await desk.intake.accept(Delivery(tuple(flood[:4]), (join,)), "fake")
        await desk.flagged(said(6, 1, "8", "/report", reply_to="4"))
        assert set(await cards(desk)) == {"4"}
    async with opened(tmp_path) as desk:
        desk.clock.moment = NOON + timedelta(minutes=1)
        await desk.flagged(flood[4])
        await desk.flagged(said(7, 2, "7", "Да пошёл ты нахуй"))
        await desk.flagged(said(8, 3, "9", "/report", reply_to="4"))
        found = await cards(desk)
        assert named(found["5"], "flood") == {"1", "2", "3", "4"}
        assert finding(found["7"], "newcomer").text_id == "finding.newcomer.first"
        assert finding(found["4"], "reported").score == 0.75


async def test_a_join_alone_is_remembered(desk: Desk) -> None:
    await desk.intake.accept(Delivery(joins=(Join(YARD, author("7"), NOON, "link"),)), "fake")
    await desk.flagged(said(7, 2, "7", "Да пошёл ты нахуй"))
    assert finding((await cards(desk))["7"], "newcomer")


async def test_a_raid_in_a_file_is_found(desk: Desk) -> None:
    joins = tuple(Join(YARD, author(str(n)), NOON + timedelta(seconds=n), "link") for n in range(12))
    spam = tuple(said(100 + n, 5 + n, str(n), "Да пошёл ты нахуй") for n in range(12))
    await desk.importing.run(FewAtATime(ImportBatch(joins=joins), ImportBatch(spam)))
    assert {finding(card, "newcomer").text_id for card in (await cards(desk)).values()} == {"finding.newcomer.raid"}


async def test_what_was_dismissed_comes_back_and_what_was_acted_upon_stays(desk: Desk) -> None:
    words = [said(n, n * 2 * HOUR, text=f"{ADVERT} нахуй") for n in range(1, 6)]
    first, second, *_ = await desk.flagged(*words[:4])
    await desk.review.decide([first], Choice.DISMISS, whole_group=False)
    await desk.review.decide([second], Choice.DELETE, whole_group=False)
    await desk.flagged(words[4])
    found = await cards(desk)
    assert found.keys() == {"1", "3", "4", "5"}
    assert found["1"].reopened is not None
    assert {each.rule for each in found["1"].verdict.findings} >= {"profanity", "repeated_text_day"}
    assert await desk.states() == [ActionState.PENDING]


async def test_each_message_is_weighed_by_the_policy_of_its_own_community(desk: Desk) -> None:
    lenient = Policy(version=3, rules={"repeated_text_day": RulePolicy(weight=0.5)})
    off = Policy(version=4, rules={"repeated_text_day": RulePolicy(enabled=False)})
    yards = {name: MessageKey(YARD.platform, name, "").community_key for name in ("200", "300")}
    desk.judges.use(RuleBook(communities={yards["200"]: lenient, yards["300"]: off}))
    for n, community in enumerate(("100", "200", "300", "100", "100"), 1):
        key = MessageKey(YARD.platform, community, str(n))
        await desk.flagged(said(n, n * 2 * HOUR, key=key))
    assert set(await cards(desk)) == {"1", "4", "5"}
    scores = {each.key.message: each.score for each in await desk.database.read(stored_messages.exported, 0, 9)}
    assert scores == {"1": 0.8, "2": 0.4, "3": 0.0, "4": 0.8, "5": 0.8}


async def test_trusted_authors_are_not_reached(desk: Desk) -> None:
    await desk.flagged(said(1))
    desk.judges.use(RuleBook(lists=Lists(whitelist=frozenset({author("1").key}))))
    await desk.intake.rules_changed()
    await desk.flagged(said(2, 1, "2", "/report", reply_to="1"))
    assert await desk.items() == ()


# --- imports that are not in the order of time


@pytest.mark.parametrize("order", [(3, 4, 5, 1, 2), (5, 4, 3, 2, 1), (1, 5, 2, 4, 3)])
async def test_it_does_not_matter_in_which_order_files_are_imported(desk: Desk, order: tuple[int, ...]) -> None:
    by_number = {int(each.key.message): each for each in daily(5)}
    for n in order:
        await desk.importing.run(FewAtATime(ImportBatch((by_number[n],))))
    assert (await cards(desk)).keys() == {"1", "2", "3", "4", "5"}
    assert await desk.counted_as_flagged() == 5


async def test_what_stands_first_in_a_file_does_not_matter(desk: Desk) -> None:
    *first, fifth = daily(5)
    await desk.importing.run(FewAtATime(ImportBatch(tuple(first))))
    old = said(90, -1000 * HOUR, "8", "Всем доброе утро, как дела")
    await desk.importing.run(FewAtATime(ImportBatch((old,)), ImportBatch((fifth,))))
    assert len(await cards(desk)) == 5


async def test_a_file_that_leaps_back_finds_what_it_told_before(desk: Desk) -> None:
    *first, fifth = daily(5)
    words = "Всем доброе утро, как дела"
    months = [ImportBatch(tuple(said(100 + n, n * 24 * HOUR, "8", words + " " * n) for n in range(30, 60)))]
    await desk.importing.run(FewAtATime(ImportBatch(tuple(first)), *months, ImportBatch((fifth,))))
    assert {"1", "2", "3", "4", "5"} <= (await cards(desk)).keys()


async def test_one_message_from_the_future_and_another_chats_clock_change_nothing(desk: Desk) -> None:
    words = "Всем доброе утро, как дела"
    future = said(90, 75 * 365 * 24 * HOUR, "8", words)
    elsewhere = said(91, 9 * 24 * HOUR, "8", f"{words} там", key=MessageKey(YARD.platform, "200", "91"))
    first, second, third, *rest = daily(5)
    mixed = (first, future, second, elsewhere, third, *rest)
    await desk.importing.run(FewAtATime(ImportBatch(mixed[:4]), ImportBatch(mixed[4:])))
    assert (await cards(desk)).keys() == {"1", "2", "3", "4", "5"}


async def test_the_posts_of_an_earlier_file_make_the_threads_of_a_later_one(desk: Desk) -> None:
    channel = author("-55", "Канал")
    post = said(1, text="Новый пост", author=channel, forward=Forward(name="Канал"))
    await desk.importing.run(FewAtATime(ImportBatch((post,))))
    comment = said(2, 5, "8", "да пошёл ты нахуй, пиши в t.me/joinchat/AAAAAE1", reply_to="1")
    await desk.importing.run(FewAtATime(ImportBatch((comment,))))
    assert dict(finding((await cards(desk))["2"], "thread_spam").parameters)["thread"] == "1"


# --- reports


async def reported(desk: Desk, *reporters: str, about: str = "1", first: int = 50) -> None:
    for n, who in enumerate(reporters):
        await desk.flagged(said(first + n, 1 + n, who, "/report", reply_to=about))


async def test_a_report_brings_a_message_into_the_queue_and_each_member_raises_it_once(desk: Desk) -> None:
    await desk.flagged(said(1), said(2, who="5", text="Просто вопрос про погоду"))
    await reported(desk, "2", "2")
    card = (await cards(desk))["1"]
    assert (card.verdict.score, named(card, "reported")) == (0.5, {"50"})
    await reported(desk, "3", "4", first=60)
    card = (await cards(desk))["1"]
    assert (card.verdict.score, named(card, "reported")) == (0.875, {"50", "60", "61"})
    assert len(card.verdict.findings) == 1
    assert await desk.counted_as_flagged() == 1


async def test_a_second_members_report_brings_a_dismissed_message_back(desk: Desk) -> None:
    await desk.flagged(said(1))
    await reported(desk, "2")
    (item,) = await desk.items()
    await desk.review.decide([item], Choice.DISMISS)
    await reported(desk, "2", first=60)
    assert await desk.items() == ()
    await reported(desk, "3", first=70)
    assert await desk.items() == (item,)


async def test_a_report_that_is_edited_away_counts_no_more(desk: Desk) -> None:
    await desk.flagged(said(1))
    await reported(desk, "2", "3")
    words = "Всем доброе утро, как дела"

    async def edit(n: int, who: str) -> None:
        await desk.flagged(said(n, 1, who, f"{words} {n}", reply_to="1", edited=NOON + timedelta(hours=1)))

    await edit(50, "2")
    card = (await cards(desk))["1"]
    assert (card.verdict.score, named(card, "reported")) == (0.5, {"51"})
    await reported(desk, "4", first=60)
    assert (await cards(desk))["1"].verdict.score == 0.75
    await edit(51, "3")
    await edit(60, "4")
    assert await cards(desk) == {}
    assert await desk.counted_as_flagged() == 0


async def test_a_report_is_edited_away_after_a_restart(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        await desk.flagged(said(1))
        await reported(desk, "2")
    async with opened(tmp_path) as desk:
        await desk.flagged(said(50, 1, "2", "Доброе утро", reply_to="1", edited=NOON + timedelta(hours=1)))
        assert await cards(desk) == {}


async def test_a_report_adds_to_what_rules_found(desk: Desk) -> None:
    (insulting,) = await desk.flagged(insult("1", author=author("1")))
    before = await desk.queue.card(insulting)
    await reported(desk, "2")
    after = await desk.queue.card(insulting)
    assert before is not None
    assert after is not None
    assert {each.rule for each in after.verdict.findings} >= {"profanity", "reported"}
    assert after.verdict.score > before.verdict.score


async def test_reports_in_a_file_and_of_messages_of_long_ago_are_heard(desk: Desk) -> None:
    await desk.importing.run(FewAtATime(ImportBatch((said(1, -60 * 24 * 30),))))
    await desk.importing.run(FewAtATime(ImportBatch((said(2, 0, "2", "/report", reply_to="1"),))))
    assert set(await cards(desk)) == {"1"}


async def test_a_report_of_an_unknown_message_is_no_error_and_found_when_it_arrives(desk: Desk) -> None:
    await reported(desk, "2", about="9")
    assert await desk.items() == ()
    await desk.flagged(said(9))
    assert set(await cards(desk)) == {"9"}


async def test_a_report_of_what_was_never_judged_counts_when_it_is(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        await desk.importing.run(FewAtATime(ImportBatch((said(1),))), judging=False)
        await reported(desk, "2")
        assert await desk.items() == ()
    async with opened(tmp_path) as desk:
        desk.clock.move(days=9)
        await desk.intake.judge_waiting()
        assert set(await cards(desk)) == {"1"}


# --- edits and new rules


async def test_an_edit_to_the_same_text_is_a_repetition(desk: Desk) -> None:
    await desk.flagged(said(1), said(2, 5, text="Здравствуйте, соседи, давно не виделись"))
    assert await desk.items() == ()
    await desk.flagged(said(2, 5, edited=NOON + timedelta(minutes=9)))
    assert named((await cards(desk))["2"], "repeated_text") == {"1"}


async def test_an_edit_takes_back_what_is_no_longer_so_and_keeps_that_it_was_reported(desk: Desk) -> None:
    await desk.flagged(said(1), said(2, 5))
    await reported(desk, "3", about="2")
    assert {each.rule for each in (await cards(desk))["2"].verdict.findings} == {"repeated_text", "reported"}
    await desk.flagged(said(2, 5, text="Извините, ошибся чатом, всем доброго дня", edited=NOON + timedelta(hours=1)))
    assert {each.rule for each in (await cards(desk))["2"].verdict.findings} == {"reported"}


async def test_an_edit_that_a_stop_left_unjudged_is_observed_at_the_next_start(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        await desk.flagged(said(1), said(2, 5), said(3, 6, text="Здравствуйте, соседи, давно не виделись"))
        edits = (
            said(2, 5, text="Извините, ошибся чатом, всем доброго дня", edited=NOON + timedelta(hours=1)),
            said(3, 6, edited=NOON + timedelta(hours=1)),
        )
        await desk.intake.store(Delivery(edits), "fake")
    async with opened(tmp_path) as desk:
        await desk.intake.judge_waiting()
        assert {key: named(card, "repeated_text") for key, card in (await cards(desk)).items()} == {"3": {"1"}}


async def test_new_rules_keep_what_sequences_gave_and_weigh_it_once(desk: Desk) -> None:
    await live(desk, daily(5))
    for version in (2, 3):
        desk.judges.use(RuleBook(Policy(version=version, rules={"repeated_text_day": RulePolicy(weight=0.75)})))
        await desk.intake.rules_changed()
        assert {round(card.verdict.score, 3) for card in (await cards(desk)).values()} == {0.6}
    assert {len(named(card, "repeated_text_day")) for card in (await cards(desk)).values()} == {4}


async def test_new_numbers_take_back_what_is_not_enough_any_more(desk: Desk) -> None:
    await live(desk, daily(5))
    numbers = RulePolicy(numbers={"count": 6})
    desk.judges.use(RuleBook(Policy(version=2, rules={"repeated_text_day": numbers})))
    await desk.intake.rules_changed()
    assert await cards(desk) == {}
    desk.clock.move(hours=10)
    await live(desk, (said(6, 11 * HOUR),))
    assert len(await cards(desk)) == 6
