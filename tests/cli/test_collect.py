"""`collect` watches and acts without a window until it is stopped."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import ENVIRONMENT, Profile

ROOT = Path(__file__).parents[2]
KEYS = {"source", "state", "detail"}


class Collect:
    """A running `collect`; what it prints is read line by line."""

    def __init__(self, profile: Profile, *manners: str) -> None:
        command = [sys.executable, "-W", "error", "-m", "tests.cli.collecting", str(profile.folder), *manners]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT, cwd=ROOT
        )

    def line(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert line.keys() >= KEYS
        return line

    def until(self, name: str, state: str) -> list[tuple[str, str]]:
        """What is printed until a source is in a state, itself included."""
        seen = []
        while (name, state) not in seen:
            line = self.line()
            seen.append((line["name"], line["state"]))
        return seen

    def end(self, number: int = signal.SIGTERM) -> tuple[int, bytes, bytes, float]:
        """The exit code, what else it printed on both outputs, and how many seconds it took to end."""
        started = time.monotonic()
        self.process.send_signal(number)
        output, errors = self.process.communicate(timeout=20)
        return self.process.returncode, output, errors, time.monotonic() - started


@pytest.fixture
def collect(profile: Profile) -> Iterator[Callable[..., Collect]]:
    running: list[Collect] = []

    def start(*manners: str) -> Collect:
        running.append(Collect(profile, *manners))
        return running[-1]

    yield start
    for each in running:
        if each.process.poll() is None:
            each.process.kill()
        each.process.communicate()


def eventually(condition: Callable[[], object], seconds: float = 15) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_tells_how_its_sources_are_and_ends_well_when_it_is_stopped(
    collect: Callable[..., Collect], number: int
) -> None:
    running = collect("well")
    first = running.line()
    assert (first["source"], first["state"], first["detail"]) == ("telegram", "connecting", "")
    running.until("telegram:well", "connected")
    code, output, errors, seconds = running.end(number)
    assert (code, output, errors) == (0, b"", b"")
    assert seconds < 5


def test_what_another_process_decides_is_carried_out(profile: Profile, collect: Callable[..., Collect]) -> None:
    running = collect("well")
    running.until("telegram:well", "connected")
    eventually(lambda: profile.records("queue"))
    (item,) = [record["item"] for record in profile.records("queue")]
    decided = profile.json("decide", item, "--action", "delete+ban", "--grace", "0", "--json")
    assert decided["held_by"] == f"collect {running.process.pid}"
    performed = profile.folder / "performed-well"
    eventually(performed.exists)
    eventually(lambda: performed.read_text("utf-8") == "delete 1\nban 1\n")
    eventually(lambda: {each["state"] for each in profile.records("history")[0]["actions"]} == {"done"})
    assert running.end()[0] == 0


def test_a_warning_decided_by_a_command_counts_as_consent(profile: Profile, collect: Callable[..., Collect]) -> None:
    running = collect("well")
    eventually(lambda: profile.records("queue"))
    (item,) = [record["item"] for record in profile.records("queue")]
    profile.json("decide", item, "--action", "warn", "--grace", "0", "--json")
    performed = profile.folder / "performed-well"
    eventually(performed.exists)
    assert running.end()[0] == 0
    assert performed.read_text("utf-8") == "warn 1\n"


def test_a_command_beside_it_knows_what_the_account_may_not_do(
    profile: Profile, collect: Callable[..., Collect]
) -> None:
    running = collect("powerless")
    eventually(lambda: profile.records("queue"))
    (item,) = [record["item"] for record in profile.records("queue")]
    time.sleep(2)
    assert "may not ban or restrict" in profile.refused("decide", item, "--action", "delete+ban")
    profile.json("decide", item, "--action", "delete", "--grace", "0", "--json")
    eventually((profile.folder / "performed-powerless").exists)
    assert running.end()[0] == 0


def test_a_second_one_says_who_holds_the_sources(profile: Profile, collect: Callable[..., Collect]) -> None:
    first = collect("well")
    first.until("telegram:well", "connected")
    second = collect("well")
    output, errors = second.process.communicate(timeout=30)
    assert (second.process.returncode, output) == (3, b"")
    assert errors.count(b"\n") == 1
    assert f"collect {first.process.pid}" in errors.decode()
    assert first.end()[0] == 0
    # The lock went with the process.
    third = collect("well")
    third.until("telegram:well", "connected")
    assert third.end()[0] == 0


def test_a_lost_session_is_told_once_and_the_others_go_on(profile: Profile, collect: Callable[..., Collect]) -> None:
    running = collect("signed_out", "well")
    seen = running.until("telegram:well", "connected")
    eventually(lambda: profile.records("queue"))
    time.sleep(1)
    code, output, _errors, _seconds = running.end()
    assert code == 0
    assert [each for each in seen if each[1] == "signed_out"] == [("telegram:signed_out", "signed_out")]
    assert output == b""


def test_counts_alone_are_no_change(collect: Callable[..., Collect]) -> None:
    running = collect("telling")
    seen = running.until("telegram:telling", "connected")
    assert [state for _name, state in seen] == ["connecting", "catching_up", "connected"]
    assert running.end()[0] == 0


def test_it_ends_in_time_though_a_source_hangs(collect: Callable[..., Collect]) -> None:
    running = collect("hanging")
    assert running.line()["state"] == "connecting"
    code, _output, _errors, seconds = running.end()
    assert code == 0
    assert seconds < 5


def test_without_an_account_it_says_what_to_do(profile: Profile) -> None:
    ended = profile.run("collect")
    assert (ended.code, ended.output) == (4, b"")
    assert ended.errors.count("\n") == 1
    assert "moderator-app login" in ended.errors


def test_a_reader_that_has_seen_enough_causes_no_noise(collect: Callable[..., Collect]) -> None:
    running = collect("telling")
    running.line()
    assert running.process.stdout is not None
    running.process.stdout.close()
    running.process.stdout = None
    time.sleep(1)
    os.kill(running.process.pid, signal.SIGTERM)
    _output, errors = running.process.communicate(timeout=20)
    assert errors == b""
    assert running.process.returncode == 0
