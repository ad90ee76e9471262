import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.commands import ENVIRONMENT, Profile, line, write_lines

JOINED = {
    "id": 1,
    "type": "service",
    "date_unixtime": "1700000000",
    "action": "join_group_by_link",
    "actor": "Аня",
    "actor_id": "user5",
    "text": "",
}
EXPORTED = {
    "id": 2,
    "type": "message",
    "date_unixtime": "1700000001",
    "from": "Аня",
    "from_id": "user5",
    "text": ["да пошёл ", {"type": "bold", "text": "нахуй"}],
}
KEYS = {"messages", "new", "flagged", "joins", "unsupported", "errors", "seconds"}


def test_an_import_sums_up_and_the_second_adds_nothing(profile: Profile, chat: Path) -> None:
    first = profile.json("import", chat, "--json")
    second = profile.json("import", chat, "--json")
    assert first.keys() >= KEYS
    assert (first["messages"], first["new"], first["flagged"], first["errors"]) == (4, 4, 3, [])
    assert (second["messages"], second["new"], second["flagged"]) == (4, 0, 0)
    assert len(profile.records("queue")) == 3


def test_an_export_of_telegram_is_told_from_lines_by_itself(profile: Profile, tmp_path: Path) -> None:
    export = tmp_path / "result.json"
    export.write_text(
        json.dumps(
            {
                "name": "Двор",
                "type": "private_supergroup",
                "id": 1234567890,
                "messages": [JOINED, EXPORTED],
            }
        ),
        "utf-8",
    )
    summary = profile.json("import", export, "--json")
    assert (summary["messages"], summary["joins"], summary["flagged"]) == (1, 1, 1)
    (item,) = profile.records("queue")
    assert (item["source"], item["community"], item["author"], item["text"]) == (
        "telegram",
        "1234567890",
        "5",
        "да пошёл нахуй",
    )


def test_bad_lines_are_listed_and_the_rest_is_taken(profile: Profile, tmp_path: Path) -> None:
    file = tmp_path / "chat.jsonl"
    good = json.dumps(line("Привет", 7)).encode()
    file.write_bytes(
        b"\n".join([good, b"{", b"[]", b'{"id": 2}', b"\xff\xfe", b'{"id": 99999999999999999999999, "text": ""}'])
    )
    summary = profile.json("import", file, "--json")
    assert summary["messages"] == 1
    assert [error["place"] for error in summary["errors"]] == [2, 3, 4, 5, 6]
    assert all(error["error"] for error in summary["errors"])


def test_of_several_files_a_broken_one_keeps_no_other_from_being_read(
    profile: Profile, chat: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "result.json"
    whole = json.dumps({"name": "Чат", "type": "private_group", "id": 7, "messages": [EXPORTED, EXPORTED]})
    broken.write_text(whole[:-20], "utf-8")
    ended = profile.run("import", tmp_path, tmp_path / "missing.json", broken, chat, "--json")
    (summary,) = ended.records
    assert ended.code == 3
    assert (summary["messages"], summary["new"], summary["flagged"]) == (5, 5, 4)
    folder, missing, cut_off = ended.errors.splitlines()
    assert f"{tmp_path} is a folder" in folder
    assert "missing.json" in missing
    assert "result.json breaks off" in cut_off


def test_what_cannot_be_read_twice_or_is_empty_is_refused_clearly(profile: Profile, tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    assert "/dev/stdin" in profile.refused("import", "/dev/stdin")
    assert "empty.jsonl" in profile.refused("import", empty)


def test_a_summary_is_printed_as_text_too_and_nothing_moves_in_a_pipe(profile: Profile, chat: Path) -> None:
    ended = profile.run("import", chat)
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output.decode() == "4 messages read, 4 new, 3 flagged.\n"


def test_a_full_disk_ends_an_import_in_one_line_with_a_summary(tmp_path: Path, in_a_small_disk: list[str]) -> None:
    file = write_lines(tmp_path / "chat.jsonl", *(line("иди нахуй " + "слово " * 10, n) for n in range(9000)))
    ended = Profile(tmp_path / "disk", *in_a_small_disk).run("import", file, "--json")
    (summary,) = ended.records
    assert ended.code == 3
    assert ended.errors == "The disk is full. Nothing already stored is lost; make room and try again.\n"
    assert 0 < summary["messages"] < 9000


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no interrupt to one process")
def test_an_interrupted_import_sums_up_what_it_has_stored(profile: Profile, tmp_path: Path) -> None:
    file = tmp_path / "chat.jsonl"
    write_lines(file, *(line(f"Сообщение {n}", id=n) for n in range(100_000)))
    command = [sys.executable, "-m", "moderator_app", "--profile", str(profile.folder), "import", str(file), "--json"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT)
    database = profile.folder / "console.sqlite3"
    until = time.monotonic() + 50
    while not _stored(database) and time.monotonic() < until:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    output, errors = running.communicate(timeout=50)
    assert (running.returncode, b"Traceback" in errors) == (130, False)
    summary = json.loads(output)
    assert 0 < summary["new"] == _stored(database) < 100_000


def _stored(database: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM message").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
