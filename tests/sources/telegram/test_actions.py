"""Orders have the effects that another user's client sees."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from telethon.tl import types

from moderator_app.domain.decision import ActionKind
from moderator_app.domain.errors import Refused, TryLater
from moderator_app.domain.rights import obstacle
from moderator_app.sources.telegram.rights import KINDS
from tests.servers.telegram import MUTED, NO_MEDIA, TelegramServer
from tests.sources.telegram.acting import Scene

HOUR = 3600


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with TelegramServer() as server:
        yield Scene(server, tmp_path)


async def test_a_message_is_deleted_for_everybody(scene: Scene) -> None:
    scene.world.post(scene.group, scene.witness, "stays")
    spam = scene.world.post(scene.group, scene.member, "spam")
    async with scene.acting() as actions:
        await actions.perform(scene.order(ActionKind.DELETE, spam))
        await actions.perform(scene.order(ActionKind.DELETE, spam))
    assert await scene.texts() == ["stays"]


async def test_a_hundred_messages_go_in_one_request_and_those_gone_count_as_done(scene: Scene) -> None:
    posted = [scene.world.post(scene.group, scene.member, str(number)) for number in range(101)]
    scene.world.delete(posted[7])
    async with scene.acting() as actions:
        outcomes = await actions.delete_many([scene.order(ActionKind.DELETE, each) for each in posted[:100]])
    assert set(outcomes) == {None}
    assert await scene.texts() == ["100"]
    assert scene.server.arrived["channels.DeleteMessages"] == 1
    assert all(len(scene.world.done("delete", each)) == 1 for each in posted[:100])


async def test_of_many_messages_only_those_that_may_not_be_deleted_fail(scene: Scene) -> None:
    """A plain member may delete only what is the member's own."""
    posted = [scene.world.post(scene.group, scene.witness, str(number)) for number in range(6)]
    posted[3:4] = [scene.world.post(scene.group, scene.member, "foreign")]
    async with scene.acting(scene.witness) as actions:
        outcomes = await actions.delete_many([scene.order(ActionKind.DELETE, each) for each in posted])
    assert [error and error.text_id for error in outcomes] == [None] * 3 + ["telegram.delete_forbidden"] + [None] * 2
    assert await scene.texts() == ["3", "foreign"]


async def test_everything_by_an_author_is_deleted(scene: Scene) -> None:
    theirs = [scene.world.post(scene.group, scene.member, str(number)) for number in range(230)]
    scene.world.post(scene.group, scene.witness, "stays")
    async with scene.acting() as actions:
        await actions.perform(scene.order(ActionKind.DELETE_ALL, theirs[0]))
    assert await scene.texts() == ["stays"]
    assert scene.server.arrived["channels.DeleteParticipantHistory"] == 3


async def test_who_is_banned_is_out_until_the_ban_is_lifted(scene: Scene) -> None:
    spam = scene.world.post(scene.group, scene.member, "spam")
    async with scene.acting() as actions:
        await actions.perform(scene.order(ActionKind.BAN, spam))
        banned = await scene.standing(scene.member)
        assert (banned.left, banned.kicked_by) == (True, scene.moderator.id)
        assert (banned.banned_rights.view_messages, banned.banned_rights.until_date.timestamp()) == (True, 0)
        await actions.perform(scene.order(ActionKind.UNBAN, spam))
    assert await scene.standing(scene.member) is None
    assert scene.group.bans == {}


async def test_a_ban_may_end_by_itself(scene: Scene) -> None:
    spam = scene.world.post(scene.group, scene.member, "spam")
    async with scene.acting() as actions:
        await actions.perform(scene.order(ActionKind.BAN, spam, length=7 * 24 * HOUR))
    until = (await scene.standing(scene.member)).banned_rights.until_date
    assert 0 <= (until - datetime.now(UTC)).total_seconds() - 7 * 24 * HOUR <= 61


async def test_who_is_kicked_is_out_and_may_come_back(scene: Scene) -> None:
    spam = scene.world.post(scene.group, scene.member, "spam")
    async with scene.acting() as actions:
        await actions.perform(scene.order(ActionKind.KICK, spam))
        assert await scene.standing(scene.member) is None
        assert scene.group.bans == {}
        await actions.perform(scene.order(ActionKind.KICK, spam))
    assert len(scene.world.done("ban", scene.member)) == 1


async def test_kicking_whom_another_admin_has_banned_lifts_no_ban(scene: Scene) -> None:
    spam = scene.world.post(scene.group, scene.member, "spam")
    scene.world.ban(scene.group, scene.member, scene.owner)
    async with scene.acting() as actions:
        await actions.perform(scene.order(ActionKind.KICK, spam))
    assert (await scene.standing(scene.member)).kicked_by == scene.owner.id


async def test_who_is_muted_may_read_and_write_again_later(scene: Scene) -> None:
    spam = scene.world.post(scene.group, scene.member, "spam")
    async with scene.acting() as actions:
        await actions.perform(scene.order(ActionKind.MUTE, spam, length=HOUR))
        muted = await scene.standing(scene.member)
        assert (muted.left, muted.banned_rights.send_messages, muted.banned_rights.view_messages) == (
            False,
            True,
            False,
        )
        assert 0 <= muted.banned_rights.until_date.timestamp() - scene.world.now - HOUR <= 61
        await actions.perform(scene.order(ActionKind.UNMUTE, spam))
    assert isinstance(await scene.standing(scene.member), types.ChannelParticipant)


async def test_a_mute_of_seconds_does_not_become_endless(scene: Scene) -> None:
    spam = scene.world.post(scene.group, scene.member, "spam")
    async with scene.acting() as actions:
        await actions.perform(scene.order(ActionKind.MUTE, spam, length=10))
    assert 0 < (await scene.standing(scene.member)).banned_rights.until_date.timestamp() - scene.world.now <= 120


async def test_mutes_end_by_telegrams_clock(scene: Scene) -> None:
    """This machine's clock is two minutes late: so little that nobody complains of it."""
    spam = scene.world.post(scene.group, scene.member, "spam")
    real = scene.world.clock
    scene.world.clock = lambda: real() + 120
    async with scene.acting() as actions:
        await actions.perform(scene.order(ActionKind.MUTE, spam, length=60))
    assert 58 <= scene.group.bans[scene.member].until - scene.world.now <= 121


async def test_who_is_restricted_may_still_write(scene: Scene) -> None:
    spam = scene.world.post(scene.group, scene.member, "spam")
    async with scene.acting() as actions:
        await actions.perform(scene.order(ActionKind.RESTRICT, spam))
    async with scene.server.client(scene.member) as restricted:
        await restricted.send_message(scene.input_peer(scene.member, scene.group), "words")
    rights = (await scene.standing(scene.member)).banned_rights
    assert (rights.send_media, rights.send_photos, rights.embed_links, rights.send_stickers) == (True,) * 4
    assert (rights.send_messages, rights.send_plain, rights.view_messages) == (False,) * 3


UNTOUCHED = [
    # What is, and what is ordered, leaves it so.
    (MUTED, ActionKind.MUTE, "a mute"),
    (MUTED, ActionKind.UNBAN, "a mute when a ban is lifted"),
    (None, ActionKind.UNMUTE, "a ban when a mute is lifted"),
    (None, ActionKind.MUTE, "a ban"),
    (None, ActionKind.RESTRICT, "a ban of whom media are forbidden"),
    (None, ActionKind.BAN, "a ban again"),
    (NO_MEDIA, ActionKind.UNBAN, "restrictions when a ban is lifted"),
]


@pytest.mark.parametrize(("before", "kind"), [each[:2] for each in UNTOUCHED], ids=[each[2] for each in UNTOUCHED])
async def test_what_another_admin_did_and_is_no_less_stays(
    scene: Scene, before: types.ChatBannedRights | None, kind: ActionKind
) -> None:
    spam = scene.world.post(scene.group, scene.member, "spam")
    scene.world.ban(scene.group, scene.member, scene.owner, **({} if before is None else {"rights": before}))
    known = scene.group.bans[scene.member]
    async with scene.acting() as actions:
        await actions.perform(scene.order(kind, spam))
    assert scene.group.bans[scene.member] is known
    assert scene.server.arrived["channels.EditBanned"] == 0


async def test_a_mute_becomes_a_ban_and_a_shorter_mute_a_longer_one(scene: Scene) -> None:
    spam = scene.world.post(scene.group, scene.member, "spam")
    async with scene.acting() as actions:
        await actions.perform(scene.order(ActionKind.MUTE, spam, length=HOUR))
        await actions.perform(scene.order(ActionKind.MUTE, spam, length=24 * HOUR, idempotency_key=11))
        assert scene.group.bans[scene.member].until - scene.world.now > 23 * HOUR
        await actions.perform(scene.order(ActionKind.BAN, spam, idempotency_key=12))
    assert scene.group.shut_out(scene.member, scene.world.now)


@pytest.mark.parametrize("kind", [ActionKind.UNBAN, ActionKind.UNMUTE])
@pytest.mark.parametrize("inside", [True, False])
async def test_lifting_what_never_was_is_done(scene: Scene, kind: ActionKind, inside: bool) -> None:
    words = scene.world.post(scene.group, scene.member if inside else scene.guest, "words")
    async with scene.acting() as actions:
        await actions.perform(scene.order(kind, words))
    assert scene.group.bans == {}


async def test_a_channel_that_writes_as_itself_is_banned(scene: Scene) -> None:
    mask = scene.world.add_channel("Mask", scene.guest, username="mask")
    spam = scene.world.post(scene.group, mask, "buy")
    async with scene.acting() as actions:
        await actions.perform(scene.order(ActionKind.BAN, spam))
        assert (await scene.standing(mask)).banned_rights.view_messages
        await actions.perform(scene.order(ActionKind.UNBAN, spam))
    assert scene.group.bans == {}


async def test_an_admin_without_a_name_is_spared(scene: Scene) -> None:
    words = scene.world.post(scene.group, scene.group, "words")
    async with scene.acting() as actions:
        with pytest.raises(Refused, match=r"telegram\.admin_spared"):
            await actions.perform(scene.order(ActionKind.BAN, words))
    assert scene.server.arrived["channels.EditBanned"] == 0


async def test_a_request_to_join_is_declined_once(scene: Scene) -> None:
    words = scene.world.post(scene.group, scene.guest, "words")
    scene.world.ask_to_join(scene.group, scene.guest)
    async with scene.acting() as actions:
        await actions.perform(scene.order(ActionKind.DECLINE, words))
        await actions.perform(scene.order(ActionKind.DECLINE, words))
        with pytest.raises(Refused, match=r"telegram\.let_in"):
            await actions.perform(scene.order(ActionKind.DECLINE, scene.world.post(scene.group, scene.member, "hi")))
    assert (scene.group.requests, len(scene.world.done("decline", scene.guest))) == ({}, 1)


async def test_spam_is_reported_once_by_an_order(scene: Scene) -> None:
    spam = scene.world.post(scene.group, scene.member, "spam")
    async with scene.acting() as actions:
        await actions.perform(scene.order(ActionKind.REPORT, spam))
        await actions.perform(scene.order(ActionKind.REPORT, spam))
        assert len(scene.world.done("report", spam)) == 1
        await actions.perform(scene.order(ActionKind.REPORT, spam, idempotency_key=5))
    assert len(scene.world.done("report", spam)) == 2


async def test_what_is_gone_cannot_be_reported(scene: Scene) -> None:
    spam = scene.world.post(scene.group, scene.member, "spam")
    scene.world.delete(spam)
    async with scene.acting() as actions:
        with pytest.raises(Refused, match=r"telegram\.message_gone"):
            await actions.perform(scene.order(ActionKind.REPORT, spam))


async def test_a_warning_answers_the_message_once(scene: Scene) -> None:
    words = scene.world.post(scene.group, scene.member, "words")
    async with scene.acting() as actions:
        for _ in range(2):
            await actions.perform(scene.order(ActionKind.WARN, words, text="Please do not."))
    async with scene.server.client(scene.member) as warned:
        found = await warned.get_messages(scene.input_peer(scene.member, scene.group), limit=10)
    assert [(each.message, each.reply_to_msg_id, each.sender_id) for each in found[:-1]] == [
        ("Please do not.", words.id, scene.moderator.id)
    ]


async def test_nobody_is_warned_about_a_message_that_is_gone(scene: Scene) -> None:
    words = scene.world.post(scene.group, scene.member, "words")
    scene.world.delete(words)
    async with scene.acting() as actions:
        with pytest.raises(Refused, match=r"telegram\.message_gone"):
            await actions.perform(scene.order(ActionKind.WARN, words, text="Please do not."))
    assert await scene.texts() == []


async def test_an_account_that_reads_only_does_nothing(scene: Scene) -> None:
    spam = scene.world.post(scene.group, scene.member, "spam")
    async with scene.acting(read_only=True) as actions:
        for kind in sorted(KINDS):
            with pytest.raises(Refused, match=r"telegram\.read_only"):
                await actions.perform(scene.order(kind, spam))
        with pytest.raises(Refused, match=r"telegram\.read_only"):
            await actions.delete_many([scene.order(ActionKind.DELETE, spam)])
    assert await scene.texts() == ["spam"]


async def test_what_is_known_to_be_forbidden_is_not_asked_for(scene: Scene) -> None:
    spam = scene.world.post(scene.group, scene.member, "spam")
    async with scene.acting(rights=[ActionKind.DELETE]) as actions:
        why = obstacle(ActionKind.BAN, KINDS, [])
        assert why is not None
        with pytest.raises(Refused, match=why.text_id):
            await actions.perform(scene.order(ActionKind.BAN, spam))
    assert scene.server.arrived["channels.GetParticipant"] == 0


async def test_when_telegram_asks_to_wait_nothing_waits_here(scene: Scene) -> None:
    spam = scene.world.post(scene.group, scene.member, "spam")
    scene.server.faults.fail("channels.EditBanned", "FLOOD_WAIT_40")
    scene.server.faults.fail("messages.SendMessage", "INTERNAL")
    before = scene.world.clock()
    async with scene.acting() as actions:
        with pytest.raises(TryLater) as later:
            await actions.perform(scene.order(ActionKind.BAN, spam))
        assert (later.value.text_id, later.value.seconds) == ("telegram.flood", 40)
        with pytest.raises(TryLater) as later:
            await actions.perform(scene.order(ActionKind.WARN, spam, text="Please do not."))
        assert later.value.text_id == "telegram.trouble"
        assert scene.world.clock() - before < 2
        assert scene.group.bans == {}
        # Asked anew, it is carried out: nothing remembers the wait in the program's stead.
        await actions.perform(scene.order(ActionKind.BAN, spam))
        await actions.perform(scene.order(ActionKind.WARN, spam, text="Please do not."))
    assert scene.group.shut_out(scene.member, scene.world.now)
    assert await scene.texts() == ["spam", "Please do not."]
