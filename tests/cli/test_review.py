import json
import subprocess
import sys
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

import pytest

from moderator_app import language
from moderator_app.cli import main
from tests.cli.commands import ENVIRONMENT, Profile, line, write_lines

QUEUE = {"item", "source", "community", "author", "text", "score", "findings", "suggested", "count"}
FINDING = {"rule", "label", "score", "spans", "base_form", "explanation"}
HISTORY = {"item", "decision", "reason", "by", "at", "actions", "undone"}


@pytest.fixture
def items(profile: Profile, chat: Path) -> list[str]:
    profile.json("import", chat, "--json")
    return [record["item"] for record in profile.records("queue")]


@pytest.mark.usefixtures("items")
def test_the_queue_gives_every_item_with_its_evidence(profile: Profile) -> None:
    records = {record["message"]: record for record in profile.records("queue")}
    assert set(records) == {"2", "3", "4"}
    record = records["2"]
    assert record.keys() >= QUEUE
    assert all(finding.keys() >= FINDING for finding in record["findings"])
    assert (record["source"], record["community"], record["community_name"]) == ("telegram", "100", "Двор")
    assert (record["author"], record["author_name"], record["count"]) == ("5", "Аня", 1)
    assert (records["3"]["source"], records["3"]["community"]) == ("vk", "200")
    assert all(type(record[key]) is str for key in ("item", "community", "author", "message"))
    assert sum(finding["contribution"] for finding in record["findings"]) == pytest.approx(record["score"], abs=1e-3)
    ((start, end),) = record["findings"][0]["spans"]
    assert record["text"][start:end] == "нахуй"


def test_a_limit_shows_the_head_of_the_same_order(profile: Profile, items: list[str]) -> None:
    assert [record["item"] for record in profile.records("queue", "--limit", "2")] == items[:2]


def test_a_decision_leaves_the_queue_and_undo_brings_it_back(profile: Profile, items: list[str]) -> None:
    first, second, third = items
    decided = profile.json("decide", first, second, "--action", "delete+ban", "--reason", "мат", "--json")
    assert decided["items"] == [first, second]
    assert [record["item"] for record in profile.records("queue")] == [third]

    lines = profile.records("history")
    assert [record["item"] for record in lines] == [second, first]
    assert all(record.keys() >= HISTORY for record in lines)
    assert (lines[0]["decision"], lines[0]["reason"], lines[0]["undone"]) == ("delete+ban", "мат", False)
    assert [action.keys() for action in lines[0]["actions"]] == [{"kind", "state", "error"}] * 2
    assert [(action["kind"], action["state"]) for action in lines[0]["actions"]] == [
        ("delete", "impossible"),
        ("ban", "impossible"),
    ]
    assert "imported from a file" in lines[0]["actions"][0]["error"]

    # One decision has one undo.
    assert sorted(profile.json("undo", second, "--json")["items"]) == sorted([first, second])
    assert [record["item"] for record in profile.records("queue")] == items
    assert [record["undone"] for record in profile.records("history")] == [True, True]


def test_undo_takes_the_newest_decision_back_first(profile: Profile, items: list[str]) -> None:
    for item in items[:2]:
        profile.json("decide", item, "--action", "dismiss", "--json")
    assert profile.json("undo", "--json")["items"] == [items[1]]
    assert profile.json("undo", "--json")["items"] == [items[0]]
    profile.refused("undo")


def test_what_is_not_in_the_queue_cannot_be_decided(profile: Profile, items: list[str]) -> None:
    profile.json("decide", items[0], "--action", "dismiss", "--json")
    assert f"Item {items[0]} is not in the queue" in profile.refused("decide", items[0], "--action", "ban")
    # All or none.
    profile.refused("decide", items[1], "999", "--action", "ban")
    for unknown in ("x", "1.0", "٣", "9" * 5000):
        profile.refused("decide", unknown, "--action", "ban")
    profile.refused("undo", "999")
    assert [record["item"] for record in profile.records("queue")] == items[1:]


def test_words_say_what_a_decision_comes_to(profile: Profile, items: list[str]) -> None:
    ended = profile.run("decide", items[0], "--action", "delete+ban", "--grace", "30", "--for", "60")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output.decode() == (
        "1 item decided.\nThis cannot be carried out: the chat was imported from a file.\n"
    )


def test_a_reason_in_odd_bytes_is_kept_as_well_as_it_can_be(profile: Profile, items: list[str]) -> None:
    profile.json("decide", items[0], "--action", "dismiss", "--reason", "не \udcff тот", "--json")
    assert profile.records("history")[0]["reason"] == "не � тот"


@pytest.mark.parametrize(
    "arguments",
    [
        ["decide", "1"],
        ["decide", "1", "--action", "praise"],
        ["decide", "--action", "ban"],
        ["decide", "1", "--action", "ban", "--grace", "-1"],
        ["decide", "1", "--action", "ban", "--grace", "nan"],
        ["decide", "1", "--action", "ban", "--grace", "31"],
        ["decide", "1", "--action", "ban", "--for", "0"],
        ["decide", "1", "--action", "delete", "--for", "60"],
        ["decide", "1", "--for", "60", "--action", "warn"],
        ["queue", "--limit", "0"],
        ["queue", "--limit", "many"],
        ["scan", "--workers", "0"],
        ["stats", "--period", "year"],
        ["export", "queue"],
        ["settings"],
        ["praise"],
    ],
)
def test_wrong_usage_says_how_it_is_used(
    profile: Profile, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    said = StringIO()
    with redirect_stderr(said), pytest.raises(SystemExit) as ended:
        main(["--profile", str(profile.folder), *arguments])
    assert ended.value.code == 2
    assert said.getvalue().startswith("usage: moderator-app")
    assert "Traceback" not in said.getvalue()


def test_a_reader_that_has_seen_enough_causes_no_noise(profile: Profile, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "long.jsonl", *(line("иди нахуй " + "а" * 5000, n) for n in range(100)))
    profile.json("import", file, "--json")
    command = [sys.executable, "-m", "moderator_app", "--profile", str(profile.folder), "queue"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT) as reading:
        assert reading.stdout is not None
        assert reading.stderr is not None
        assert json.loads(reading.stdout.readline())["count"] == 1
        reading.stdout.close()
        assert reading.stderr.read() == b""
        assert reading.wait(30) == 0


@pytest.mark.usefixtures("items")
def test_a_reader_that_never_reads_causes_no_noise_either(profile: Profile) -> None:
    command = [sys.executable, "-m", "moderator_app", "--profile", str(profile.folder), "queue"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT) as reading:
        assert reading.stdout is not None
        assert reading.stderr is not None
        reading.stdout.close()
        assert reading.stderr.read() == b""
        assert reading.wait(30) == 0


@pytest.mark.usefixtures("items")
def test_an_output_that_takes_nothing_is_told(profile: Profile) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "moderator_app", "--profile", str(profile.folder), "queue"]
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=ENVIRONMENT, check=False)
    assert (ended.returncode, ended.stderr.count(b"\n")) == (3, 1)


def test_near_equal_messages_are_one_item_with_one_decision_and_one_undo(profile: Profile, tmp_path: Path) -> None:
    text = (
        "Зарабатывай от {}00$ в день, пиши в лс @easy_money{}, жми https://t.me/joinchat/dohod{} или https://bit.ly/x{}"
    )
    copies = [line(text.format(*[n] * 4), n, author=n, platform="vk" if n % 2 else "telegram") for n in range(1, 13)]
    file = write_lines(tmp_path / "spam.jsonl", *copies, line("да пошёл ты нахуй", 50))
    profile.json("import", file, "--json")
    records = profile.records("queue")
    assert len(records) == 2
    (group,) = (record for record in records if record["count"] > 1)
    assert (group["count"], group["authors"], group["communities"]) == (12, 12, 2)
    assert group["items"][0] == group["item"]
    assert len(set(group["items"])) == 12
    (alone,) = (record for record in records if record["count"] == 1)
    assert (alone["items"], alone["authors"], alone["communities"]) == ([alone["item"]], 1, 1)

    # Any of them stands for all.
    decided = profile.json("decide", group["items"][5], "--action", "delete+ban", "--json")
    assert sorted(decided["items"]) == sorted(group["items"])
    assert profile.records("queue") == [alone]
    lines = profile.records("history")
    assert sorted(record["item"] for record in lines) == sorted(group["items"])
    assert all(len(record["actions"]) == 2 for record in lines)
    profile.refused("decide", group["item"], "--action", "ban")

    assert sorted(profile.json("undo", group["item"], "--json")["items"]) == sorted(group["items"])
    assert profile.records("queue") == records
    exported = tmp_path / "queue.jsonl"
    profile.json("export", "queue", "-o", exported, "--json")
    assert [json.loads(row) for row in exported.read_text("utf-8").splitlines()] == records


def test_texts_that_end_lines_elsewhere_stay_on_their_line(profile: Profile, tmp_path: Path) -> None:
    text = "нахуй\u2028раз\u2029два\x85три\x0bчетыре\n\r\x1cпять"
    profile.json("import", write_lines(tmp_path / "ends.jsonl", line(text)), "--json")
    (record,) = profile.records("queue")
    assert record["text"] == text


def test_a_read_only_disk_is_read_and_what_would_write_is_refused_in_a_line(
    profile: Profile, chat: Path, in_a_read_only_disk: list[str]
) -> None:
    profile.json("import", chat, "--json")
    queue = profile.records("queue")
    frozen = Profile(profile.folder, *in_a_read_only_disk)
    before = {file.name: file.read_bytes() for file in profile.folder.iterdir() if file.suffix != ".txt"}
    assert frozen.records("queue") == queue
    assert "is read-only" in frozen.refused("import", chat)
    frozen.refused("settings", "set", "review.grace_seconds", "3")
    assert len(frozen.records("scan", chat)) == 4
    assert {file.name: file.read_bytes() for file in profile.folder.iterdir() if file.suffix != ".txt"} == before


@pytest.mark.parametrize("arguments", [["decide"], ["queue", "--limit", "x"], ["praise"], ["stats", "--period", "x"]])
def test_wrong_usage_is_told_in_one_language(
    profile: Profile, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setenv("LANGUAGE", "ru")
    said = StringIO()
    with redirect_stderr(said), pytest.raises(SystemExit):
        main(["--profile", str(profile.folder), *arguments])
    *_, told = said.getvalue().splitlines()
    assert ": ошибка: " in told
    assert not {"error:", "argument", "invalid", "choice:", "required:", "needed,"} & set(told.split())
    language.use("en")


def test_help_and_wrong_usage_speak_the_language_of_the_profile(profile: Profile) -> None:
    assert profile.run("settings", "set", "appearance.language", "ru").code == 0
    helped = profile.run("--help", LANGUAGE="en").output.decode()
    assert "показать эту справку и выйти" in helped
    wrong = profile.run("praise", LANGUAGE="en")
    assert (wrong.code, ": ошибка: " in wrong.errors) == (2, True)
    (profile.folder / "settings.json").write_text("{", "utf-8")
    assert "show this help" in profile.run("--help", LANGUAGE="en").output.decode()


def test_help_makes_no_profile(profile: Profile) -> None:
    assert profile.run("--help").code == 0
    assert profile.run("--profile").code == 2
    assert not profile.folder.exists()
