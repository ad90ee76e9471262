"""What others did on the platform: removals and penalties close what waits."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from moderator_app.domain.decision import ActionKind, ActionState, Choice, Note
from moderator_app.domain.message import Author, AuthorKey, CommunityKey, Message, MessageKey, Platform
from moderator_app.domain.ports import Delivery, Kept, Peer, Penalty, Removal
from moderator_app.storage import closing, cursors, decisions, intake, messages, peers, queue
from moderator_app.storage.database import Database
from moderator_app.storage.messages import Stored
from moderator_app.storage.tables import message as table
from tests.builders import NOON, author, message
from tests.storage.steps import YARD, arrive, conclude, counted, decide, flag, profanity, undo, waiting

LATER = NOON + timedelta(minutes=5)
BORIS = Author(AuthorKey(Platform.TELEGRAM, "7"), "Борис")


async def told(database: Database, *, source: str = "fake", **what: Any) -> Stored:
    return await database.write(intake.store, Delivery(**what), LATER, source)


async def removed(database: Database, *ids: str, by: Author | None = None, community: str = "100") -> None:
    keys = (MessageKey(Platform.TELEGRAM, community, id) for id in ids)
    await told(database, removals=tuple(Removal(key, by, NOON) for key in keys))


async def penalised(
    database: Database, kind: ActionKind, *, who: str = "42", by: Author | None = BORIS, **given: Any
) -> None:
    penalty = Penalty(given.get("community", YARD), AuthorKey(Platform.TELEGRAM, who), kind, by, given.get("at", LATER))
    await told(database, penalties=(penalty,))


async def note_of(database: Database, item: int) -> Note | None:
    (closed,) = await database.read(queue.closed, [item])
    assert closed.choice is None
    return closed.note


async def deleted(database: Database) -> list[str]:
    return [each.key.message for each in await database.read(messages.exported, 0, 100) if each.deleted]


async def test_a_removed_message_keeps_its_text_and_its_item_says_who_removed_it(database: Database) -> None:
    here, other = await flag(database, message("раз"), message("два", id="2"))
    await removed(database, "1", by=BORIS)
    assert await waiting(database) == (other,)
    assert await note_of(database, here) == Note("queue.gone.by", (("by", "Борис"), ("at", NOON.timestamp())))
    (gone,) = [each for each in await database.read(messages.exported, 0, 100) if each.deleted]
    assert gone.text == "раз"
    assert (await counted(database)).decided == 0


async def test_a_removal_by_nobody_knows_whom_says_when(database: Database) -> None:
    (item,) = await flag(database, message("раз"))
    await told(database, removals=(Removal(MessageKey(Platform.TELEGRAM, "100", "1")),))
    assert await note_of(database, item) == Note("queue.gone", (("at", LATER.timestamp()),))


async def test_what_is_unknown_is_passed_over_and_the_cursor_kept(database: Database) -> None:
    (item,) = await flag(database, message("раз"))
    unknown = Removal(MessageKey(Platform.TELEGRAM, "100", "99"))
    elsewhere = Removal(MessageKey(Platform.TELEGRAM, "555", "1"))
    stranger = Penalty(YARD, AuthorKey(Platform.TELEGRAM, "555"), ActionKind.BAN, None, LATER)
    await told(database, removals=(unknown, elsewhere), penalties=(stranger,), cursor="5")
    assert await waiting(database) == (item,)
    assert await database.read(cursors.read, "fake") == "5"


async def test_a_delivery_that_cannot_be_stored_leaves_nothing_of_it(database: Database) -> None:
    (item,) = await flag(database, message("раз"))
    removal = Removal(MessageKey(Platform.TELEGRAM, "100", "1"))
    broken = Peer("user", "5", 2**70)
    with pytest.raises(OverflowError):
        await told(database, removals=(removal,), peers=(broken,), cursor="5")
    assert await waiting(database) == (item,)
    assert await deleted(database) == []
    assert await database.read(cursors.read, "fake") == ""


async def test_an_edit_closes_nothing(database: Database) -> None:
    (item,) = await flag(database, message("раз"))
    edited = await arrive(database, message("раз-два", edited=LATER))
    await conclude(database, edited.to_judge, profanity())
    assert await waiting(database) == (item,)


async def test_what_was_removed_before_it_was_judged_does_not_enter_the_queue(database: Database) -> None:
    stored = await told(
        database, messages=(message("раз"),), removals=(Removal(MessageKey(Platform.TELEGRAM, "100", "1")),)
    )
    await conclude(database, stored.to_judge, profanity())
    assert await waiting(database) == ()


async def test_new_evidence_brings_nothing_back_that_is_gone(database: Database) -> None:
    (item,) = await flag(database, message("раз"))
    await removed(database, "1")
    await database.write(messages.forget_verdicts, 100)
    again = await database.read(messages.unjudged, 100, 100)
    await conclude(database, again, profanity(), profanity(word="бля"))
    assert await waiting(database) == ()
    assert (await note_of(database, item)) is not None


async def test_a_removal_leaves_what_was_decided_as_it_was(database: Database) -> None:
    (item,) = await flag(database, message("раз"))
    case = (await decide(database, item, choice=Choice.BAN, grace=5)).case
    await removed(database, "1", by=BORIS)
    assert [each.state for each in await database.read(decisions.standing, case)] == [ActionState.PENDING]
    await undo(database, case)
    assert await waiting(database) == (item,)


async def test_of_a_campaign_another_message_stands_for_it_when_one_is_gone(database: Database) -> None:
    first, second = await flag(database, message("раз"), message("раз", id="2", author=author("43")))
    assert await waiting(database) in ((first,), (second,), (first, second), (second, first))
    await removed(database, "1")
    assert await waiting(database) == (second,)


async def test_a_comment_that_vk_restores_is_judged_again(database: Database) -> None:
    comment = message("раз", platform=Platform.VK)
    (item,) = await flag(database, comment)
    await told(database, removals=(Removal(comment.key, None, NOON),))
    assert await waiting(database) == ()
    back = await told(database, messages=(comment,))
    (again,) = back.to_judge
    assert (again.message, again.known, again.again) == (comment, True, True)
    assert await deleted(database) == []
    await conclude(database, back.to_judge, profanity())
    assert await waiting(database) == (item,)


async def test_a_restored_comment_with_another_text_is_judged_once_by_that(database: Database) -> None:
    comment = message("раз", platform=Platform.VK)
    await flag(database, comment)
    await told(database, removals=(Removal(comment.key),))
    back = await told(database, messages=(message("два", platform=Platform.VK, edited=LATER),))
    assert [each.message.text for each in back.to_judge] == ["два"]


async def test_telegram_restores_nothing_so_that_a_late_sight_changes_nothing(database: Database) -> None:
    await flag(database, message("раз"))
    await removed(database, "1")
    assert (await arrive(database, message("раз"))).to_judge == ()
    assert await deleted(database) == ["1"]


async def test_a_file_brings_nothing_back(database: Database) -> None:
    comment = message("раз", platform=Platform.VK)
    await flag(database, comment)
    await told(database, removals=(Removal(comment.key),))
    await told(database, messages=(comment,), source="")
    assert await deleted(database) == ["1"]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (ActionKind.BAN, "queue.author_banned.by"),
        (ActionKind.KICK, "queue.author_kicked.by"),
        (ActionKind.MUTE, "queue.author_muted.by"),
    ],
)
async def test_a_penalty_closes_the_open_items_of_its_author_there(
    database: Database, kind: ActionKind, said: str
) -> None:
    one, two, other, elsewhere = await flag(
        database,
        message("раз"),
        message("два", id="2"),
        message("три", id="3", author=author("43")),
        message("четыре", community="200"),
    )
    await penalised(database, kind)
    assert set(await waiting(database)) == {other, elsewhere}
    expected = Note(said, (("by", "Борис"), ("at", LATER.timestamp())))
    assert await note_of(database, one) == await note_of(database, two) == expected


@pytest.mark.parametrize("kind", [ActionKind.UNBAN, ActionKind.UNMUTE])
async def test_what_lifts_a_penalty_closes_nothing(database: Database, kind: ActionKind) -> None:
    (item,) = await flag(database, message("раз"))
    await penalised(database, kind)
    assert await waiting(database) == (item,)


async def test_what_the_author_wrote_after_the_penalty_waits(database: Database) -> None:
    (item,) = await flag(database, message("раз", date=LATER))
    await penalised(database, ActionKind.BAN, at=NOON)
    assert await waiting(database) == (item,)


async def test_peers_are_kept_per_source_and_the_newest_counts(database: Database) -> None:
    user, channel = Peer("user", "5", -(2**63), "anna"), Peer("channel", "5", 2**63 - 1)
    await told(database, peers=(user, channel), source="telegram:1")
    await told(database, peers=(Peer("user", "5", 8),), source="telegram:2")
    await told(database, peers=(Peer("user", "5", 9, "anna2"),), source="telegram:1")
    assert set(await database.read(peers.read, "telegram:1")) == {Peer("user", "5", 9, "anna2"), channel}
    assert await database.read(peers.read, "telegram:2") == (Peer("user", "5", 8),)


async def test_kept_are_the_newest_since_a_time_and_whatever_waits(database: Database) -> None:
    old = message("раз", id="1", date=NOON - timedelta(days=30), edited=NOON)
    new = [message("два", id=str(n), date=NOON + timedelta(minutes=n)) for n in range(2, 6)]
    await flag(database, old)
    await arrive(database, *new, message("рядом", id="9", community="200"))
    await removed(database, "5")

    async def kept(most: int) -> set[Kept]:
        return set(await database.read(messages.kept, YARD, NOON, most))

    assert await kept(2) == {Kept("1", NOON, "раз"), Kept("4", None, "два"), Kept("3", None, "два")}
    assert len(await kept(100)) == 4
    assert await database.read(messages.kept, CommunityKey(Platform.VK, "100"), NOON, 5) == ()


async def test_everything_by_an_author_is_swept_away(database: Database) -> None:
    mine = (message("раз"), message("два", id="2"), message("три", id="3", author=author("43")))
    first, second, other = await flag(database, *mine)
    await database.write(_sweep, mine[0])
    assert await waiting(database) == (other,)
    assert await note_of(database, first) == await note_of(database, second) == Note("queue.gone.with_author")
    assert await deleted(database) == ["1", "2"]


async def test_of_a_period_only_what_was_written_in_it_is_swept_away(database: Database) -> None:
    old = message("раз", date=NOON - timedelta(days=2))
    new = message("два", id="2", date=NOON)
    first, second = await flag(database, old, new)
    await database.write(_sweep, old, NOON - timedelta(days=1))
    assert await waiting(database) == (first,)
    assert await note_of(database, second) == Note("queue.gone.with_author")
    assert await deleted(database) == ["2"]


def _sweep(connection: Connection, by: Message, since: datetime | None = None) -> None:
    row = connection.execute(select(table).where(table.c.message == by.key.message)).one()
    closing.sweep(connection, row.community_id, row.author_id, since)
