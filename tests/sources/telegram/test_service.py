"""Service messages tell who came."""

from typing import Any

import pytest
from telethon.tl import patched, types

from moderator_app.domain.message import Author, AuthorKey, Community, CommunityKey, Join, Platform
from moderator_app.domain.ports import Renumbering
from moderator_app.sources.telegram.entities import known
from moderator_app.sources.telegram.service import joins_of, upgrade_of
from tests.sources.telegram.objects import ANYA, GROUP, NOON, message, service, user

KNOWN = known([user(), user(502, "Борис", username="boris")])
HERE = CommunityKey(Platform.TELEGRAM, str(GROUP))


def join(id: str, name: str, how: str, username: str = "") -> Join:
    return Join(HERE, Author(AuthorKey(Platform.TELEGRAM, id), name, username), NOON, how)


@pytest.mark.parametrize(
    ("action", "how"),
    [
        (types.MessageActionChatJoinedByLink(502), "link"),
        (types.MessageActionChatJoinedByRequest(), "request"),
        (types.MessageActionChatJoinedViaCommunity(9), "community"),
        (types.MessageActionChatAddUser([ANYA]), "invite"),
    ],
)
def test_who_comes_by_own_will_joins(action: Any, how: str) -> None:
    assert joins_of(service(action), KNOWN) == (join("501", "Анна", how),)


def test_each_of_those_invited_joins() -> None:
    found = joins_of(service(types.MessageActionChatAddUser([502, 503])), KNOWN)
    assert found == (join("502", "Борис", "invite", "boris"), join("503", "", "invite"))


@pytest.mark.parametrize(
    "other",
    [
        message(),
        patched.MessageEmpty(7, None),
        service(types.MessageActionChatAddUser([502]), peer_id=types.PeerUser(ANYA)),
        service(types.MessageActionChatCreate("Двор", [501, 502])),
        service(types.MessageActionChatDeleteUser(502)),
        service(types.MessageActionPinMessage()),
        service(types.MessageActionTopicCreate("Тема", 1)),
        service(types.MessageActionChatAddUser([502]), date=None),
    ],
)
def test_other_messages_bring_nobody_in(other: Any) -> None:
    assert joins_of(other, KNOWN) == ()


def test_a_basic_group_tells_what_it_became_and_the_supergroup_what_it_was() -> None:
    to = upgrade_of(service(types.MessageActionChatMigrateTo(GROUP), peer_id=types.PeerChat(5)), {})
    since = upgrade_of(service(types.MessageActionChannelMigrateFrom("Двор", 5)), {})
    assert to == since == Renumbering(CommunityKey(Platform.TELEGRAM, "5"), Community(HERE), "chat5")
    assert (upgrade_of(service(types.MessageActionPinMessage()), {}), upgrade_of(message(), {})) == (None, None)
