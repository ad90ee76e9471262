"""Whoever asks why they were banned is found, told, and let in again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from moderator_app.domain.decision import ActionKind, ActionState, Choice, Note
from moderator_app.domain.errors import Refused
from moderator_app.domain.message import AuthorKey, CommunityKey, MessageKey, Platform
from moderator_app.domain.people import PersonReference, StandingPenalty, person_reference
from moderator_app.moderation.stories import Stories
from tests.builders import NOON, author, message
from tests.fakes import FakeSource
from tests.moderation.desk import YARD, Desk, insult

IVAN = AuthorKey(Platform.TELEGRAM, "42")


@pytest.fixture
def stories(desk: Desk) -> Stories:
    return Stories(desk.database, desk.changes, lambda: 5.0, desk.clock)


def source(*ids: str) -> FakeSource:
    return FakeSource(YARD, CommunityKey(Platform.TELEGRAM, "200"), messages=[insult(id) for id in ids])


async def banned(desk: Desk, stories: Stories, at: FakeSource, choice: Choice = Choice.DELETE_BAN) -> StandingPenalty:
    (item,) = await desk.flagged(insult("1"))
    await desk.review.decide([item], choice, reason="Оскорбление")
    desk.clock.move(seconds=6)
    await desk.carry_out(at)
    (penalty,) = (await stories.story(IVAN)).penalties
    return penalty


async def test_a_story_tells_what_was_decided_about_what_and_why(desk: Desk, stories: Stories) -> None:
    penalty = await banned(desk, stories, source("1"))
    assert (penalty.kind, penalty.community.key, penalty.until) == (ActionKind.BAN, YARD, None)
    told = await stories.story(IVAN)
    (chapter,) = told.chapters
    assert (chapter.line.decision.choice, chapter.line.decision.reason) == (Choice.DELETE_BAN, "Оскорбление")
    assert chapter.text == "да пошёл ты нахуй"
    assert "profanity" in {found.rule for found in chapter.findings}
    assert (told.messages, told.waiting) == (1, 0)


async def test_a_ban_is_lifted_by_the_outbox_after_the_grace_and_the_decision_stands(
    desk: Desk, stories: Stories
) -> None:
    at = source("1")
    penalty = await banned(desk, stories, at)
    note = await stories.lift(penalty)
    assert note == Note("story.lifted.telegram")
    await desk.carry_out(at)
    assert at.effects_of(ActionKind.UNBAN) == []
    assert (await stories.story(IVAN)).penalties == (replace(penalty, lifting=True),)
    desk.clock.move(seconds=6)
    await desk.carry_out(at)
    (order,) = at.effects_of(ActionKind.UNBAN)
    assert (order.author, order.message.community) == ("42", "100")
    told = await stories.story(IVAN)
    assert told.penalties == ()
    (chapter,) = told.chapters
    assert chapter.line.decision.undone is None
    assert [action.kind for action in chapter.line.decision.actions][-1] is ActionKind.UNBAN


async def test_nothing_is_lifted_twice(desk: Desk, stories: Stories) -> None:
    penalty = await banned(desk, stories, source("1"))
    await stories.lift(penalty)
    with pytest.raises(Refused) as caught:
        await stories.lift(penalty)
    assert caught.value.text_id == "story.nothing_stands"


async def test_a_lifted_ban_leaves_alone_those_who_were_banned_by_the_same_key(desk: Desk, stories: Stories) -> None:
    at = source("1", "2")
    other = author("43", "Пётр")
    first, second = await desk.flagged(insult("1"), insult("2", author=other))
    await desk.review.decide([first, second], Choice.BAN)
    desk.clock.move(seconds=6)
    await desk.carry_out(at)
    (penalty,) = (await stories.story(IVAN)).penalties
    await stories.lift(penalty)
    desk.clock.move(seconds=6)
    await desk.carry_out(at)
    assert [order.author for order in at.effects_of(ActionKind.UNBAN)] == ["42"]
    assert len((await stories.story(other.key)).penalties) == 1


async def test_a_mute_ends_by_itself_and_can_be_lifted_before(desk: Desk, stories: Stories) -> None:
    at = source("1")
    penalty = await banned(desk, stories, at, Choice.MUTE)
    assert penalty.kind is ActionKind.MUTE
    assert penalty.until is not None
    assert penalty.until - penalty.since == timedelta(days=1)
    desk.clock.move(days=2)
    assert (await stories.story(IVAN)).penalties == ()


async def test_an_undone_ban_stands_no_more(desk: Desk, stories: Stories) -> None:
    at = source("1")
    await banned(desk, stories, at, Choice.BAN)
    await desk.review.undo()
    await desk.carry_out(at)
    told = await stories.story(IVAN)
    assert told.penalties == ()
    assert told.chapters[0].line.decision.undone is not None


async def test_a_later_ban_stands_after_an_earlier_one_was_lifted(desk: Desk, stories: Stories) -> None:
    at = source("1", "2")
    penalty = await banned(desk, stories, at, Choice.BAN)
    await stories.lift(penalty)
    desk.clock.move(seconds=6)
    await desk.carry_out(at)
    (again,) = await desk.flagged(insult("2", date=NOON + timedelta(hours=1)))
    await desk.review.decide([again], Choice.BAN)
    desk.clock.move(seconds=6)
    await desk.carry_out(at)
    (standing,) = (await stories.story(IVAN)).penalties
    assert standing.decision != penalty.decision


async def test_a_ban_that_could_not_be_carried_out_stands_nowhere(desk: Desk, stories: Stories) -> None:
    at = source("1")
    at.answers = [None, Refused("right.restrict")]
    (item,) = await desk.flagged(insult("1"))
    await desk.review.decide([item], Choice.DELETE_BAN)
    desk.clock.move(seconds=6)
    await desk.carry_out(at)
    assert ActionState.FAILED in await desk.states()
    assert (await stories.story(IVAN)).penalties == ()


async def test_people_are_found_by_name_id_and_link(desk: Desk, stories: Stories) -> None:
    ivan = replace(author("42", "Иван К."), username="IvanK")
    vk = author("42", "Иван В.", Platform.VK)
    await desk.flagged(insult("7", author=ivan), insult("8", author=ivan))
    await desk.flagged(message("да пошёл ты нахуй", id="5", platform=Platform.VK, community="9", author=vk))

    async def found(text: str) -> list[AuthorKey]:
        return [each.key for each in await stories.people(text)]

    assert await found("@ivank") == await found("t.me/IvanK") == await found("telegram:42") == [IVAN]
    assert await found("42") == []
    assert await found("https://vk.com/id42") == await found("https://vk.ru/wall-9_1?reply=5") == [vk.key]
    assert await found("https://t.me/c/100/7") == [IVAN]
    assert await found("просто слова") == []


async def test_a_bare_id_may_be_of_either_platform(desk: Desk, stories: Stories) -> None:
    telegram, vk = author("4242"), author("4242", platform=Platform.VK)
    await desk.flagged(insult("1", author=telegram))
    await desk.flagged(message("да пошёл ты нахуй", platform=Platform.VK, community="9", author=vk))
    assert {each.key for each in await stories.people("4242")} == {telegram.key, vk.key}


async def test_nobody_is_told_of_a_stranger(stories: Stories) -> None:
    with pytest.raises(Refused) as caught:
        await stories.story(AuthorKey(Platform.VK, "1"))
    assert caught.value.text_id == "story.unknown"


TG, VK = Platform.TELEGRAM, Platform.VK


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("@ivan_k", PersonReference(username="ivan_k")),
        ("https://t.me/ivan_k", PersonReference(TG, username="ivan_k")),
        ("tg://user?id=77", PersonReference(TG, author="77")),
        ("123456", PersonReference(author="123456")),
        ("vk:-5", PersonReference(VK, author="-5")),
        ("[id123|Иван]", PersonReference(VK, author="123")),
        ("vk.com/club77", PersonReference(VK, author="-77")),
        ("vk.com/durov", PersonReference(VK, username="durov")),
        ("https://t.me/c/1234567890/15", PersonReference(TG, message=MessageKey(TG, "1234567890", "15"))),
        ("t.me/c/1234567890/3/15?single", PersonReference(TG, message=MessageKey(TG, "1234567890", "15"))),
        ("https://vk.com/wall-9_44", PersonReference(VK, message=MessageKey(VK, "9", "44"))),
        ("https://vk.com/topic-9_44?post=3", PersonReference(VK, message=MessageKey(VK, "9", "topic44_3"))),
        ("зарабатывай от 500$", None),
        ("12", None),
        ("", None),
    ],
)
def test_what_points_at_a_person_is_known_from_words(text: str, reference: PersonReference | None) -> None:
    assert person_reference(text) == reference
