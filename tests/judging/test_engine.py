"""The engine: lists, policies, other processes."""

import pickle
import subprocess
import sys

from moderator_app.domain.judgement import Judged, RuleBook
from moderator_app.domain.lists import Lists, StopWord
from moderator_app.domain.message import AuthorKey, CommunityKey, Platform
from moderator_app.domain.policy import Policy, RulePolicy, judge
from moderator_app.domain.verdict import Label
from moderator_app.judging.engine import Engine
from tests.builders import author, message
from tests.judging.looking import found

ANYA = AuthorKey(Platform.TELEGRAM, "42")
SPAM = "казино: хуй https://example.com"


def rules(judged: Judged) -> list[str]:
    return [finding.rule for finding in judged.findings]


def test_a_trusted_author_is_passed_whatever_he_writes() -> None:
    book = RuleBook(lists=Lists(whitelist=frozenset({ANYA}), stop_words=(StopWord("казино"),)))
    judged = Engine(book).judge(message(SPAM))
    assert rules(judged) == ["whitelist"]
    assert judge(judged.findings, book.default).trusted


def test_a_banned_author_is_found_whatever_he_writes() -> None:
    engine = Engine(RuleBook(lists=Lists(blacklist=frozenset({ANYA}))))
    (finding,) = engine.judge(message("привет")).findings
    assert (finding.rule, finding.label) == ("blacklist", Label.LIST)
    assert finding.score >= 0.99


def test_a_banned_channel_and_a_banned_bot_are_found() -> None:
    banned = frozenset({AuthorKey(Platform.TELEGRAM, "-5"), AuthorKey(Platform.TELEGRAM, "6")})
    engine = Engine(RuleBook(lists=Lists(blacklist=banned)))
    assert [finding.text_id for finding in found("blacklist", "привет", engine, sender_chat="5")] == [
        "finding.blacklist.channel"
    ]
    assert [finding.text_id for finding in found("blacklist", "привет", engine, via_bot="6")] == [
        "finding.blacklist.bot"
    ]


def test_an_author_of_the_same_id_elsewhere_is_another() -> None:
    engine = Engine(RuleBook(lists=Lists(blacklist=frozenset({ANYA}))))
    assert found("blacklist", "привет", engine, platform=Platform.VK, author=author(platform=Platform.VK)) == []


def test_a_rule_switched_off_in_a_community_does_not_look_there() -> None:
    key = CommunityKey(Platform.TELEGRAM, "7")
    engine = Engine(RuleBook(communities={key: Policy(rules={"links": RulePolicy(enabled=False)})}))
    assert found("links", SPAM, engine, community="7") == []
    assert found("links", SPAM, engine, community="8")


def test_an_ordinary_message_has_no_findings() -> None:
    assert rules(Engine(RuleBook()).judge(message())) == []


def test_what_crosses_to_other_processes_pickles() -> None:
    book = RuleBook(lists=Lists(stop_words=(StopWord("казино"),)))
    judged = Engine(pickle.loads(pickle.dumps(book))).judge(message(SPAM))
    assert pickle.loads(pickle.dumps(judged)) == judged
    assert {"stop_words", "links", "profanity"} <= set(rules(judged))


def test_importing_the_engine_loads_no_dictionary_and_no_weights() -> None:
    code = (
        "import sys, moderator_app.judging.engine; sys.exit(bool({'pymorphy3', 'numpy', 'rensa'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
