import asyncio
from datetime import timedelta

import pytest

from moderator_app.domain.decision import ActionKind, ActionState, Choice, Note
from moderator_app.domain.errors import Refused
from moderator_app.domain.history import HistoryFilter
from moderator_app.domain.message import Platform
from moderator_app.moderation.author_notes import AuthorNotes
from moderator_app.storage import actions, arming, authors, claims, decisions, history, messages
from moderator_app.storage.claims import Claimed
from moderator_app.storage.database import Database
from tests.builders import NOON, author, message
from tests.storage.steps import HERE, MOMENT, counted, decide, flag, undo, waiting

LATE = timedelta(minutes=10)
REFUSED = Note("action.internal")
HELD = ("fake", ActionKind.DELETE)


async def claim(database: Database, at: timedelta = MOMENT) -> Claimed | None:
    claimed = await database.write(claims.claim, HERE, NOON + at)
    return claimed[0] if claimed else None


async def begun(database: Database) -> int:
    claimed = await claim(database)
    assert claimed is not None
    return claimed.order.action


async def states(database: Database) -> list[ActionState]:
    """The states of all actions, oldest decision first."""
    lines = await database.read(history.page, HistoryFilter(), None, 1000)
    return [action.state for line in reversed(lines) for action in line.decision.actions]


async def decided(database: Database) -> int:
    return (await counted(database)).decided


async def test_a_decision_takes_its_items_out_of_the_queue_and_orders_the_actions(database: Database) -> None:
    first, second, left = await flag(database, message(), message(id="2"), message(id="3"))
    stored = await decide(database, first, second, choice=Choice.DELETE_BAN)
    assert stored.taken == (first, second)
    assert await waiting(database) == (left,)
    assert await states(database) == [ActionState.PENDING] * 4
    assert await decided(database) == 2


async def test_one_item_that_is_not_open_spoils_the_whole_decision(database: Database) -> None:
    first, second = await flag(database, message(), message(id="2"))
    await decide(database, first)
    for items in ((second, first), (second, 999)):
        with pytest.raises(Refused) as caught:
            await decide(database, *items)
        assert caught.value.text_id == "queue.not_open"
    assert await waiting(database) == (second,)
    assert await decided(database) == 1


async def test_of_two_presses_of_a_key_one_decides(database: Database) -> None:
    (item,) = await flag(database, message())
    answers = await asyncio.gather(*(decide(database, item) for _ in range(2)), return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["Refused", "StoredDecision"]
    assert await states(database) == [ActionState.PENDING]


async def test_the_items_of_a_case_come_back_together_and_count_no_more(database: Database) -> None:
    items = await flag(database, message(), message(id="2"))
    stored = await decide(database, *items)
    undone = await undo(database, stored.case)
    assert undone is not None
    assert sorted(undone.items) == sorted(items)
    assert sorted(await waiting(database)) == sorted(items)
    assert await states(database) == [ActionState.CANCELLED] * 2
    assert await decided(database) == 0
    assert await undo(database, stored.case) is None


async def test_the_newest_standing_decision_is_taken_back_first(database: Database) -> None:
    first, second = await flag(database, message(), message(id="2"))
    older, newer = await decide(database, first), await decide(database, second, at=NOON + MOMENT)
    assert await database.read(decisions.newest_case, None, None) == newer.case
    assert await database.read(decisions.newest_case, first, None) == older.case
    assert await database.read(decisions.newest_case, first, NOON + MOMENT) is None
    await undo(database, newer.case)
    assert await database.read(decisions.newest_case, None, None) == older.case


async def test_a_case_of_which_one_action_failed_is_taken_back_without_counting_it_twice(database: Database) -> None:
    first, second = await flag(database, message(), message(id="2"))
    stored = await decide(database, first, second)
    await database.write(actions.fail, [await begun(database)], REFUSED)
    assert await decided(database) == 1
    await undo(database, stored.case)
    assert await decided(database) == 0
    assert sorted(await waiting(database)) == sorted([first, second])


async def test_taking_a_case_back_leaves_alone_what_was_decided_anew_since(database: Database) -> None:
    first, second = await flag(database, message(), message(id="2"))
    case = await decide(database, first, second)
    await database.write(actions.fail, [await begun(database)], REFUSED)
    (again,) = await waiting(database)
    await decide(database, again, choice=Choice.DISMISS)

    await undo(database, case.case)

    assert again not in await waiting(database)
    assert len(await waiting(database)) == 1
    assert await decided(database) == 1


async def test_an_action_that_fails_after_its_item_was_decided_anew_does_not_bring_it_back(database: Database) -> None:
    (item,) = await flag(database, message())
    await decide(database, item, choice=Choice.DELETE_BAN)
    await database.write(actions.fail, [await begun(database)], REFUSED)
    await decide(database, item, choice=Choice.DISMISS)
    await database.write(actions.fail, [await begun(database)], REFUSED)
    assert await waiting(database) == ()
    assert await decided(database) == 1


async def test_an_action_that_fails_says_why_and_gives_the_item_back(database: Database) -> None:
    (item,) = await flag(database, message())
    await decide(database, item, choice=Choice.DELETE_BAN)
    for _ in range(2):
        assert await database.write(actions.fail, [await begun(database)], REFUSED) == (item,)
    assert await waiting(database) == (item,)
    assert await states(database) == [ActionState.FAILED] * 2
    assert await decided(database) == 0


async def test_each_action_is_claimed_once_longest_due_first(database: Database) -> None:
    first, second = await flag(database, message(), message(id="2"))
    await decide(database, second, at=NOON - MOMENT)
    await decide(database, first)
    claimed = [await claim(database) for _ in range(3)]
    assert [each and each.order.message.message for each in claimed] == ["2", "1", None]


async def test_nothing_is_claimed_inside_the_grace_time_or_in_another_community(database: Database) -> None:
    here, elsewhere = await flag(database, message(), message(id="2", community="200"))
    await decide(database, here, grace=5)
    await decide(database, elsewhere)
    assert await claim(database) is None
    assert await claim(database, timedelta(seconds=5)) is not None
    assert await claim(database, timedelta(seconds=5)) is None


async def test_a_warning_has_its_key_before_the_first_try_and_keeps_it(database: Database) -> None:
    (item,) = await flag(database, message())
    await decide(database, item, choice=Choice.WARN)
    first = await claim(database)
    await database.write(claims.recover)
    again = await claim(database)
    assert first is not None
    assert again is not None
    assert first.order == again.order
    assert 0 < first.order.idempotency_key < 2**63


async def test_an_outcome_of_an_action_that_does_not_run_changes_nothing(database: Database) -> None:
    (item,) = await flag(database, message())
    await decide(database, item)
    action = await begun(database)
    await database.write(actions.finish, [action])
    await database.write(actions.fail, [action], REFUSED)
    await database.write(actions.postpone, [action], NOON, REFUSED, *HELD)
    await database.write(actions.put_back, [action])
    assert await database.write(claims.recover) == 0
    assert await states(database) == [ActionState.DONE]
    assert await waiting(database) == ()


async def test_a_wait_of_the_platform_is_over_when_it_is_over(database: Database) -> None:
    (item,) = await flag(database, message())
    await decide(database, item)
    await database.write(actions.postpone, [await begun(database)], NOON + 60 * MOMENT, REFUSED, *HELD)
    assert await states(database) == [ActionState.WAITING]
    assert await claim(database, 59 * MOMENT) is None
    assert await claim(database, 60 * MOMENT) is not None


async def test_what_is_late_waits_for_a_human_and_runs_when_confirmed(database: Database) -> None:
    (item,) = await flag(database, message())
    stored = await decide(database, item)
    assert await database.write(claims.park_late, HERE, NOON) == 0
    assert await database.write(claims.park_late, HERE, NOON + MOMENT) == 1
    assert await claim(database, LATE + MOMENT) is None
    late = await database.read(actions.late_case, item)
    assert late is not None
    assert late.choice is Choice.DELETE
    assert await database.write(actions.confirm_late, stored.case, NOON + 2 * LATE)
    assert await claim(database, 2 * LATE) is not None
    assert not await database.write(actions.confirm_late, stored.case, NOON + 2 * LATE)


async def test_a_wait_of_the_platform_makes_nothing_late_but_a_week_after_it_does(database: Database) -> None:
    (item,) = await flag(database, message())
    await decide(database, item)
    hour, week = timedelta(hours=1), timedelta(days=7)
    await database.write(actions.postpone, [await begun(database)], NOON + hour, REFUSED, *HELD)
    assert await database.write(claims.park_late, HERE, NOON + hour - LATE) == 0
    assert await database.write(claims.park_late, HERE, NOON + week - LATE) == 1
    assert await claim(database, week) is None


async def test_a_disarmed_decision_lets_nothing_else_run(database: Database) -> None:
    (item,) = await flag(database, message())
    await decide(database, item, choice=Choice.DELETE_BAN)
    await database.write(actions.disarm, [await begun(database)], Note("action.edited"))
    assert await states(database) == [ActionState.CANCELLED] * 2
    assert await claim(database) is None
    assert await waiting(database) == (item,)


async def test_a_deletion_that_was_confirmed_shows_the_message_as_deleted(database: Database) -> None:
    first, second = await flag(database, message(), message(id="2"))
    await decide(database, first)
    await decide(database, second, choice=Choice.BAN)
    await database.write(actions.finish, [await begun(database)])
    await database.write(actions.finish, [await begun(database)])
    assert [each.deleted for each in await database.read(messages.exported, 0, 10)] == [True, False]


async def test_actions_of_a_chat_from_a_file_are_impossible_from_the_start(database: Database) -> None:
    (item,) = await flag(database, message(), source="")
    stored = await decide(database, item, choice=Choice.DELETE_BAN)
    assert stored.note == arming.IMPORTED_FILE
    assert await states(database) == [ActionState.IMPOSSIBLE] * 2
    assert await claim(database) is None


async def test_an_undo_decides_by_what_is_done_when_it_is_stored(database: Database) -> None:
    (item,) = await flag(database, message(platform=Platform.TELEGRAM))
    stored = await decide(database, item, choice=Choice.BAN)
    await database.write(actions.finish, [await begun(database)])

    def lift(standing: object) -> list[tuple[decisions.Standing, ActionKind]]:
        assert isinstance(standing, tuple)
        return [(action, ActionKind.UNBAN) for action in standing if action.state is ActionState.DONE]

    undone = await database.write(decisions.undo, stored.case, lift, NOON)
    assert undone is not None
    assert undone.compensations == ((Platform.TELEGRAM, ActionKind.UNBAN),)
    claimed = await claim(database)
    assert claimed is not None
    assert (claimed.order.kind, claimed.text, claimed.stale) == (ActionKind.UNBAN, None, False)


async def test_an_authors_record_counts_messages_and_what_humans_found(database: Database) -> None:
    guilty, innocent, *_ = await flag(
        database, *(message(id=str(n), author=author("7")) for n in range(1, 4)), message(id="9")
    )
    await decide(database, guilty, choice=Choice.BAN)
    case = await decide(database, innocent, choice=Choice.DISMISS)
    record = await database.read(authors.record_of, author("7").key)
    assert (record.messages, record.flagged, record.decided, record.confirmed) == (3, 3, 2, 1)
    await undo(database, case.case)
    record = await database.read(authors.record_of, author("7").key)
    assert (record.decided, record.confirmed) == (1, 1)


async def test_a_message_dismissed_and_deleted_after_an_edit_was_decided_once(database: Database) -> None:
    (item,) = await flag(database, message())
    await decide(database, item, choice=Choice.DISMISS)
    await flag(database, message("хуже", edited=NOON))
    await decide(database, item, choice=Choice.DELETE)
    record = await database.read(authors.record_of, author().key)
    assert (record.decided, record.confirmed) == (1, 1)


async def test_an_authors_record_tells_where_they_write_and_what_was_decided(database: Database) -> None:
    person = author("7")
    messages = [
        message("первое", id="1", author=person, date=NOON),
        message("второе\nсообщение", id="2", author=person, date=NOON + timedelta(minutes=1)),
        message("третье", id="1", author=person, community="200", date=NOON + timedelta(minutes=2)),
    ]
    first, second, _third = await flag(database, *messages)
    await decide(database, first, choice=Choice.DELETE)
    await decide(database, second, choice=Choice.DISMISS)
    record = await database.read(authors.record_of, person.key)
    found = [(place.community.key.community, place.messages, place.violations) for place in record.places]
    assert found == [("100", 2, 1), ("200", 1, 0)]
    assert [(each.choice, each.excerpt) for each in record.decisions] == [
        (Choice.DISMISS, "второе сообщение"),
        (Choice.DELETE, "первое"),
    ]
    assert [each.excerpt for each in record.latest] == ["третье", "второе сообщение", "первое"]


async def test_notes_about_an_author_are_kept_until_they_are_removed(database: Database) -> None:
    await flag(database, message(author=author("7")))
    key, notes = author("7").key, AuthorNotes(database, "anna", lambda: NOON)
    await notes.add(key, "  warned by phone,\n asked to stop ")
    await notes.add(key, "x" * 1000)
    found = (await database.read(authors.record_of, key)).notes
    assert [(note.text, note.by, note.at) for note in found] == [
        ("x" * 500, "anna", NOON),
        ("warned by phone, asked to stop", "anna", NOON),
    ]
    await notes.remove(found[0].id)
    assert (await database.read(authors.record_of, key)).notes == found[1:]
    for text, why in ((" \n", "author_note.empty"), ("x", "author_note.unknown")):
        with pytest.raises(Refused, match=why):
            await notes.add(key if not text.strip() else author("8").key, text)
