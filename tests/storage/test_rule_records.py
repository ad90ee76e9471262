"""What humans say about the rules' findings is counted, and no longer when they take it back."""

from datetime import timedelta

from moderator_app.domain.decision import ActionKind, Choice, Note, signature
from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.domain.rule_record import RuleRecord
from moderator_app.domain.verdict import Finding, Label
from moderator_app.storage import actions, claims, decisions, policies, queue, rule_records
from moderator_app.storage.database import Database
from moderator_app.storage.decisions import NewDecision, Standing
from moderator_app.storage.messages import forget_verdicts
from tests.builders import NOON, author, message, messages
from tests.storage.steps import HERE, MOMENT, YARD, arrive, conclude, decide, flag, profanity

SQUARE = CommunityKey(Platform.TELEGRAM, "200")
LINK = Finding("links", Label.SPAM, 0.3, "finding.links.link")


def nothing(_standing: object) -> list[tuple[Standing, ActionKind]]:
    return []


async def records(database: Database) -> dict[str, tuple[int, int]]:
    found = await database.read(rule_records.read)
    assert {place for place, _rule in found} <= {YARD}
    return {rule: (record.confirmed, record.dismissed) for (_place, rule), record in found.items()}


async def test_each_rule_that_spoke_is_confirmed_or_dismissed_once_a_message(database: Database) -> None:
    one, two = await conclude(
        database, (await arrive(database, *messages("раз", "два"))).to_judge, profanity(), profanity((4, 7)), LINK
    )
    await decide(database, one)
    await decide(database, two, choice=Choice.DISMISS)
    assert await records(database) == {"profanity": (1, 1), "links": (1, 1)}


async def test_an_undo_takes_back_what_was_said_even_if_the_rules_say_otherwise_by_then(database: Database) -> None:
    stored = (await arrive(database, message())).to_judge
    (item,) = await conclude(database, stored, profanity(), LINK)
    case = (await decide(database, item)).case
    await database.write(forget_verdicts, 100)
    await conclude(database, stored, profanity())
    await database.write(decisions.undo, case, nothing, NOON)
    assert await records(database) == {"profanity": (0, 0), "links": (0, 0)}


async def test_a_decision_that_the_platform_refused_counts_no_more(database: Database) -> None:
    (item,) = await flag(database, message())
    await decide(database, item)
    (claimed,) = await database.write(claims.claim, HERE, NOON + MOMENT)
    await database.write(actions.fail, [claimed.order.action], Note("action.internal"))
    assert await records(database) == {"profanity": (0, 0)}
    assert await suggested(database, item) is Choice.DELETE
    await decide(database, item)
    assert await records(database) == {"profanity": (1, 0)}


async def test_what_a_rule_decided_by_itself_says_nothing_about_it_but_is_a_violation(database: Database) -> None:
    first, second = await flag(database, message(id="1"), message(id="2"))
    wanted = NewDecision((first,), Choice.DELETE, "", signature("profanity"), NOON, NOON, None)
    await database.write(decisions.decide, wanted)
    assert await records(database) == {}
    await set_ladder(database, ban=2)
    assert await suggested(database, second) is Choice.DELETE_BAN


async def test_violations_lead_up_the_ladder_and_down_again_by_undo(database: Database) -> None:
    items = await flag(database, *(message(id=str(n)) for n in range(1, 5)))
    assert await suggested(database, items[3]) is Choice.DELETE
    cases = [(await decide(database, item)).case for item in items[:2]]
    await decide(database, items[2], choice=Choice.DISMISS)
    assert await suggested(database, items[3]) is Choice.DELETE_BAN
    await database.write(decisions.undo, cases[0], nothing, NOON)
    assert await suggested(database, items[3]) is Choice.DELETE_MUTE


async def test_only_violations_of_the_author_in_this_community_and_period_count(database: Database) -> None:
    await set_ladder(database, ban=2, seconds=3600)
    now, before, long_ago, elsewhere, of_another = await flag(
        database,
        message(id="1"),
        message(id="2", date=NOON - timedelta(minutes=59)),
        message(id="3", date=NOON - timedelta(minutes=61)),
        message(id="4", community="200"),
        message(id="5", author=author("43")),
    )
    for item in (long_ago, elsewhere, of_another):
        await decide(database, item)
    assert await suggested(database, now) is Choice.DELETE
    await decide(database, before)
    assert await suggested(database, now) is Choice.DELETE_BAN


async def test_a_mute_lasts_as_long_as_its_communitys_policy_says(database: Database) -> None:
    items = await flag(database, message(id="1"), message(id="1", community="200"))
    await database.write(policies.change, {None: {"mute_seconds": 600}, YARD: {"mute_seconds": 60}}, NOON)
    await decide(database, *items, choice=Choice.MUTE)
    lengths = set()
    for _ in items:
        (claimed,) = await database.write(claims.claim, HERE | {SQUARE: HERE[YARD]}, NOON + MOMENT)
        lengths.add((claimed.order.message.community, claimed.order.length))
    assert lengths == {("100", 60), ("200", 600)}


def test_a_record_allows_acting_after_enough_decisions_nearly_all_confirming() -> None:
    assert not RuleRecord().may_act
    assert not RuleRecord(19, 0).may_act
    assert RuleRecord(20, 0).may_act
    assert RuleRecord(19, 1).may_act
    assert not RuleRecord(18, 2).may_act


async def suggested(database: Database, item: int) -> Choice:
    """What the card, the row and the command say alike."""
    card = await database.read(queue.card, item)
    (row,) = await database.read(queue.rows_of, [item])
    entries = {entry.row.item: entry.row.suggested for entry in await database.read(queue.entries, 100)}
    assert card is not None
    assert card.suggested is row.suggested is entries[item]
    return row.suggested


async def set_ladder(database: Database, **values: int) -> None:
    await database.write(policies.change, {None: {f"ladder.{name}": value for name, value in values.items()}}, NOON)
