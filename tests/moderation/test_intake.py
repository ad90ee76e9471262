import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from moderator_app.app import App
from moderator_app.domain.decision import ActionKind, ActionState, Choice
from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import Lists
from moderator_app.domain.message import Message
from moderator_app.domain.ports import Delivery
from moderator_app.language import explain_finding, explain_note
from moderator_app.storage import cursors
from moderator_app.storage import database as storage
from tests.builders import NOON, author, message
from tests.fakes import FakeSource
from tests.moderation.desk import YARD, Desk, insult, opened, until


async def test_a_source_goes_on_where_it_was_left(desk: Desk) -> None:
    source = FakeSource(YARD)
    for number, cursor in (("1", "7"), ("2", "")):
        source.post(insult(number), cursor=cursor)
    watching = asyncio.ensure_future(desk.intake.watch(source))
    await until(lambda: _size(desk, 2))
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    # A delivery that tells no cursor leaves the one before.
    assert await desk.database.read(cursors.read, source.name) == "7"


async def test_new_rules_in_the_middle_of_a_delivery_do_not_stop_the_feed(desk: Desk) -> None:
    store = desk.database.insist

    async def change_rules_meanwhile(work, *arguments):  # type: ignore[no-untyped-def]
        done = await store(work, *arguments)
        await desk.intake.rules_changed()
        return done

    desk.database.insist = change_rules_meanwhile  # type: ignore[method-assign, assignment]
    await desk.intake.accept(Delivery((insult("1"),)), "fake")
    await desk.intake.accept(Delivery((insult("2"),)), "fake")
    assert len(await desk.items()) == 2


async def test_new_rules_judge_the_queue_anew_and_leave_decisions(desk: Desk) -> None:
    mine, theirs, decided = await desk.flagged(
        insult("1", author=author("1")), insult("2", author=author("2")), insult("3", author=author("1"))
    )
    await desk.review.decide([decided], Choice.DELETE)
    desk.judges.use(RuleBook(lists=Lists(whitelist=frozenset({author("1").key}))))
    await desk.intake.rules_changed()
    assert await desk.items() == (theirs,)
    assert await desk.states() == [ActionState.PENDING]
    desk.judges.use(RuleBook())
    await desk.intake.rules_changed()
    assert set(await desk.items()) == {mine, theirs}


async def test_an_undo_brings_nothing_back_that_rules_have_nothing_against_any_more(desk: Desk) -> None:
    mine, theirs = await desk.flagged(insult("1", author=author("1")), insult("2", author=author("2")))
    for decided in (mine, theirs):
        await desk.review.decide([decided], Choice.DELETE)
    desk.judges.use(RuleBook(lists=Lists(whitelist=frozenset({author("1").key}))))
    await desk.intake.rules_changed()
    for _ in range(2):
        await desk.review.undo()
    assert await desk.items() == (theirs,)
    desk.judges.use(RuleBook())
    await desk.intake.rules_changed()
    assert set(await desk.items()) == {mine, theirs}


async def test_the_same_text_of_yesterday_is_remembered_after_a_restart(tmp_path: Path) -> None:
    advert = "Продаю гараж в хорошем состоянии, звоните вечером"
    async with opened(tmp_path) as desk:
        desk.clock.moment = NOON + timedelta(minutes=2)
        assert await desk.flagged(message(advert, id="1"), message(advert, id="2", author=author("2"))) == ()
    async with opened(tmp_path) as desk:
        desk.clock.moment = NOON + timedelta(minutes=4)
        later = message(advert, id="3", author=author("3"), date=NOON + timedelta(minutes=3))
        assert len(await desk.flagged(later)) == 1


async def test_what_was_being_stored_when_its_import_was_cancelled_is_judged_too(desk: Desk) -> None:
    go_on = threading.Event()
    slow = asyncio.ensure_future(desk.database.write(lambda _connection: go_on.wait(10)))
    storing = asyncio.ensure_future(desk.intake.store(Delivery((insult(),))))
    await asyncio.sleep(0)
    storing.cancel()
    judging = asyncio.ensure_future(desk.intake.judge_waiting())
    await desk.database.read(lambda _connection: None)
    go_on.set()
    await slow
    assert await judging == 1
    assert len(await desk.items()) == 1


@pytest.mark.usefixtures("patient")
async def test_a_delivery_is_not_lost_while_the_database_is_locked(desk: Desk) -> None:
    with desk.database._writing.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=20")
    with closing(sqlite3.connect(desk.database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        accepted = asyncio.ensure_future(desk.intake.accept(Delivery((insult(),)), "fake"))
        await until(lambda: _waited(desk))
        other.execute("ROLLBACK")
        assert (await accepted).flagged == 1


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "PATIENCE_SECONDS", 0.01)


async def _waited(desk: Desk) -> bool:
    """Whether a write was tried and refused meanwhile."""
    try:
        await desk.database.write(lambda _connection: None)
    except Exception:
        return True
    return False


async def _size(desk: Desk, size: int) -> bool:
    return len(await desk.items()) == size


async def test_a_message_of_a_megabyte_and_ten_thousand_emoji_are_judged(desk: Desk) -> None:
    long = "слово " * 170_000 + "нахуй"
    emoji = "😀" * 10_000 + " нахуй"
    odd = "\u202eтекст\u200b\u00ad на\u200bхуй\0"
    found = await desk.flagged(*(message(text, id=str(n)) for n, text in enumerate((long, emoji, odd))))
    assert len(found) == 3
    cards = [await desk.queue.card(item) for item in found]
    spoken = [(card, found) for card in cards for found in card.verdict.findings if found.rule == "profanity"]
    assert {_hit(card.message, found.spans) for card, found in spoken} == {"нахуй", "на\u200bхуй"}


def _hit(shown: Message, spans: tuple[tuple[int, int], ...]) -> str:
    ((start, end),) = spans
    return shown.text[start:end]


KILLED = """
import asyncio, sys
from pathlib import Path
from moderator_app.app import App
from moderator_app.domain.decision import Choice
from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.language import explain_finding, explain_note
from tests.builders import message
from tests.fakes import FakeSource

async def act(order):
    print(order.idempotency_key, flush=True)
    await asyncio.Event().wait()

async def main():
    source = FakeSource(CommunityKey(Platform.TELEGRAM, "100"))
    source.before_answer = act
    app = await App.open(Path(sys.argv[1]), explain_finding, explain_note)
    app.start([source])
    source.post(message("да пошёл ты нахуй"))
    while not (rows := (await app.queue.page()).rows):
        await asyncio.sleep(0.01)
    await app.review.decide([rows[0].item], Choice.WARN, grace=0, consent=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_a_process_killed_between_the_act_and_its_answer_is_followed_by_the_same_request(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert process.stdout is not None
    sent = int(await process.stdout.readline())
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()

    source = FakeSource(YARD, messages=[message("да пошёл ты нахуй")])
    app = await App.open(tmp_path, explain_finding, explain_note)
    assert app.start([source])
    try:
        async with asyncio.timeout(10):
            while [action.state for line in await app.history.page() for action in line.decision.actions] != [
                ActionState.DONE
            ]:
                await asyncio.sleep(0.01)
        assert [(order.kind, order.idempotency_key) for order in source.performed] == [(ActionKind.WARN, sent)]
    finally:
        await app.stop()
