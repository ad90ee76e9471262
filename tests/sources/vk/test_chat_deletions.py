"""Messages of one chat are looked at and deleted in one request, and what became of each is told."""

from pathlib import Path

import pytest

from moderator_app.domain.decision import ActionKind
from moderator_app.domain.errors import AnswerNeeded, Refused
from moderator_app.domain.ports import BulkSource, SightingState
from tests.servers.vk import KEY, VkServer
from tests.sources.vk.acting import Enter, entering
from tests.sources.vk.conftest import Scene

DELETE = ActionKind.DELETE


@pytest.fixture
def acting(server: VkServer, scene: Scene, tmp_path: Path) -> Enter:
    return entering(server, scene, tmp_path)


async def test_those_of_a_chat_go_in_one_request(acting: Enter, server: VkServer) -> None:
    async with acting(moderator=False) as hand:
        written = [await hand.in_chat(f"спам {number}") for number in range(4)]
        messages = [message for _, message in written]
        assert isinstance(hand.source, BulkSource)
        beginning = hand.source.goes_along(messages[0].key.message)
        assert all(each.key.message.startswith(beginning) for each in messages)
        written[1][0].deleted = True
        seen = await hand.source.look_many([each.key for each in messages])
        assert [each.state is SightingState.GONE for each in seen] == [False, True, False, False]
        assert seen[0].text == "спам 0"
        assert await hand.source.delete_many([hand.order(DELETE, each) for each in messages]) == [None] * 4
    assert all(made.deleted for made, _ in written)
    assert server.carried_out["messages.delete"] == 1
    assert server.arrived["messages.getByConversationMessageId"] <= 2


async def test_comments_and_other_chats_go_alone(acting: Enter) -> None:
    async with acting() as hand:
        comment = (await hand.comment())[1].key.message
        chatted = (await hand.in_chat())[1].key.message
        assert hand.source.goes_along(comment) is None
        chat = chatted.partition("_")[0]
        assert hand.source.goes_along(chatted) == f"{chat}_"
        assert not f"{chat}1_5".startswith(f"{chat}_")


async def test_each_is_told_what_vk_refuses_of_it(acting: Enter, server: VkServer, scene: Scene) -> None:
    async with acting() as hand:
        made, message = await hand.in_chat()
        server.world.write(scene.chat, scene.anna, "от админа")
        await hand.seen.until(lambda: "от админа" in hand.seen.texts)
        both = [hand.seen.messages[-1], message]
        refused, done = await hand.source.delete_many([hand.order(DELETE, each) for each in both])
    assert isinstance(refused, Refused)
    assert refused.text_id == "vk.not_for_all"
    assert done is None
    assert made.deleted


async def test_a_question_stops_all_of_them_until_it_is_answered(acting: Enter, server: VkServer) -> None:
    async with acting() as hand:
        written = [await hand.in_chat(f"спам {number}") for number in range(3)]
        server.captchas.demand(hand.tokens[0], "messages.delete")
        orders = [hand.order(DELETE, message) for _, message in written]
        with pytest.raises(AnswerNeeded):
            await hand.source.delete_many(orders)
        with pytest.raises(AnswerNeeded):
            # Whatever else is to be done waits, too.
            await hand.source.delete_many([*orders, hand.order(DELETE, written[0][1])])
        hand.source.answer(KEY)
        assert await hand.source.delete_many(orders) == [None] * 3
        assert hand.source.question is None
    assert all(made.deleted for made, _ in written)


async def test_a_community_that_is_only_watched_loses_nothing(acting: Enter) -> None:
    async with acting(read_only=True) as hand:
        made, message = await hand.in_chat()
        with pytest.raises(Refused):
            await hand.source.delete_many([hand.order(DELETE, message)])
    assert not made.deleted
