"""Users, chats and channels are told apart and can be addressed again."""

from typing import Any

import pytest
from telethon.tl import types

from moderator_app.domain.message import Community, CommunityKey, Platform
from moderator_app.domain.ports import Peer
from moderator_app.sources.telegram.entities import community, input_peer, known, peer
from tests.sources.telegram.objects import basic_group, group, user


def test_a_user_and_a_chat_of_the_same_number_are_two() -> None:
    found = known([user(5)], [basic_group(5), group(5)])
    assert {type(entity) for entity in found.values()} == {types.User, types.Chat, types.Channel}


@pytest.mark.parametrize(
    ("entity", "expected", "addressed"),
    [
        (user(5, username="anya"), Peer("user", "5", 75, "anya"), types.InputPeerUser(5, 75)),
        (group(5), Peer("channel", "5", 95), types.InputPeerChannel(5, 95)),
        (basic_group(5), Peer("chat", "5", 0), types.InputPeerChat(5)),
        (types.ChannelForbidden(5, 6, "Закрыт"), Peer("channel", "5", 6), types.InputPeerChannel(5, 6)),
        (types.ChatForbidden(5, "Закрыт"), Peer("chat", "5", 0), types.InputPeerChat(5)),
    ],
)
def test_a_peer_can_be_addressed_again(entity: Any, expected: Peer, addressed: Any) -> None:
    assert peer(entity) == expected
    assert input_peer(expected) == addressed


@pytest.mark.parametrize(
    "entity", [user(5, min=True), user(5, access_hash=None), group(5, min=True), types.UserEmpty(5)]
)
def test_what_cannot_address_anybody_gives_no_peer(entity: Any) -> None:
    assert peer(entity) is None


@pytest.mark.parametrize("entity", [group(5, "Двор"), basic_group(5, "Двор"), types.ChannelForbidden(5, 6, "Двор")])
def test_a_community_has_a_bare_id_and_its_title(entity: Any) -> None:
    assert community(entity) == Community(CommunityKey(Platform.TELEGRAM, "5"), "Двор")
