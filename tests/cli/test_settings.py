"""Policies and lists, set and shown by command."""

import json
from pathlib import Path

import pytest

from tests.cli.commands import Profile, line, write_lines

FLOOD = "rules.flood.count"
IN_YARD = "communities.telegram:100.rules.stop_words.enabled"


def shown(profile: Profile) -> dict[str, object]:
    record: dict[str, object] = profile.json("settings", "show", "--json")
    return record


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        (FLOOD, "7", 7),
        ("rules.flood.enabled", "no", False),
        ("rules.links.obfuscated", "true", True),
        ("rules.flood.suggested", "mute", "mute"),
        ("thresholds.spam", "0.65", 0.65),
        ("ladder.ban", "5", 5),
        ("exemptions.managers", "off", False),
        ("mute_seconds", "600", 600),
        ("communities.telegram:100.rules.flood.count", "3", 3),
        ("communities.vk:200.mute_seconds", "60", 60),
        ("lists.managers", "telegram:7", ["telegram:7"]),
        ("lists.linked_channels", "telegram:-1001234567890,vk:45", ["telegram:-1234567890", "vk:-45"]),
        ("lists.channels", "telegram:5=blocked, vk:-6=allowed", ["telegram:-5=blocked", "vk:-6=allowed"]),
        ("lists.domains", "https://Example.org/, xn--80aswg.xn--p1ai, сайт.рф", ["example.org", "сайт.рф"]),
        ("lists.bots", "@GIF,vid", ["gif", "vid"]),
        ("lists.mixed_words", "VK-бот", ["vk-бот"]),
        ("lists.report_words", "Атас,/жалоба", ["атас", "жалоба"]),
        ("lists.stop_words", r"pattern:a{2\,3}, казино", ["pattern:a{2,3}", "казино"]),
        (
            "lists.stop_words",
            "Exact:foo, SUBSTRING: казин, word:exact:",
            ["exact:foo", "substring:казин", "word:exact:"],
        ),
    ],
)
def test_a_value_is_set_and_shown(profile: Profile, key: str, value: str, kept: object) -> None:
    ended = profile.run("settings", "set", key, value)
    assert (ended.code, ended.output, ended.errors) == (0, b"", "")
    assert shown(profile)[key] == kept


def test_what_is_shown_of_the_policy_can_be_set_again(profile: Profile) -> None:
    before = shown(profile)
    assert before[FLOOD] == 5
    lines = dict(each.split(" = ", 1) for each in profile.run("settings", "show").output.decode().splitlines())
    for key in (
        "rules.links.obfuscated", "rules.blacklist.suggested", "thresholds.list", "ladder.seconds", "warnings.ru",
        "reasons.en",
    ):  # fmt: skip
        assert profile.run("settings", "set", key, lines[key]).code == 0
    assert shown(profile) == before
    assert profile.run("settings", "set", "reasons.en", r"Spam\nOff topic").code == 0
    assert shown(profile)["reasons.en"] == "Spam\nOff topic"


@pytest.mark.parametrize("default", ["default", "", " "])
def test_a_value_is_taken_back(profile: Profile, default: str) -> None:
    own = "communities.telegram:100.rules.flood.count"
    for key, value in ((FLOOD, "7"), (own, "3"), (own, default)):
        assert profile.run("settings", "set", key, value).code == 0
    assert shown(profile)[FLOOD] == 7
    assert own not in shown(profile)
    profile.run("settings", "set", FLOOD, default)
    assert shown(profile)[FLOOD] == 5


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        (FLOOD, "1", "rules.flood.count cannot be 1. Allowed: 2-1000."),
        ("communities.telegram:100.rules.flood.count", "x", "telegram:100.rules.flood.count cannot be x"),
        ("communities.telegram:100.rules.flod.count", "5", "rules.flood"),
        ("communities.yard.rules.flood.count", "5", "communities.telegram:ID"),
        ("communities.telegram:100", "5", "communities.telegram:ID"),
        ("rules.flood.cuont", "5", "rules.flood.count"),
        ("rules.flood.cuont", "default", "rules.flood.count"),
        ("rules.flood.acts", "true", "of 0 decisions about what this rule found, 0 confirmed it"),
        ("communities.telegram:100.rules.flood.acts", "true", "communities.telegram:100.rules.flood.acts stays off"),
        ("lists.domain", "example.org", "lists.domains"),
        ("lists.domains", "example.org,сайт", "сайт is not a domain"),
        ("lists.channels", "telegram:5=nice", "suspicious or blocked"),
        ("lists.stop_words", "казино,pattern:a(b", "a(b"),
        ("lists.stop_words", "казино,\u200b", "Entry 2"),
        ("lists.stop_words", "казино,pattern:", "pattern: says only how to search"),
        ("lists.stop_words", "Word: ,казино", "Word: says only how to search"),
        ("flood.count", "5", "rules.*"),
    ],
)
def test_what_is_wrong_is_refused_by_its_name_and_nothing_changes(
    profile: Profile, key: str, value: str, said: str
) -> None:
    profile.run("settings", "set", "lists.domains", "example.com")
    before = shown(profile)
    assert said in profile.refused("settings", "set", key, value)
    assert shown(profile) == before


def test_a_policy_judges_what_waits_in_the_queue_anew(profile: Profile, tmp_path: Path) -> None:
    profile.run("settings", "set", "lists.stop_words", "гараж")
    chat = write_lines(
        tmp_path / "chat.jsonl",
        line("Кто сдаёт гараж?", 1, platform="telegram", community=100),
        line("Продам гараж у реки, недорого", 1, platform="telegram", community=200),
    )
    profile.json("import", chat, "--json")
    assert profile.run("settings", "set", IN_YARD, "false").code == 0
    assert [record["community"] for record in profile.records("queue")] == ["200"]
    profile.run("settings", "set", "rules.stop_words.suggested", "warn")
    assert [record["suggested"] for record in profile.records("queue")] == ["warn"]
    profile.run("settings", "set", IN_YARD, "default")
    assert {record["community"] for record in profile.records("queue")} == {"100", "200"}


def test_a_scan_goes_by_the_policy_of_the_community(profile: Profile) -> None:
    profile.run("settings", "set", "lists.stop_words", "гараж")
    profile.run("settings", "set", IN_YARD, "false")
    lines = [line("Кто сдаёт гараж?", 1, platform="telegram", community=place) for place in (100, 200)]
    given = "".join(json.dumps(each) + "\n" for each in lines).encode()
    assert [record["flagged"] for record in profile.records("scan", given=given)] == [False, True]


def test_a_repeated_violation_is_suggested_more_than_the_first(profile: Profile, tmp_path: Path) -> None:
    chat = write_lines(tmp_path / "chat.jsonl", *(line(f"иди нахуй, {word}", n) for n, word in enumerate("абвг", 1)))
    profile.json("import", chat, "--json")
    first, second, *_ = profile.records("queue")
    assert first["suggested"] == "delete"
    profile.json("decide", str(first["item"]), str(second["item"]), "--action", "delete", "--json")
    assert {record["suggested"] for record in profile.records("queue")} == {"delete+ban"}
    profile.run("settings", "set", "ladder.enabled", "false")
    assert {record["suggested"] for record in profile.records("queue")} == {"delete"}


def test_a_long_list_comes_through_the_standard_input(profile: Profile) -> None:
    words = [f"слово{number}" for number in range(20_000)]
    given = "\n".join(["pattern:a{2,3}", "", *words]).encode()
    ended = profile.run("settings", "set", "lists.stop_words", "-", given=given)
    assert (ended.code, ended.errors) == (0, "")
    assert shown(profile)["lists.stop_words"] == ["pattern:a{2,3}", *words]
    refused = profile.run("settings", "set", "lists.domains", "-", given="example.org\nне домен".encode())
    assert refused.code == 3
    assert "не домен" in refused.errors
    assert shown(profile)["lists.domains"] == []
