"""A profile that cannot be written is read all the same."""

import sqlite3
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from moderator_app.app import DATABASE
from tests.cli.commands import ENVIRONMENT, Profile
from tests.read_only import bound_by_rights, frozen

# Ends without closing the database: its last words stand in the write-ahead log.
_KILLED = """
import asyncio, os, sys
from pathlib import Path
from moderator_app.app import App
from moderator_app.domain.decision import Choice
from moderator_app.language import explain_finding, explain_note

async def decide_and_die(profile):
    app = await App.open(profile, explain_finding, explain_note)
    (row, *_) = (await app.queue.page()).rows
    await app.review.decide([row.item], Choice.DISMISS)
    os._exit(0)

asyncio.run(decide_and_die(Path(sys.argv[1])))
"""


@pytest.fixture
def bound(profile: Profile, chat: Path) -> Profile:
    """The profile with three items in its queue, worked on by one whom rights bind."""
    before = bound_by_rights()
    profile.json("import", chat, "--json")
    return Profile(profile.folder, *before)


def test_a_read_only_folder_is_read(profile: Profile, bound: Profile, tmp_path: Path) -> None:
    queue, history, stats = profile.records("queue"), profile.records("history"), profile.json("stats", "--json")
    target = tmp_path / "queue.jsonl"
    with frozen(profile.folder):
        assert bound.records("queue") == queue
        assert bound.records("history") == history
        assert bound.json("stats", "--json") == stats
        assert bound.json("export", "queue", "-o", target, "--json")["rows"] == len(queue)
        assert bound.json("settings", "show", "--json")["review.grace_seconds"] == 5
        checks = {check["name"]: check for check in bound.json("doctor", "--json", code=3)["checks"]}
    assert checks["rights"]["state"] == "fail"
    assert checks["database"]["state"] == "ok"
    assert len(target.read_text("utf-8").splitlines()) == len(queue)


def test_what_would_write_names_the_read_only_folder_and_a_way_out(bound: Profile, chat: Path) -> None:
    with frozen(bound.folder):
        for command in (
            ("import", chat),
            ("decide", "1", "--action", "delete"),
            ("undo",),
            ("settings", "set", "lists.whitelist", "vk:1"),
        ):
            said = bound.refused(*command)
            assert f"cannot be written: {bound.folder} is read-only" in said
            assert "--profile" in said


def test_a_database_that_is_read_only_by_itself_is_read(profile: Profile, bound: Profile) -> None:
    queue = profile.records("queue")
    database = profile.folder / DATABASE
    database.chmod(0o400)
    assert bound.records("queue") == queue
    assert f"{database} is read-only" in bound.refused("undo")


@pytest.mark.parametrize("with_index", [True, False], ids=["log and index", "log alone"])
def test_what_a_killed_process_left_in_the_log_is_read(
    profile: Profile, bound: Profile, chat: Path, with_index: bool
) -> None:
    subprocess.run([sys.executable, "-c", _KILLED, profile.folder], env=ENVIRONMENT, check=True)
    log, index = (profile.folder / f"{DATABASE}{suffix}" for suffix in ("-wal", "-shm"))
    assert log.stat().st_size > 0
    if not with_index:
        index.unlink()
    with frozen(profile.folder):
        assert len(bound.records("queue")) == 2
        assert [line["decision"] for line in bound.records("history")] == ["dismiss"]
        assert len(bound.records("scan", chat)) == 4


def test_a_read_only_folder_is_read_while_another_has_the_database_open(profile: Profile, bound: Profile) -> None:
    with ExitStack() as stack:
        other = sqlite3.connect(profile.folder / DATABASE)
        stack.callback(other.close)
        other.execute("UPDATE item SET state = 'withdrawn', head = 0 WHERE id = 1")
        other.commit()
        stack.enter_context(frozen(profile.folder))
        assert len(bound.records("queue")) == 2


def test_a_read_only_folder_without_a_database_says_so(tmp_path: Path) -> None:
    before = bound_by_rights()
    folder = tmp_path / "empty"
    folder.mkdir(mode=0o700)
    with frozen(folder):
        assert f"{folder} is read-only" in Profile(folder, *before).refused("queue")
