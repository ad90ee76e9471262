"""What a creator, admins with some of the rights and plain members can do, and whom an account can address."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from telethon.tl import types

from moderator_app.domain.decision import ActionKind
from moderator_app.domain.errors import Refused
from tests.servers.telegram import TelegramServer, User
from tests.sources.telegram.acting import Scene

DELETE, DELETE_ALL, BAN, KICK = ActionKind.DELETE, ActionKind.DELETE_ALL, ActionKind.BAN, ActionKind.KICK
MUTE, WARN, REPORT, DECLINE = ActionKind.MUTE, ActionKind.WARN, ActionKind.REPORT, ActionKind.DECLINE
ALL = (DELETE, DELETE_ALL, BAN, KICK, MUTE, WARN, REPORT, DECLINE)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with TelegramServer() as server:
        yield Scene(server, tmp_path)


ROLES: list[tuple[str, types.ChatAdminRights | None, Iterable[ActionKind]]] = [
    ("creator", None, ALL),
    ("admin", types.ChatAdminRights(delete_messages=True, ban_users=True, invite_users=True), ALL),
    ("admin who deletes", types.ChatAdminRights(delete_messages=True), (DELETE, DELETE_ALL, WARN, REPORT)),
    ("admin who bans", types.ChatAdminRights(ban_users=True), (BAN, KICK, MUTE, WARN, REPORT)),
    ("admin who invites", types.ChatAdminRights(invite_users=True), (DECLINE, WARN, REPORT)),
    ("admin of topics", types.ChatAdminRights(manage_topics=True), (WARN, REPORT)),
    ("member", None, (WARN,)),
]


@pytest.mark.parametrize(("role", "rights", "may"), ROLES, ids=[role for role, _, _ in ROLES])
async def test_what_a_role_may_do(
    scene: Scene, role: str, rights: types.ChatAdminRights | None, may: Iterable[ActionKind]
) -> None:
    """Refusals of Telegram are sentences, also where the rights were thought to be there."""
    actor = scene.owner if role == "creator" else scene.moderator
    if actor is not scene.owner:
        scene.world.promote(scene.group, actor, rights)
    done, reasons = set(), set()
    async with scene.acting(actor) as actions:
        for number, kind in enumerate(ALL):
            author = scene.world.add_user(f"Author {number}")
            if kind is DECLINE:
                scene.world.ask_to_join(scene.group, author)
            else:
                scene.world.join(scene.group, author)
            words = scene.world.post(scene.group, author, "words")
            order = scene.order(kind, words, text="Please do not.", idempotency_key=number + 1)
            try:
                await actions.perform(order)
                done.add(kind)
            except Refused as refused:
                reasons.add(refused.text_id)
    assert done == set(may)
    assert reasons <= {"telegram.admin_needed", "telegram.delete_forbidden"}


async def test_admins_are_spared_by_admins_and_not_by_the_owner(scene: Scene) -> None:
    scene.world.promote(scene.group, scene.member)
    words = scene.world.post(scene.group, scene.member, "words")
    async with scene.acting() as actions:
        with pytest.raises(Refused, match=r"telegram\.admin_spared"):
            await actions.perform(scene.order(BAN, words))
    async with scene.acting(scene.owner) as actions:
        await actions.perform(scene.order(BAN, words))
    assert (await scene.standing(scene.member)).kicked_by == scene.owner.id


@pytest.mark.parametrize("known", [True, False], ids=["a wrong hash", "no hash"])
async def test_an_author_is_found_through_the_message(scene: Scene, known: bool) -> None:
    words = scene.world.post(scene.group, scene.member, "words")
    async with scene.acting(knows=[scene.group]) as actions:
        if known:
            foreign = scene.peer(scene.witness, scene.member)
            actions._addressing._peers.recall([foreign])
        await actions.perform(scene.order(BAN, words))
    assert (await scene.standing(scene.member)).banned_rights.view_messages


async def test_a_channel_is_found_through_its_message(scene: Scene) -> None:
    mask = scene.world.add_channel("Mask", scene.guest, username="mask")
    spam = scene.world.post(scene.group, mask, "buy")
    async with scene.acting(knows=[scene.group]) as actions:
        await actions.perform(scene.order(BAN, spam))
    assert (await scene.standing(mask)).banned_rights.view_messages


@pytest.mark.parametrize("kind", [BAN, KICK, MUTE, DELETE_ALL, REPORT, DECLINE])
async def test_whom_telegram_does_not_tell_cannot_be_acted_against(scene: Scene, kind: ActionKind) -> None:
    words = scene.world.post(scene.group, scene.member, "words")
    scene.world.delete(words)
    async with scene.acting(knows=[scene.group]) as actions:
        with pytest.raises(Refused, match=r"telegram\.unknown_peer"):
            await actions.perform(scene.order(kind, words))


async def test_a_chat_whose_hash_is_missing_or_wrong_is_named_so(scene: Scene) -> None:
    words = scene.world.post(scene.group, scene.member, "words")
    async with scene.acting(knows=[]) as actions:
        order = scene.order(DELETE, words)
        with pytest.raises(Refused, match=r"telegram\.unknown_peer"):
            await actions.perform(replace(order, message=order.message._replace(community="1600000000")))
        actions._addressing._peers.recall([scene.peer(scene.witness, scene.group)])
        for kind in (DELETE, BAN):
            with pytest.raises(Refused, match=r"telegram\.unknown_peer"):
                await actions.perform(scene.order(kind, words))


class Family:
    """A basic group."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.group = scene.world.add_basic_group("Family", scene.owner, [scene.moderator, scene.member, scene.witness])
        scene.world.promote(self.group, scene.moderator)

    async def members(self, viewer: User) -> set[int]:
        async with self.scene.server.client(viewer) as second:
            found = await second.get_participants(self.scene.input_peer(viewer, self.group))
            return {each.id for each in found}


@pytest.mark.parametrize("kind", [KICK, BAN])
async def test_people_are_removed_from_a_basic_group(scene: Scene, kind: ActionKind) -> None:
    family = Family(scene)
    words = scene.world.post(family.group, scene.member, "words")
    async with scene.acting() as actions:
        for _ in range(2):
            await actions.perform(scene.order(kind, words))
    assert await family.members(scene.witness) == {each.id for each in (scene.owner, scene.moderator, scene.witness)}
    assert len(scene.world.done("kick", scene.member)) == 1


async def test_messages_of_a_basic_group_are_deleted_and_no_private_ones(scene: Scene) -> None:
    family = Family(scene)
    spam = scene.world.post(family.group, scene.member, "spam")
    private = scene.world.write(scene.member, scene.moderator, "between us")
    order = scene.order(DELETE, spam)
    wrong = replace(order, message=order.message._replace(message=str(private.id_for(scene.moderator))))
    async with scene.acting() as actions:
        outcomes = await actions.delete_many([order, wrong])
    assert outcomes == (None, None)
    assert await scene.texts(scene.witness, family.group) == []
    assert not private.deleted


@pytest.mark.parametrize("kind", [MUTE, ActionKind.RESTRICT, DELETE_ALL, REPORT, ActionKind.UNBAN, ActionKind.UNMUTE])
async def test_what_a_basic_group_cannot_do_is_said_so(scene: Scene, kind: ActionKind) -> None:
    family = Family(scene)
    words = scene.world.post(family.group, scene.member, "words")
    async with scene.acting() as actions:
        with pytest.raises(Refused, match=r"telegram\.basic_group"):
            await actions.perform(scene.order(kind, words))
