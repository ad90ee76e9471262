"""Forwards from foreign chats."""

import pytest

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import ChannelStatus, Lists
from moderator_app.domain.message import AuthorKey, Forward, Platform
from moderator_app.judging.engine import Engine
from tests.builders import author
from tests.judging.flags import flagged
from tests.judging.looking import PLAIN, found


def channel(id: str) -> AuthorKey:
    return AuthorKey(Platform.TELEGRAM, id)


def text_ids(forward: Forward, engine: Engine = PLAIN, community: str = "100") -> list[str]:
    return [each.text_id for each in found("forward", "привет", engine, forward=forward, community=community)]


@pytest.mark.parametrize("forward", [Forward("-5", "Заработок"), Forward("5"), Forward(name="Заработок")])
def test_a_forward_from_elsewhere_is_found_and_does_not_flag_alone(forward: Forward) -> None:
    assert text_ids(forward) == ["finding.forward.foreign"]
    assert not flagged("привет", forward=forward)


def test_a_hidden_origin_is_named_as_such() -> None:
    assert text_ids(Forward()) == ["finding.forward.hidden"]


@pytest.mark.parametrize("origin", ["100", "-100", "-100100"])
def test_a_forward_from_the_community_itself_passes(origin: str) -> None:
    assert text_ids(Forward(origin)) == []


def test_own_words_pass() -> None:
    assert text_ids(Forward("42", "Аня")) == []
    assert text_ids(Forward(name="Аня")) == []
    assert found("forward", "да", forward=Forward(name="Аня"), author=author(name="Боря"))


def test_linked_and_allowed_channels_pass() -> None:
    lists = Lists(
        linked_channels=frozenset({channel("-5")}), channels={channel("-1006000000000"): ChannelStatus.ALLOWED}
    )
    engine = Engine(RuleBook(lists=lists))
    assert text_ids(Forward("-5"), engine) == []
    assert text_ids(Forward("-6000000000"), engine) == []


def test_suspicious_blocked_and_banned_channels_weigh_more() -> None:
    channels = {channel("-5"): ChannelStatus.SUSPICIOUS, channel("-6"): ChannelStatus.BLOCKED}
    engine = Engine(RuleBook(lists=Lists(channels=channels, blacklist=frozenset({channel("-7")}))))
    assert text_ids(Forward("-5"), engine) == ["finding.forward.suspicious"]
    assert text_ids(Forward("-6"), engine) == ["finding.forward.blocked"]
    assert text_ids(Forward("-7", "Казино"), engine) == ["finding.forward.blocked"]
    assert flagged("привет", engine, forward=Forward("-5"))
