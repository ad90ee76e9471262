"""Messages in the name of channels and communities."""

import pytest

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import ChannelStatus, Lists
from moderator_app.domain.message import AuthorKey, Platform
from moderator_app.domain.policy import Exemptions, Policy
from moderator_app.judging.engine import Engine
from tests.builders import author
from tests.judging.flags import flagged
from tests.judging.looking import found


def engine_with(status: ChannelStatus, id: str = "-5", platform: Platform = Platform.TELEGRAM) -> Engine:
    return Engine(RuleBook(lists=Lists(channels={AuthorKey(platform, id): status})))


def test_a_foreign_channel_is_found_and_does_not_flag_alone_on_telegram() -> None:
    (finding,) = found("sender_chat", "привет", sender_chat="5")
    assert finding.text_id == "finding.sender_chat.pending"
    assert not flagged("привет", sender_chat="5")


def test_a_foreign_community_flags_on_vk() -> None:
    assert flagged("привет", platform=Platform.VK, author=author("-5", platform=Platform.VK))


def test_the_status_weighs() -> None:
    scores = [
        found("sender_chat", "привет", engine_with(status), sender_chat="5")[0].score
        for status in (ChannelStatus.PENDING, ChannelStatus.SUSPICIOUS, ChannelStatus.BLOCKED)
    ]
    assert scores == sorted(set(scores))
    assert scores[0] < 0.5 < scores[1]
    assert found("sender_chat", "привет", engine_with(ChannelStatus.ALLOWED), sender_chat="5") == []


@pytest.mark.parametrize("listed", ["-1902240071", "-1001902240071", "1902240071"])
@pytest.mark.parametrize("written", ["-1902240071", "-1001902240071", "1902240071"])
def test_a_channel_is_known_in_every_form_of_its_id(listed: str, written: str) -> None:
    engine = engine_with(ChannelStatus.ALLOWED, listed)
    assert found("sender_chat", "привет", engine, sender_chat=written) == []


def test_an_author_with_a_minus_is_a_channel_and_one_without_is_none() -> None:
    assert found("sender_chat", "привет", author=author("-5", "Скидки"))
    assert found("sender_chat", "привет", author=author("5")) == []


def test_the_status_on_another_platform_says_nothing() -> None:
    engine = engine_with(ChannelStatus.ALLOWED, platform=Platform.VK)
    assert found("sender_chat", "привет", engine, sender_chat="5")


def test_the_community_and_linked_channels_are_free_even_where_they_are_judged() -> None:
    policy = Policy(exemptions=Exemptions(linked_channel=False, community=False))
    linked = frozenset({AuthorKey(Platform.TELEGRAM, "-5")})
    engine = Engine(RuleBook(policy, lists=Lists(linked_channels=linked)))
    assert found("sender_chat", "привет", engine, sender_chat="5") == []
    assert found("sender_chat", "привет", engine, sender_chat="100", community="100") == []
    assert found("links", "https://example.com", engine, sender_chat="5")
