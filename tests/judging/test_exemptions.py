"""Who passes unjudged, and in which forms lists know them."""

from dataclasses import replace
from typing import Any

import pytest

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import Lists
from moderator_app.domain.message import Author, AuthorKey, CommunityKey, Message, Platform
from moderator_app.domain.policy import Exemptions, Policy, RulePolicy, judge
from moderator_app.judging.engine import Engine
from moderator_app.language import explain_finding
from tests.builders import author, message

SPAM = "https://example.com и https://example.net"
FORMS = ["-1902240071", "-1001902240071"]


def key(id: str, platform: Platform = Platform.TELEGRAM) -> AuthorKey:
    return AuthorKey(platform, id)


def passed(engine: Engine, written: Message) -> str | None:
    """Why the message passes: the only finding there is then."""
    findings = engine.judge(written).findings
    if not any(finding.rule == "whitelist" for finding in findings):
        return None
    (finding,) = findings
    assert judge(findings, engine.book.policy(written.key.community_key)).trusted
    assert finding.text_id not in explain_finding(finding)
    return finding.text_id.removeprefix("finding.whitelist.")


def engine_of(policy: Policy | None = None, **lists: Any) -> Engine:
    return Engine(RuleBook(policy or Policy(), lists=Lists(**lists)))


def test_managers_pass() -> None:
    engine = engine_of(managers=frozenset({key("42")}))
    assert passed(engine, message(SPAM)) == "manager"
    assert passed(engine, message(SPAM, author=author("43"))) is None
    assert passed(engine, message(SPAM, platform=Platform.VK)) is None


@pytest.mark.parametrize("listed", [*FORMS, "1902240071"])
@pytest.mark.parametrize("written", [*FORMS, "1902240071"])
def test_linked_channels_pass_in_every_form_of_their_id(listed: str, written: str) -> None:
    engine = engine_of(linked_channels=frozenset({key(listed)}))
    assert passed(engine, message(SPAM, sender_chat=written, author=None)) == "linked_channel"
    assert passed(engine, message(SPAM, sender_chat="5", author=None)) is None


@pytest.mark.parametrize("written", FORMS)
def test_the_community_itself_passes(written: str) -> None:
    as_author = message(SPAM, community="1902240071", author=author(written))
    anonymous = Author(key("1087968824"), "Group", "GroupAnonymousBot")
    as_admin = message(SPAM, community="1902240071", author=anonymous, sender_chat=written)
    assert passed(engine_of(), as_author) == "community"
    assert passed(engine_of(), as_admin) == "community"
    assert passed(engine_of(), message(SPAM, community="5", author=anonymous, sender_chat=written)) is None


def test_a_community_of_vk_passes_under_its_own_posts() -> None:
    own = message(SPAM, platform=Platform.VK, community="7", author=author("-7", platform=Platform.VK))
    assert passed(engine_of(), own) == "community"


def test_a_person_with_the_number_of_the_community_is_another() -> None:
    assert passed(engine_of(), message(SPAM, community="42", author=author("42"))) is None


def test_each_exemption_can_be_lifted_for_a_community() -> None:
    lists = Lists(managers=frozenset({key("42")}), linked_channels=frozenset({key("-5")}))
    judging = Policy(exemptions=Exemptions(managers=False, linked_channel=False, community=False))
    engine = Engine(RuleBook(communities={CommunityKey(Platform.TELEGRAM, "7"): judging}, lists=lists))
    for written in (message(SPAM), message(SPAM, sender_chat="5"), message(SPAM, author=author("-7"))):
        inside = replace(written, key=written.key._replace(community="7"))
        assert passed(engine, inside) is None
    assert passed(engine, message(SPAM)) == "manager"
    assert passed(engine, message(SPAM, sender_chat="5", author=None)) == "linked_channel"


def test_a_manager_passes_where_the_whitelist_is_off() -> None:
    off = Policy(rules={"whitelist": RulePolicy(enabled=False)})
    assert passed(engine_of(off, whitelist=frozenset({key("42")})), message(SPAM)) is None
    engine = engine_of(off, managers=frozenset({key("42")}))
    assert [finding.text_id for finding in engine.judge(message(SPAM)).findings] == ["finding.whitelist.manager"]


@pytest.mark.parametrize("listed", FORMS)
@pytest.mark.parametrize("written", FORMS)
def test_a_trusted_channel_passes_in_every_form(listed: str, written: str) -> None:
    engine = engine_of(whitelist=frozenset({key(listed)}))
    assert passed(engine, message(SPAM, author=author(written))) == "author"
    assert passed(engine, message(SPAM, author=None, sender_chat=written)) == "author"
    assert passed(engine, message(SPAM, author=author("1902240071"))) is None


def blacklisted(engine: Engine, written: Message) -> list[str]:
    found = engine.judge(written).findings
    return [finding.text_id.removeprefix("finding.blacklist.") for finding in found if finding.rule == "blacklist"]


@pytest.mark.parametrize("listed", FORMS)
@pytest.mark.parametrize("written", FORMS)
def test_a_banned_channel_is_known_in_every_form(listed: str, written: str) -> None:
    engine = engine_of(blacklist=frozenset({key(listed)}))
    assert blacklisted(engine, message("привет", author=author(written))) == ["author"]
    assert blacklisted(engine, message("привет", sender_chat=written)) == ["channel"]
    assert blacklisted(engine, message("привет", author=author("1902240071"))) == []


def test_a_banned_person_is_known_behind_a_channel() -> None:
    engine = engine_of(blacklist=frozenset({key("42")}))
    assert blacklisted(engine, message("привет", sender_chat="5")) == ["author"]
    assert blacklisted(engine, message("привет", author=author("43"), sender_chat="42")) == []


@pytest.mark.parametrize("listed", ["spam_bot", "@Spam_Bot"])
@pytest.mark.parametrize("written", ["spam_bot", "@Spam_Bot"])
def test_a_banned_bot_is_known_by_its_name(listed: str, written: str) -> None:
    engine = engine_of(blacklist=frozenset({key(listed)}))
    assert blacklisted(engine, message("привет", via_bot=written)) == ["bot"]
    assert blacklisted(engine, message("привет", author=replace(author(), username="Spam_Bot"))) == ["author"]


def test_an_empty_entry_bans_and_trusts_nobody() -> None:
    engine = engine_of(blacklist=frozenset({key("")}), whitelist=frozenset({key("")}))
    assert blacklisted(engine, message("привет", author=None)) == []
    assert passed(engine, message(SPAM, author=None)) is None
