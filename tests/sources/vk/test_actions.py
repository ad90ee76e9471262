"""Orders have the effects that are then read back from VK, once each, with the tokens that may have them."""

import asyncio
from pathlib import Path

import pytest

from moderator_app.domain.decision import ActionKind
from moderator_app.domain.errors import AnswerNeeded, ModeratorError, Refused, TryLater, TryThisLater
from moderator_app.domain.ports import SightingState
from tests.servers.vk import KEY, Kind, Role, VkServer
from tests.sources.vk.acting import Enter, entering
from tests.sources.vk.conftest import Scene
from tests.sources.vk.running import Seen, make_source, order, running

COMMENTED = [Kind.WALL, Kind.PHOTO, Kind.VIDEO, Kind.MARKET, Kind.BOARD]
DAY = 86_400


@pytest.fixture
def acting(server: VkServer, scene: Scene, tmp_path: Path) -> Enter:
    return entering(server, scene, tmp_path)


@pytest.mark.parametrize("kind", COMMENTED)
async def test_a_comment_is_deleted_once_and_brought_back(acting: Enter, server: VkServer, kind: Kind) -> None:
    async with acting() as hand:
        comment, message = await hand.comment(kind=kind)
        for _ in range(2):
            await hand.do(ActionKind.DELETE, message)
        assert comment.deleted
        assert (await hand.source.look(message.key)).state is SightingState.GONE
        await hand.do(ActionKind.RESTORE, message)
        assert not comment.deleted
        assert (await hand.source.look(message.key)).state is SightingState.PRESENT
        await hand.do(ActionKind.RESTORE, message)
    assert len(server.world.done("delete", comment)) == len(server.world.done("restore", comment)) == 1


async def test_looking_shows_what_was_edited(acting: Enter, server: VkServer) -> None:
    async with acting() as hand:
        comment, message = await hand.comment("было")
        in_chat, chatted = await hand.in_chat("было")
        server.world.edit(comment, "стало")
        server.world.edit_message(in_chat, "стало")
        assert (await hand.source.look(message.key)).text == "стало"
        assert (await hand.source.look(chatted.key)).text == "стало"


async def test_without_a_users_token_looking_knows_chats_only(acting: Enter) -> None:
    async with acting(moderator=False) as hand:
        _, message = await hand.comment()
        _, chatted = await hand.in_chat()
        assert (await hand.source.look(message.key)).state is SightingState.UNKNOWN
        assert (await hand.source.look(chatted.key)).state is SightingState.PRESENT


async def test_what_was_deleted_too_long_ago_stays_so(acting: Enter) -> None:
    async with acting() as hand:
        for kind in (Kind.WALL, Kind.PHOTO):
            comment, message = await hand.comment(kind=kind)
            await hand.do(ActionKind.DELETE, message)
            comment.expired = True
            assert (await hand.refused(ActionKind.RESTORE, message)).text_id == "vk.too_late"


async def test_a_chat_message_is_deleted_for_everybody(acting: Enter, server: VkServer) -> None:
    async with acting(moderator=False) as hand:
        written, message = await hand.in_chat()
        for _ in range(2):
            await hand.do(ActionKind.DELETE, message)
    assert written.deleted
    assert len(server.world.done("delete", written)) == 1


async def test_what_vk_refuses_inside_its_success_is_told(acting: Enter, server: VkServer, scene: Scene) -> None:
    async with acting() as hand:
        server.world.write(scene.chat, scene.anna, "от админа")
        await hand.seen.until(lambda: hand.seen.texts == ["от админа"])
        error = await hand.refused(ActionKind.DELETE, hand.seen.messages[-1])
    assert error.text_id == "vk.not_for_all"


@pytest.mark.parametrize("length", [None, 3 * DAY])
async def test_a_ban_has_length_reason_and_comment_and_is_lifted(
    acting: Enter, server: VkServer, scene: Scene, length: int | None
) -> None:
    world = server.world
    async with acting() as hand:
        _, message = await hand.comment()
        for _ in range(2):
            await hand.do(ActionKind.BAN, message, length=length, reason="spam")
        ban = world.banned(scene.community)[scene.spammer.id]
        assert (ban.reason, ban.comment, ban.by) == (1, "spam", scene.anna.id)
        assert ban.end == 0 if length is None else abs(ban.end - world.now - length) < 60
        for _ in range(2):
            await hand.do(ActionKind.UNBAN, message)
    assert world.banned(scene.community) == {}
    assert len(world.done("ban", scene.spammer.id)) == 1


async def test_a_longer_ban_follows_a_short_one(acting: Enter, server: VkServer, scene: Scene) -> None:
    async with acting() as hand:
        _, message = await hand.comment()
        await hand.do(ActionKind.BAN, message, length=DAY)
        await hand.do(ActionKind.BAN, message)
        await hand.do(ActionKind.BAN, message, length=DAY)
    assert server.world.banned(scene.community)[scene.spammer.id].end == 0
    assert server.carried_out["groups.ban"] == 2


async def test_a_ban_lasts_a_year_at_most(acting: Enter, server: VkServer, scene: Scene) -> None:
    async with acting() as hand:
        _, message = await hand.comment()
        await hand.do(ActionKind.BAN, message, length=10 * 365 * DAY)
    assert 0 < server.world.banned(scene.community)[scene.spammer.id].end - server.world.now <= 366 * DAY


async def test_no_more_are_banned_a_day_than_the_settings_allow(acting: Enter, server: VkServer, scene: Scene) -> None:
    async with acting(bans_per_day=1) as hand:
        _, message = await hand.comment()
        await hand.do(ActionKind.BAN, message)
        await hand.do(ActionKind.UNBAN, message)
        error = await hand.refused(ActionKind.BAN, message)
    assert isinstance(error, TryLater)
    assert error.text_id.startswith("vk.ban_cap")
    assert server.carried_out["groups.ban"] == 1


async def test_a_community_that_writes_is_banned_too(acting: Enter, server: VkServer, scene: Scene) -> None:
    other = server.world.add_community("Spammers", scene.spammer)
    async with acting() as hand:
        server.world.comment(scene.post, other, "реклама")
        await hand.seen.until(lambda: hand.seen.messages)
        await hand.do(ActionKind.BAN, hand.seen.messages[0])
    assert set(server.world.banned(scene.community)) == {-other.id}


async def test_the_community_itself_and_managers_are_spared(acting: Enter, server: VkServer, scene: Scene) -> None:
    server.world.appoint(scene.community, scene.guest, Role.MODERATOR)
    async with acting() as hand:
        server.world.comment(scene.post, scene.community, "от сообщества")
        server.world.comment(scene.post, scene.guest, "от своего")
        await hand.seen.until(lambda: len(hand.seen.messages) == 2)
        own, manager = hand.seen.messages
        assert (await hand.refused(ActionKind.BAN, own)).text_id == "vk.own_community"
        assert (await hand.refused(ActionKind.BAN, manager)).text_id == "vk.no_right"
    assert server.world.banned(scene.community) == {}


async def test_somebody_is_removed_from_a_chat_once(acting: Enter, server: VkServer, scene: Scene) -> None:
    async with acting(moderator=False) as hand:
        _, message = await hand.in_chat()
        for _ in range(2):
            await hand.do(ActionKind.KICK, message)
    assert scene.spammer.id not in scene.chat.members
    assert len(server.world.done("remove", scene.spammer.id)) == 1


@pytest.mark.parametrize("kind", [*COMMENTED, None])
async def test_a_warning_is_a_reply_that_is_sent_once(
    acting: Enter, server: VkServer, scene: Scene, kind: Kind | None
) -> None:
    async with acting() as hand:
        _, message = await (hand.comment(kind=kind) if kind is not None else hand.in_chat())
        warning = hand.order(ActionKind.WARN, message, text="Не надо так")
        for _ in range(3):
            await hand.source.perform(warning)
        await hand.seen.until(lambda: len(hand.seen.texts) == 2)
    said = hand.seen.messages[-1]
    assert said.text.endswith("Не надо так")
    assert said.sender_chat == str(scene.community.id)
    assert said.reply_to == (message.key.message if kind is not Kind.BOARD else "")


async def test_comments_under_a_post_are_closed_and_opened(acting: Enter, scene: Scene) -> None:
    async with acting(moderator=False) as hand:
        _, message = await hand.comment()
        await hand.do(ActionKind.CLOSE_COMMENTS, message)
        assert scene.post.closed
        await hand.do(ActionKind.OPEN_COMMENTS, message)
        assert not scene.post.closed


async def test_everything_by_an_author_is_deleted_within_a_period(
    acting: Enter, server: VkServer, scene: Scene
) -> None:
    world = server.world
    async with acting() as hand:
        old, _ = await hand.comment(date=world.now - 3 * DAY)
        comments = [(await hand.comment(kind=kind))[0] for kind in COMMENTED]
        written = [(await hand.in_chat())[0] for _ in range(3)]
        others = world.comment(scene.post, scene.guest, "чужое")
        await hand.seen.until(lambda: "чужое" in hand.seen.texts)
        newest = next(one for one in hand.seen.messages if one.text == "спам")
        for _ in range(2):
            await hand.do(ActionKind.DELETE_ALL, newest, length=DAY)
        assert all(each.deleted for each in (*comments, *written))
        assert not old.deleted
        assert not others.deleted
        assert server.carried_out["messages.delete"] == 2
        await hand.do(ActionKind.DELETE_ALL, newest)
        assert old.deleted
    assert all(len(world.done("delete", each)) == 1 for each in (*comments, *written))


LOST: list[tuple[ActionKind, str, str]] = [
    (ActionKind.DELETE, "wall.deleteComment", "delete"),
    (ActionKind.BAN, "groups.ban", "ban"),
    (ActionKind.WARN, "wall.createComment", "comment"),
    (ActionKind.UNBAN, "groups.unban", "unban"),
    (ActionKind.RESTORE, "wall.restoreComment", "restore"),
]


@pytest.mark.parametrize("fault", ["lose_answers", "html", "truncate", "hang_up"])
@pytest.mark.parametrize(("kind", "method", "deed"), LOST)
async def test_a_lost_answer_makes_no_second_effect(
    acting: Enter, server: VkServer, scene: Scene, kind: ActionKind, method: str, deed: str, fault: str
) -> None:
    world = server.world
    async with acting(answer_seconds=1.0) as hand:
        comment, message = await hand.comment()
        if kind is ActionKind.UNBAN:
            world.ban(scene.community, scene.spammer.id, scene.anna.id)
        if kind is ActionKind.RESTORE:
            world.delete(comment, scene.anna.id)
        done = len(world.done(deed))
        getattr(server.faults, fault)(method)
        again = hand.order(kind, message, text="предупреждение")
        with pytest.raises(TryLater):
            await hand.source.perform(again)
        await hand.source.perform(again)
    assert len(world.done(deed)) == done + 1


async def test_an_answer_that_never_comes_ends_in_time(acting: Enter, server: VkServer) -> None:
    async with acting(answer_seconds=0.5) as hand:
        _, message = await hand.comment()
        server.faults.lose_answers("wall.deleteComment", hang_up=False)
        async with asyncio.timeout(5):
            assert isinstance(await hand.refused(ActionKind.DELETE, message), TryLater)


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        (1, TryLater), (10, TryLater), (6, None), (9, TryLater), (29, TryLater), (7, Refused), (100, Refused),
        (15, Refused), (104, None), (19, None), (18, Refused), (103, Refused), (5, TryThisLater), (1117, TryThisLater),
        (17, AnswerNeeded), (24, AnswerNeeded), (4242, Refused),
    ],
)  # fmt: skip
async def test_a_refusal_of_a_deletion_means_what_the_table_says(
    acting: Enter, server: VkServer, code: int, wanted: type[ModeratorError] | None
) -> None:
    async with acting() as hand:
        comment, message = await hand.comment()
        server.faults.fail("wall.deleteComment", code)
        if wanted is None:
            await hand.do(ActionKind.DELETE, message)
        else:
            assert type(await hand.refused(ActionKind.DELETE, message)) is wanted
        if code == 6:
            assert comment.deleted


async def test_access_denied_to_what_is_gone_counts_as_done(acting: Enter, server: VkServer, scene: Scene) -> None:
    async with acting() as hand:
        comment, message = await hand.comment()
        server.world.delete(comment, scene.guest.id, quietly=True)
        await hand.do(ActionKind.DELETE, message)
        _, chatted = await hand.in_chat()
        server.faults.fail("messages.delete", 15)
        assert (await hand.refused(ActionKind.DELETE, chatted)).text_id == "vk.no_right"


async def test_a_captcha_stops_everything_until_a_human_answers(acting: Enter, server: VkServer) -> None:
    async with acting() as hand:
        first, message = await hand.comment("раз")
        second, other = await hand.comment("два")
        server.captchas.demand(hand.tokens[1], "wall.deleteComment")
        one, two = hand.order(ActionKind.DELETE, message), hand.order(ActionKind.DELETE, other)
        for each in (one, two):
            with pytest.raises(AnswerNeeded):
                await hand.source.perform(each)
        assert server.arrived["wall.deleteComment"] == 1
        question = hand.source.question
        assert question is not None
        assert question.address.startswith(server.address)
        picture = await hand.source.picture()
        assert picture is not None
        assert picture.startswith(b"\x89PNG")
        hand.source.answer("wrong")
        with pytest.raises(AnswerNeeded):
            await hand.source.perform(one)
        hand.source.answer(f" {KEY} ")
        await hand.source.perform(one)
        await hand.source.perform(two)
        assert hand.source.question is None
    assert first.deleted
    assert second.deleted


async def test_a_captcha_is_answered_by_the_address_of_the_page_in_the_browser(acting: Enter, server: VkServer) -> None:
    async with acting() as hand:
        comment, message = await hand.comment()
        server.captchas.demand(hand.tokens[1])
        deletion = hand.order(ActionKind.DELETE, message)
        with pytest.raises(AnswerNeeded):
            await hand.source.perform(deletion)
        token = server.captchas.success_token(hand.tokens[1])
        hand.source.answer(f"https://id.vk.test/blank.html#success_token={token}&x=1")
        await hand.source.perform(deletion)
    assert comment.deleted


async def test_a_confirmation_is_given_with_the_second_try(acting: Enter, server: VkServer) -> None:
    async with acting() as hand:
        comment, message = await hand.comment()
        server.faults.fail(
            "wall.deleteComment",
            24,
            confirmation_text="Точно?",
            when=lambda given, _: given.get("confirm") != "1",
            times=9,
        )
        deletion = hand.order(ActionKind.DELETE, message)
        with pytest.raises(AnswerNeeded) as caught:
            await hand.source.perform(deletion)
        assert caught.value.parameters["reason"] == "Точно?"
        await hand.source.perform(deletion)
    assert comment.deleted


async def test_with_a_communitys_token_alone_it_is_said_what_will_not_work(
    acting: Enter, server: VkServer, scene: Scene
) -> None:
    async with acting(moderator=False) as hand:
        (community,) = hand.source.communities
        wall, chat, topic = (dict(hand.source.obstacles_at(community, place)) for place in ("", "chat", "topic"))
        _, message = await hand.comment()
        error = await hand.refused(ActionKind.DELETE, message)
    assert error.text_id == "vk.not_for_this_token"
    assert wall[ActionKind.DELETE].text_id == wall[ActionKind.BAN].text_id == "vk.needs_user_token"
    assert ActionKind.CLOSE_COMMENTS not in wall
    assert ActionKind.WARN not in wall
    assert ActionKind.DELETE not in chat
    assert ActionKind.KICK not in chat
    assert chat[ActionKind.RESTORE].text_id == "right.not_here"
    assert ActionKind.DELETE not in topic
    assert server.arrived["wall.deleteComment"] == 0


async def test_a_method_that_turns_out_to_be_closed_goes_to_the_other_token(
    acting: Enter, server: VkServer, scene: Scene
) -> None:
    world = server.world
    is_community = lambda _given, token: token is not None and token.holder is scene.community  # noqa: E731
    async with acting() as hand:
        server.faults.fail("wall.createComment", 27, times=99, when=is_community)
        _, message = await hand.comment()
        await hand.do(ActionKind.WARN, message, text="раз")
        await hand.do(ActionKind.WARN, message, text="два")
    assert server.refused["wall.createComment", 27] == 1
    assert len(world.done("comment")) == 3


async def test_a_token_of_vk_id_is_known_to_be_of_no_use(acting: Enter, server: VkServer, scene: Scene) -> None:
    token = server.world.user_token(scene.anna, vk_id=True)
    async with acting(tokens=("", token)) as hand:
        assert hand.seen.states()[-1] == "connected vk.user_token_idle"
        (community,) = hand.source.communities
        why = dict(hand.source.obstacles_at(community, ""))[ActionKind.DELETE]
        _, message = await hand.in_chat()
        await hand.do(ActionKind.DELETE, message)
    assert why.text_id == "vk.token_cannot_moderate"


async def test_a_token_without_a_right_is_known_to_lack_it(acting: Enter, server: VkServer, scene: Scene) -> None:
    tokens = server.world.community_token(scene.community, ["manage"]), server.world.user_token(scene.anna, ["wall"])
    async with acting(tokens=tokens) as hand:
        (community,) = hand.source.communities
        wall, chat = (dict(hand.source.obstacles_at(community, place)) for place in ("", "chat"))
    assert ActionKind.DELETE not in wall
    assert (wall[ActionKind.BAN].text_id, dict(wall[ActionKind.BAN].parameters)) == (
        "vk.scope_missing",
        {"right": "groups"},
    )
    assert dict(chat[ActionKind.DELETE].parameters) == {"right": "messages"}


async def test_the_token_of_somebody_who_manages_nothing_is_of_no_use(
    acting: Enter, server: VkServer, scene: Scene
) -> None:
    token = server.world.user_token(scene.guest)
    async with acting(tokens=("", token)) as hand:
        assert hand.seen.states()[-1] == "connected vk.no_manager"
        (community,) = hand.source.communities
        assert dict(hand.source.obstacles_at(community, ""))[ActionKind.BAN].text_id == "vk.needs_manager"


async def test_what_a_refused_users_token_is_needed_for_waits(acting: Enter, server: VkServer) -> None:
    async with acting() as hand:
        comment, message = await hand.comment()
        server.world.revoke(hand.tokens[1])
        for _ in range(2):
            assert type(await hand.refused(ActionKind.DELETE, message)) is TryThisLater
        assert hand.seen.states().count("connected vk.user_token_refused") == 1
        assert server.arrived["wall.deleteComment"] == 1
        _, chatted = await hand.in_chat()
        await hand.do(ActionKind.DELETE, chatted)
    async with acting() as hand:
        await hand.source.perform(order(ActionKind.DELETE, message))
    assert comment.deleted


async def test_of_a_community_that_is_only_watched_nothing_is_changed(
    server: VkServer, scene: Scene, tmp_path: Path
) -> None:
    seen = Seen()
    source = make_source(server, scene.community, tmp_path, seen, scene.anna, read_only=True)
    async with running(source, seen):
        await seen.connected()
        server.world.comment(scene.post, scene.spammer, "спам")
        await seen.until(lambda: seen.messages)
        with pytest.raises(Refused) as caught:
            await source.perform(order(ActionKind.DELETE, seen.messages[0]))
        (community,) = source.communities
        assert source.rights(community) == frozenset()
        assert len(source.obstacles_at(community, "")) == len(ActionKind)
    assert caught.value.text_id == "vk.read_only"
