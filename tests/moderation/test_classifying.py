"""Asking AI about stored messages: what is asked, what is saved, and what the answers become."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from moderator_app.domain.ai import State, Which
from moderator_app.domain.ai_ports import BudgetSpent
from moderator_app.domain.decision import Choice
from moderator_app.domain.errors import SignInNeeded, TryLater
from moderator_app.domain.ports import Delivery
from moderator_app.domain.statistics import Period
from moderator_app.domain.verdict import Finding, Label
from moderator_app.moderation.ai_questions import asking
from moderator_app.moderation.classifying import Mood
from moderator_app.storage import ai_checks, ai_claims, intake, rule_records, statistics
from moderator_app.storage.tables import ai_claim
from tests.builders import NOON, author, message, messages
from tests.classifiers.injections import TEXTS
from tests.moderation.ai_desk import PLENTY, AiDesk, ai_desk
from tests.moderation.desk import insult, until
from tests.servers.openai import Fault, Kind, Obeys


@pytest.fixture
async def ai(tmp_path: Path) -> AsyncIterator[AiDesk]:
    async with ai_desk(tmp_path) as ai:
        yield ai


@asynccontextmanager
async def running(ai: AiDesk) -> AsyncIterator[None]:
    task = asyncio.ensure_future(ai.classifying.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def answered(ai: AiDesk, row: int) -> bool:
    check = await ai.check(row)
    return check is not None and check.state is State.ANSWERED


async def test_an_answer_becomes_findings_that_the_queue_shows(ai: AiDesk) -> None:
    await ai.arrive(*messages("Казино, первый депозит в подарок", "Привет, соседи"))
    done = await ai.classify()
    assert (done.messages, done.asked, done.use.requests) == (2, 2, 2)
    (finding,) = (each for each in await ai.findings(1) if each.of_ai)
    assert (finding.rule, finding.label, finding.score, finding.of_ai) == ("spam_text", Label.SPAM, 0.97, True)
    (item,) = await ai.desk.items()
    assert (await ai.desk.queue.card(item)).verdict.score >= 0.97
    assert await ai.findings(2) == ()
    assert await answered(ai, 2)


async def test_an_obscene_word_is_found_where_it_stands_and_counted_once(ai: AiDesk) -> None:
    text = "Ну какая же это шлюха, ШЛЮХА"
    await ai.arrive(message(text))
    await ai.classify()
    check = await ai.check(1)
    assert check is not None
    assert check.answer is not None
    spans = {span for word in check.answer.words for span in word.spans}
    assert {text[first:last].lower() for first, last in spans} == {"шлюха"}
    counted = await ai.desk.database.read(statistics.overview, Period.ALL, NOON.date(), None)
    assert counted.profanity == 2


async def _obscene(ai: AiDesk) -> list[Finding]:
    return [finding for finding in await ai.findings(1) if finding.label is Label.PROFANITY]


async def test_a_word_that_rules_found_is_not_found_twice(ai: AiDesk) -> None:
    await ai.arrive(insult())
    before = await _obscene(ai)
    await ai.classify()
    assert await _obscene(ai) == before != []


async def test_a_word_that_is_not_in_the_text_is_dropped(ai: AiDesk) -> None:
    ai.server.tell(Fault(Kind.FOREIGN_WORD, path="chat"))
    await ai.arrive(message("ну и шлюха"))
    await ai.classify()
    check = await ai.check(1)
    assert check is not None
    assert check.answer is not None
    assert [word.word for word in check.answer.words] == ["шлюха"]


async def test_toxicity_is_counted_by_its_kind(ai: AiDesk) -> None:
    await ai.arrive(message("я тебя убью, понял"))
    await ai.classify()
    counted = await ai.desk.database.read(statistics.overview, Period.ALL, NOON.date(), None)
    assert dict(counted.toxicity)["harassment"] == 1
    assert dict(counted.toxicity)["threat"] == 1


async def test_no_answer_is_kept_apart_from_a_clean_one(ai: AiDesk) -> None:
    ai.server.tell(Fault(Kind.INVALID_JSON, path="chat"))
    await ai.arrive(message("привет"))
    done = await ai.classify()
    assert (done.asked, done.invalid) == (1, 1)
    check = await ai.check(1)
    assert check is not None
    assert (check.state, check.answer) == (State.INVALID, None)


async def test_the_same_text_is_asked_once_in_a_day(ai: AiDesk) -> None:
    await ai.arrive(*messages("Кто потерял ключи?", "КТО  потерял ключи?"))
    first = await ai.classify()
    await ai.arrive(message("кто потерял\nключи?", id="3"))
    second = await ai.classify()
    assert (first.asked, first.cached, second.asked, second.cached) == (1, 1, 0, 1)
    assert ai.server.counted["chat/completions"] == 1
    ai.desk.clock.move(hours=25)
    await ai.arrive(message("Кто потерял ключи?", id="4", date=NOON + timedelta(days=3)))
    assert (await ai.classify()).asked == 1


async def test_a_campaign_is_asked_once(ai: AiDesk) -> None:
    text = "Зарабатывай от {} рублей в день на удалёнке, переходи по ссылке t.me/zarabotok_{} и пиши менеджеру сейчас"
    await ai.arrive(
        *(
            message(text.format(n * 100, n), id=str(n), author=author(str(n)), date=NOON + timedelta(minutes=n))
            for n in range(1, 6)
        )
    )
    done = await ai.classify()
    assert (done.messages, done.asked, done.cached) == (5, 1, 4)
    assert all([await answered(ai, row) for row in range(1, 6)])


async def test_what_is_decided_is_not_asked(ai: AiDesk) -> None:
    (item,) = await ai.desk.flagged(message("да пошли вы все нахуй, уроды", id="1"))
    await ai.desk.review.decide([item], Choice.DELETE)
    await ai.arrive(message("да пошли вы все нахуй, уроды", id="2", author=author("43")))
    done = await ai.classify()
    assert (done.messages, done.skipped, done.asked) == (2, 2, 0)
    assert not ai.server.heard


async def test_only_what_is_wanted_is_asked(ai: AiDesk) -> None:
    talk = [message(f"обычный разговор номер {n}", id=str(n), date=NOON + timedelta(hours=n)) for n in range(1, 11)]
    await ai.arrive(*talk, insult("20", date=NOON + timedelta(hours=20)))
    assert (await ai.classify(Which.FLAGGED)).messages == 1
    # The first three of an author.
    assert (await ai.classify(Which.NEWCOMERS)).messages == 3
    assert (await ai.classify(Which.ALL, limit=2)).messages == 2
    assert (await ai.classify(Which.ALL)).messages == 5


async def test_long_texts_are_cut_and_names_masked_where_that_is_wanted(ai: AiDesk) -> None:
    ai.wish(mask=True)
    text = "Анна, позвони +7 916 123-45-67 или напиши @ivan_k на site.ru, шлюха " + "а" * 2000
    await ai.arrive(message(text))
    await ai.classify()
    sent = str(ai.server.of("chat")[0].body["messages"][1]["content"])
    for secret in ("Анна", "916", "ivan_k", "site.ru"):
        assert secret not in sent
    assert len(ai.server.of("moderations")[0].body["input"][0]) == 1000
    check = await ai.check(1)
    assert check is not None
    assert check.answer is not None
    (word,) = check.answer.words
    assert [text[first:last] for first, last in word.spans] == ["шлюха"]


async def test_the_budget_ends_a_run_and_nothing_is_sent_beyond_it(ai: AiDesk) -> None:
    ai.limits = replace(PLENTY, requests_per_day=4)
    await ai.arrive(*messages(*(f"сообщение о погоде номер {n}" for n in range(30))))
    done = await ai.classify()
    assert isinstance(done.error, BudgetSpent)
    assert len(ai.server.heard) == done.use.requests == 4
    assert (await ai.classifying.budget.today()).requests == 4
    ai.desk.clock.move(days=1)
    assert (await ai.classify()).use.requests == 4


async def test_a_new_budget_counts_also_where_nothing_waits_for_it_any_more(ai: AiDesk) -> None:
    ai.wish()
    ai.limits = replace(PLENTY, requests_per_day=0)
    async with running(ai):
        await ai.arrive(message("первое", id="1"))
        await until(lambda: _spent(ai))
        ai.limits = PLENTY
        other = ai.another()
        assert (await other.classify(Which.ALL)).asked == 1
        await other.close()
        await ai.classifying.use_new_settings()
        await ai.arrive(message("второе", id="2"))
        await until(lambda: answered(ai, 2))


async def _spent(ai: AiDesk) -> bool:
    return ai.classifying.status.mood is Mood.SPENT


async def test_what_was_booked_is_corrected_to_what_it_took(ai: AiDesk) -> None:
    await ai.arrive(*messages("один", "два", "три"))
    done = await ai.classify()
    today = await ai.classifying.budget.today()
    assert (today.requests, today.tokens) == (2, ai.server.tokens_told)
    assert today.cost == pytest.approx(done.use.cost)
    assert today.cost > 0


async def test_a_dead_server_ends_a_run_and_leaves_the_rest_for_the_next(ai: AiDesk) -> None:
    ai.server.tell(Fault(Kind.FAULT, times=1000))
    await ai.arrive(*messages(*(f"сообщение о погоде номер {n}" for n in range(100))))
    async with asyncio.timeout(45):
        done = await ai.classify()
    assert done.error is not None
    assert len(ai.server.heard) < 20
    ai.server.forgive()
    await ai.classifying.use_new_settings()
    again = await ai.classify()
    assert (again.messages, again.asked) == (100, 100)


async def test_a_server_that_makes_wait_again_and_again_is_given_up_after_one_try_of_each_line(ai: AiDesk) -> None:
    ai.server.tell(Fault(Kind.TOO_MANY, times=1000, retry_after="0.1"))
    await ai.arrive(*messages(*(f"сообщение о погоде номер {n}" for n in range(100))))
    done = await ai.classify()
    assert isinstance(done.error, TryLater)
    # Four requests at once, each tried three times.
    assert len(ai.server.heard) == 12


async def test_a_wrong_key_is_told(ai: AiDesk) -> None:
    ai.server.tell(Fault(Kind.KEY, times=10))
    await ai.arrive(message())
    assert isinstance((await ai.classify()).error, SignInNeeded)


async def test_answers_outlive_a_change_of_the_rules(ai: AiDesk) -> None:
    await ai.arrive(message("Казино, первый депозит в подарок"))
    await ai.classify()
    before = await ai.findings(1)
    await ai.desk.intake.rules_changed()
    assert await ai.findings(1) == before != ()


async def test_an_edited_text_has_no_answer(ai: AiDesk) -> None:
    await ai.arrive(message("Казино, первый депозит в подарок"))
    await ai.classify()
    await ai.arrive(message("Кто идёт на рынок?", edited=NOON + timedelta(hours=1)))
    assert await ai.findings(1) == ()
    assert await ai.check(1) is None


async def test_in_the_background_nobody_is_asked_until_somebody_wants_it(ai: AiDesk) -> None:
    async with running(ai):
        await ai.arrive(message("Казино, первый депозит в подарок", id="1"))
        assert ai.classifying.status.mood is Mood.OFF
        ai.wish()
        await ai.arrive(message("Казино, второй депозит в подарок", id="2"))
        await until(lambda: answered(ai, 2))
    assert await ai.check(1) is None
    assert ai.server.counted["chat/completions"] == 1


async def test_messages_that_come_together_share_a_request(ai: AiDesk) -> None:
    ai.wish()
    async with running(ai):
        for one in messages("первое", "второе", "третье", "четвёртое"):
            await ai.arrive(one)
        await until(lambda: answered(ai, 4))
        await until(lambda: answered(ai, 1))
    assert ai.server.counted["chat/completions"] == 1


async def test_what_a_stop_left_is_asked_at_the_next_start(ai: AiDesk) -> None:
    ai.wish()
    ai.server.tell(Fault(Kind.HANG, times=10))
    async with running(ai):
        await ai.arrive(message("первое"))
        await until(lambda: _waits(ai, 1))
    ai.server.forgive()
    async with running(ai):
        await until(lambda: answered(ai, 1))


async def test_what_was_judged_last_before_a_kill_is_asked_at_the_next_start(ai: AiDesk) -> None:
    ai.wish()
    await ai.arrive(message("первое"))
    ai.classifying = ai.another()
    async with running(ai):
        await until(lambda: answered(ai, 1))
    await ai.classifying.close()


async def test_what_was_stored_and_not_judged_before_a_kill_is_asked_once_it_is(ai: AiDesk) -> None:
    ai.wish()
    here = {message().key.community_key}
    await ai.desk.database.write(intake.store, Delivery((message("первое"),)), NOON, "fake", here)
    async with running(ai):
        await ai.desk.intake.judge_waiting()
        ai.classifying.look_again()
        await until(lambda: answered(ai, 1))


async def test_two_processes_ask_about_a_message_once(ai: AiDesk) -> None:
    ai.server.seconds = 0.1
    await ai.arrive(*messages(*(f"сообщение о погоде номер {n}" for n in range(100))))
    other = ai.another()
    both = await asyncio.gather(ai.classify(), other.classify(Which.ALL))
    await other.close()
    texts = [text for each in ai.server.of("moderations") for text in each.body["input"]]
    assert len(texts) == len(set(texts)) == 100
    assert sum(done.asked for done in both) == 100
    assert all([await answered(ai, row) for row in range(1, 101)])


async def test_two_processes_keep_one_budget(ai: AiDesk) -> None:
    ai.limits = replace(PLENTY, requests_per_day=7)
    await ai.arrive(*messages(*(f"сообщение о погоде номер {n}" for n in range(100))))
    other = ai.another()
    await asyncio.gather(ai.classify(), other.classify(Which.ALL))
    await other.close()
    assert len(ai.server.heard) == 7


async def test_what_somebody_was_asking_about_when_they_were_killed_is_asked_soon(ai: AiDesk) -> None:
    await ai.arrive(message("первое"))
    asking_now = asyncio.ensure_future(ai.classify())
    ai.server.tell(Fault(Kind.HANG))
    await until(lambda: _heard_anything(ai))
    asking_now.cancel()
    await asyncio.gather(asking_now, return_exceptions=True)
    (key,) = {one.key for one in [asking(1, "первое", (await ai.classifying.classifier()).edition)]}
    assert await ai.desk.database.write(ai_claims.take, [key], "dead", ai.desk.clock()) == {key}
    again = asyncio.ensure_future(ai.classify())
    await until(lambda: _is_claimed(ai, key))
    ai.desk.clock.move(seconds=11)
    assert (await again).asked == 1
    assert not await _is_claimed(ai, key)


async def _heard_anything(ai: AiDesk) -> bool:
    return bool(ai.server.heard)


async def _is_claimed(ai: AiDesk, key: bytes) -> bool:
    claimed = select(ai_claim.c.key).where(ai_claim.c.key == key)
    return await ai.desk.database.read(lambda connection: connection.execute(claimed).first() is not None)


async def test_what_moderation_said_counts_while_the_model_is_silent(ai: AiDesk) -> None:
    ai.server.tell(Fault(Kind.FAULT, path="chat", times=3))
    await ai.arrive(message("я тебя убью, понял"))
    assert (await ai.classify()).unanswered == 1
    check = await ai.check(1)
    assert check is not None
    assert (check.state, check.answer) == (State.UNANSWERED, None)
    assert "harassment" in {finding.base_form for finding in await ai.findings(1) if finding.of_ai}
    await ai.classify()
    assert ai.server.counted == {"chat/completions": 4, "moderations": 1}
    assert await answered(ai, 1)
    assert "harassment" in {finding.base_form for finding in await ai.findings(1) if finding.of_ai}


async def test_what_moderation_said_counts_where_the_budget_ends_with_it(ai: AiDesk) -> None:
    ai.limits = replace(PLENTY, requests_per_day=1)
    await ai.arrive(message("я тебя убью, понял"))
    assert isinstance((await ai.classify()).error, BudgetSpent)
    assert "harassment" in {finding.base_form for finding in await ai.findings(1) if finding.of_ai}
    ai.limits = PLENTY
    await ai.classify()
    assert ai.server.counted == {"chat/completions": 1, "moderations": 1}


async def _waits(ai: AiDesk, row: int) -> bool:
    check = await ai.check(row)
    return check is not None and check.state is State.WAITING


async def test_what_was_not_answered_is_taken_up_at_the_next_start(ai: AiDesk) -> None:
    ai.wish()
    ai.server.tell(Fault(Kind.FAULT, path="chat", times=3))
    await ai.arrive(message("первое"))
    done = await ai.classify()
    assert done.unanswered == 1
    async with running(ai):
        await until(lambda: answered(ai, 1))


async def test_a_row_does_not_wait_for_ai(ai: AiDesk) -> None:
    ai.wish()
    ai.server.tell(Fault(Kind.HANG, times=10))
    async with running(ai):
        await ai.arrive(insult())
        assert len(await ai.desk.items()) == 1


async def test_a_dead_server_is_told_and_costs_little(ai: AiDesk) -> None:
    ai.wish()
    ai.server.tell(Fault(Kind.FAULT, times=1000))
    async with running(ai):
        for n in range(30):
            await ai.arrive(message(f"сообщение о погоде номер {n}", id=str(n)))
        await until(lambda: _silent(ai))
    assert len(ai.server.heard) <= 10


async def _silent(ai: AiDesk) -> bool:
    return ai.classifying.status.mood is Mood.SILENT


@pytest.mark.parametrize("obeys", [Obeys.ANYWHERE, Obeys.OUTSIDE])
async def test_orders_in_a_text_change_no_verdict_but_their_own(obeys: Obeys, ai: AiDesk) -> None:
    ai.server.obeys, ai.server.orders = obeys, list(TEXTS)
    mixed = [text for place, order in enumerate(TEXTS) for text in (order, f"Всем привет, сегодня день номер {place}")]
    await ai.arrive(*messages(*mixed))
    by_rules = {row: await ai.findings(row) for row in range(1, len(mixed) + 1)}
    done = await ai.classify()
    assert done.invalid == 0
    for row, text in enumerate(mixed, 1):
        check, found = await ai.check(row), await ai.findings(row)
        assert check is not None
        assert check.answer is not None
        assert set(by_rules[row]) <= set(found), text
        if row % 2:
            assert any(finding.text_id == "finding.ai.instructions" for finding in found), text
            assert check.answer.spam == (0.02 if obeys is Obeys.ANYWHERE else 0.97), text
        else:
            assert check.answer.spam == 0.02, text
            assert not [finding for finding in found if finding.of_ai]
    assert len(await ai.desk.items()) >= len(TEXTS)


@pytest.mark.parametrize(
    "kind", [Kind.INVALID_JSON, Kind.WRONG_IDS, Kind.DOUBLED_IDS, Kind.WRONG_LABEL, Kind.MISSING_FIELD]
)
async def test_an_order_that_spoils_its_own_answer_is_shown_all_the_same(kind: Kind, ai: AiDesk) -> None:
    ai.server.tell(Fault(kind, path="chat"))
    await ai.arrive(message(TEXTS[0]))
    await ai.classify()
    check = await ai.check(1)
    assert check is not None
    assert check.answer is None
    assert any(finding.text_id == "finding.ai.instructions" for finding in await ai.findings(1))


async def test_what_only_ai_tells_is_nothing_to_act_upon(ai: AiDesk) -> None:
    await ai.arrive(message("Это казино и ну и шлюха"))
    of_rules = {finding.rule for finding in await ai.findings(1)}
    await ai.classify()
    assert {finding.rule for finding in await ai.findings(1)} > of_rules
    acting = await ai.desk.database.read(rule_records.rules_of, [1], with_ai=False)
    assert set(acting.get(1, ())) == of_rules


async def test_a_text_of_a_megabyte_is_asked_about_by_its_beginning(ai: AiDesk) -> None:
    ai.wish(mask=True)
    await ai.arrive(message("Анна " * 200_000))
    done = await ai.classify()
    assert done.asked == 1
    assert len(ai.server.of("moderations")[0].body["input"][0]) == 1000


async def test_no_more_than_ten_thousand_wait(ai: AiDesk) -> None:
    await ai.arrive(*messages("один", "два", "три"))
    await ai.desk.database.write(ai_checks.offer, dict.fromkeys((1, 2, 3), 1), NOON)
    await ai.desk.database.write(ai_checks.choose, [1, 2, 3], [], 2)
    assert [await _waits(ai, row) for row in (1, 2, 3)] == [False, True, True]
