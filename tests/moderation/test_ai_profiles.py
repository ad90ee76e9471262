"""Profiles and pictures go along where a community wants it, and only then."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from moderator_app.domain.message import Attachment, AuthorKey, Message, MessageKey
from moderator_app.domain.profile import Profile
from moderator_app.moderation.classifying import Classifying
from tests.builders import author, message
from tests.moderation.ai_desk import AiDesk, ai_desk
from tests.servers.openai import tokens

JPEG = b"\xff\xd8\xff\xe0 a picture"


class World:
    """What the platform would tell and show."""

    def __init__(self) -> None:
        self.profile: Profile | None = Profile(author(name="Анна"), bio="Заработок от 500$ в день, пиши @easy_money")
        self.asked = 0

    async def tell(self, _key: MessageKey, _author: AuthorKey) -> Profile | None:
        self.asked += 1
        return self.profile

    async def show(self, shown: Message) -> bytes | None:
        return JPEG if shown.attachments else None


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
async def ai(tmp_path: Path, world: World) -> AsyncIterator[AiDesk]:
    async with ai_desk(tmp_path) as ai:
        desk = ai.desk
        ai.classifying = Classifying(
            desk.database,
            desk.changes,
            lambda: desk.judges.book,
            ai.classifying.budget,
            ai.connect,
            desk.clock,
            picture=world.show,
            profile=world.tell,
        )
        yield ai
        await ai.classifying.close()


def rules(found: tuple[object, ...]) -> set[str]:
    return {getattr(each, "rule", "") for each in found}


async def test_a_new_author_is_looked_at_once_and_again_after_a_change(ai: AiDesk, world: World) -> None:
    ai.wish(profiles=True)
    await ai.arrive(message("Привет всем", id="1"))
    await ai.classify()
    assert {"spam_bio", "suspicious_profile"} <= rules(await ai.findings(1))
    asked = [each for each in ai.server.of("chat") if "profile" in str(each.body["response_format"])]
    assert "easy_money" in json.loads(asked[0].body["messages"][1]["content"])["messages"][0]["text"]
    await ai.arrive(message("Как дела у вас", id="2"))
    await ai.classify()
    assert len(asked) == 1 == len(_about_people(ai))
    assert {"spam_bio"} <= rules(await ai.findings(2))
    assert world.profile is not None
    world.profile = replace(world.profile, bio="Люблю горы")
    await ai.arrive(message("Что нового", id="3"))
    await ai.classify()
    assert len(_about_people(ai)) == 2
    assert "spam_bio" not in rules(await ai.findings(3))


def _about_people(ai: AiDesk) -> list[object]:
    return [each for each in ai.server.of("chat") if "profile" in str(each.body["response_format"])]


async def test_nobody_is_looked_at_unless_it_is_wanted(ai: AiDesk, world: World) -> None:
    ai.wish()
    await ai.arrive(message("Привет всем"))
    await ai.classify()
    assert world.asked == 0


async def test_findings_about_a_profile_outlive_a_change_of_the_rules(ai: AiDesk) -> None:
    ai.wish(profiles=True)
    await ai.arrive(message("Привет всем"))
    await ai.classify()
    before = rules(await ai.findings(1))
    await ai.desk.intake.rules_changed()
    assert rules(await ai.findings(1)) == before


@pytest.mark.parametrize("wanted", [True, False])
async def test_pictures_are_sent_only_where_that_is_wanted(wanted: bool, ai: AiDesk) -> None:
    ai.wish(pictures=wanted)
    await ai.arrive(message("Казино с бонусом", attachments=(Attachment("photo", "1"),)))
    await ai.classify()
    assert len(tokens.images_of(ai.server.of("chat")[0].body)) == wanted
    assert ("spam_image" in rules(await ai.findings(1))) is wanted
    assert ("spam_text" in rules(await ai.findings(1))) is not wanted
