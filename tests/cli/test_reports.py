import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from moderator_app.private_files import rights
from tests.cli.commands import Profile, line, write_lines

STATS = {
    "period", "from", "to", "messages", "flagged", "decided", "profanity", "toxicity", "top_users", "top_words",
}  # fmt: skip
MESSAGE = {
    "platform", "community", "message", "author", "date", "text", "edited", "deleted", "score", "flagged", "ai",
}  # fmt: skip


def test_statistics_of_a_period_count_its_days(profile: Profile, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    ages = (0, 5, 20, 100)
    records = [
        line("иди нахуй", n, date=(now - timedelta(days=age)).timestamp(), author_name="Аня")
        for n, age in enumerate(ages)
    ]
    profile.json("import", write_lines(tmp_path / "days.jsonl", *records), "--json")
    figures = {period: profile.json("stats", "--json", "--period", period) for period in ("day", "week", "month")}
    everything = profile.json("stats", "--json")

    assert everything.keys() >= STATS
    assert everything["period"] == "all"
    assert [figures[period]["messages"] for period in figures] == [1, 2, 3]
    assert (everything["messages"], everything["flagged"], everything["decided"], everything["profanity"]) == (
        4,
        4,
        0,
        4,
    )
    assert everything["top_users"] == [{"author": "5", "name": "Аня", "count": 4}]
    assert everything["top_words"] == [{"word": "н****", "count": 4}]
    today = datetime.now().astimezone().date()
    assert figures["week"]["to"] == today.isoformat()
    assert figures["week"]["from"] == (today - timedelta(days=6)).isoformat()


def test_statistics_follow_decisions_and_are_printed_for_people(profile: Profile, chat: Path) -> None:
    profile.json("import", chat, "--json")
    profile.json("decide", "1", "2", "--action", "dismiss", "--json")
    profile.json("undo", "--json")
    profile.json("decide", "1", "--action", "dismiss", "--json")
    ended = profile.run("stats")
    assert ended.output.decode().splitlines()[:3] == ["Messages: 4", "Flagged: 3", "Decided: 1"]


def test_everything_is_exported_for_programs(profile: Profile, chat: Path, tmp_path: Path) -> None:
    profile.json("import", chat, "--json")
    profile.json("decide", "1", "--action", "ban", "--json")
    exported = {}
    for what in ("queue", "messages", "history", "statistics"):
        file = tmp_path / f"{what}.jsonl"
        told = profile.json("export", what, "-o", file, "--json")
        exported[what] = [json.loads(text) for text in file.read_text("utf-8").splitlines()]
        assert told["rows"] == len(exported[what])
        assert rights(file) == 0o600
    assert exported["queue"] == profile.records("queue")
    assert exported["history"] == profile.records("history")
    assert len(exported["messages"]) == 4
    assert all(record.keys() >= MESSAGE for record in exported["messages"])
    swearing = next(record for record in exported["messages"] if record["message"] == "2")
    assert (swearing["flagged"], swearing["ai"], swearing["edited"], swearing["deleted"]) == (True, None, None, False)
    assert exported["statistics"]


def test_a_table_runs_nothing_in_a_spreadsheet(profile: Profile, tmp_path: Path) -> None:
    nasty = [
        "=1+1",
        "+7 900",
        "-5",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        'a"b,c\nd;e',
        "\ud800",
    ]
    file = write_lines(tmp_path / "nasty.jsonl", *(line(text, n, author_name=text) for n, text in enumerate(nasty)))
    profile.json("import", file, "--json")
    table = tmp_path / "messages.csv"
    profile.json("export", "messages", "-o", table, "--json")
    content = table.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row["message"] for row in rows] == [str(n) for n in range(len(nasty))]
    dangerous = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
    assert not [value for row in rows for value in row.values() if value.startswith(dangerous)]
    assert rows[0]["text"] == "'=1+1"
    assert rows[11]["text"] == nasty[11]


def test_an_export_that_cannot_be_written_leaves_the_older_file(profile: Profile, chat: Path, tmp_path: Path) -> None:
    profile.json("import", chat, "--json")
    assert ".csv or .jsonl" in profile.refused("export", "queue", "-o", tmp_path / "queue.txt")
    profile.refused("export", "queue", "-o", tmp_path / "missing" / "queue.csv")
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    profile.refused("export", "queue", "-o", folder)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chat.jsonl", "folder.csv", "profile"]


def test_an_export_into_a_full_disk_leaves_the_older_file(
    profile: Profile, chat: Path, tmp_path: Path, in_a_small_disk: list[str]
) -> None:
    profile.json("import", write_lines(chat, *(line("иди нахуй" * 200, n) for n in range(1400))), "--json")
    disk = tmp_path / "disk"
    then_look = f'printf old > {disk}/a.csv; "$@"; code=$?; ls -A {disk}; cat {disk}/a.csv; exit $code'
    shell = [*in_a_small_disk, "sh", "-c", then_look, "sh"]
    ended = Profile(profile.folder, *shell).run("export", "messages", "-o", disk / "a.csv")
    assert (ended.code, ended.output) == (3, b"a.csv\nold")


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("review.grace_seconds", "7", 7),
        ("ai.enabled", "yes", True),
        ("appearance.language", "ru", "ru"),
        ("lists.whitelist", "telegram:5, vk:-7,telegram:5", ["telegram:5", "vk:-7"]),
        ("lists.blacklist", "", []),
        ("lists.stop_words", "вейп, казино", ["вейп", "казино"]),
    ],
)
def test_a_setting_is_set_and_shown(profile: Profile, key: str, value: str, shown: object) -> None:
    ended = profile.run("settings", "set", key, value)
    assert (ended.code, ended.output, ended.errors) == (0, b"", "")
    assert profile.json("settings", "show", "--json")[key] == shown


def test_stop_words_are_set_and_shown_with_their_kind(profile: Profile) -> None:
    given = "вейп,substring:казин,exact:+,pattern:к[ао]зино,word:pattern:х"
    assert profile.run("settings", "set", "lists.stop_words", given).code == 0
    lines = profile.run("settings", "show").output.decode().splitlines()
    assert f"lists.stop_words = {given}" in lines
    # What is named without a kind keeps the one it has.
    assert profile.run("settings", "set", "lists.stop_words", "казин,word:вейп,exact:вейп").code == 0
    assert profile.json("settings", "show", "--json")["lists.stop_words"] == ["substring:казин", "вейп", "exact:вейп"]


def test_settings_are_listed_a_line_each(profile: Profile) -> None:
    lines = profile.run("settings", "show").output.decode().splitlines()
    assert "review.grace_seconds = 5" in lines
    assert "ai.enabled = false" in lines
    assert "lists.whitelist = " in lines


def test_a_wrong_setting_is_refused_with_what_is_allowed(profile: Profile) -> None:
    assert "0-30" in profile.refused("settings", "set", "review.grace_seconds", "99")
    assert "review.grace_seconds" in profile.refused("settings", "set", "nonsense", "1")
    assert "telegram:ID" in profile.refused("settings", "set", "lists.whitelist", "telegram:5,ivan")
    assert "in the environment of a run" in profile.refused("settings", "set", "openai.token", "x")
    assert profile.json("settings", "show", "--json")["lists.whitelist"] == []


def test_new_lists_judge_what_waits_in_the_queue(profile: Profile, chat: Path) -> None:
    profile.json("import", chat, "--json")
    profile.run("settings", "set", "lists.whitelist", "telegram:5")
    assert [record["source"] for record in profile.records("queue")] == ["vk"]


def test_settings_that_are_no_json_are_refused_and_left(profile: Profile) -> None:
    profile.run("queue")
    broken = profile.folder / "settings.json"
    broken.write_text("{", "utf-8")
    assert "settings.json" in profile.refused("queue")
    assert broken.read_text("utf-8") == "{"


def test_a_profile_that_is_a_file_or_holds_a_strangers_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert str(file) in Profile(file).refused("queue")
    profile = Profile(tmp_path / "profile")
    profile.folder.mkdir()
    database = profile.folder / "console.sqlite3"
    database.write_text("дневник " * 100, "utf-8")
    for command in (["queue"], ["scan"]):
        assert "console.sqlite3" in profile.refused(*command)
    assert database.read_text("utf-8") == "дневник " * 100


def test_a_profile_belongs_to_its_owner_alone(profile: Profile, chat: Path) -> None:
    profile.json("import", chat, "--json")
    profile.json("decide", "1", "--action", "ban", "--json")
    profile.run("settings", "set", "review.grace_seconds", "7")
    assert rights(profile.folder) == 0o700
    assert {rights(file) for file in profile.folder.iterdir()} == {0o600}
