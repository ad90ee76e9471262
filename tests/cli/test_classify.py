"""`moderator-app classify` and `login openai`, as processes, against the loopback server."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from moderator_app.credentials import Secret
from tests.cli.commands import ENVIRONMENT, Profile, line, write_lines
from tests.cli.hands import at_terminal
from tests.keyrings import environment as kept_in
from tests.keyrings import read_file
from tests.servers.openai import Fault, Kind, OpenAiServer

KEY = "sk-test-0123456789abcdef"
KEYS = {"messages", "asked", "cached", "skipped", "invalid", "requests", "tokens", "cost", "seconds"}


@pytest.fixture
def server() -> Iterator[OpenAiServer]:
    with OpenAiServer() as server:
        yield server


@pytest.fixture
def talk(profile: Profile, tmp_path: Path) -> Profile:
    """A profile with sixty messages of as many authors."""
    texts = [f"Сообщение о погоде номер {n}" for n in range(58)]
    lines = [line(text, n, author=n) for n, text in enumerate([*texts, "Казино с бонусом", "ну и шлюха"], 1)]
    profile.run("import", write_lines(tmp_path / "talk.jsonl", *lines))
    return profile


def classified(profile: Profile, address: str, *arguments: str) -> dict[str, Any]:
    ended = profile.run("classify", *arguments, "--json", OPENAI_API_KEY=KEY, OPENAI_BASE_URL=address)
    assert ended.code == 0, ended.errors
    (record,) = ended.records
    assert set(record) >= KEYS
    return record


def exported(profile: Profile, tmp_path: Path) -> list[dict[str, Any]]:
    profile.run("export", "messages", "-o", tmp_path / "out.jsonl")
    return [json.loads(each) for each in (tmp_path / "out.jsonl").read_text("utf-8").split("\n") if each]


def test_a_key_and_an_address_are_enough(talk: Profile, server: OpenAiServer, tmp_path: Path) -> None:
    record = classified(talk, server.url, "--which", "all")
    assert (record["messages"], record["asked"], record["invalid"]) == (60, 60, 0)
    assert record["requests"] == len(server.heard) == 24
    assert record["tokens"] == server.tokens_told
    assert {each.key for each in server.heard} == {KEY}
    messages = exported(talk, tmp_path)
    assert all(each["ai"] for each in messages)
    by_text = {each["text"]: each["ai"] for each in messages}
    assert by_text["Казино с бонусом"]["spam"] == 0.97
    assert by_text["ну и шлюха"]["words"] == [
        {"word": "шлюха", "base_form": "шлюха", "confidence": 0.98, "spans": [[5, 10]]}
    ]
    assert classified(talk, server.url, "--which", "all")["messages"] == 0


def test_the_newest_come_first_up_to_the_limit(talk: Profile, server: OpenAiServer) -> None:
    assert classified(talk, server.url, "--which", "all", "--limit", "7")["messages"] == 7
    assert len(server.of("chat")) == 2


def test_the_budget_holds(talk: Profile, server: OpenAiServer, tmp_path: Path) -> None:
    talk.run("settings", "set", "ai.budget.requests_per_day", "3")
    record = classified(talk, server.url, "--which", "all")
    assert record["requests"] == len(server.heard) <= 3
    assert any(each["ai"] is None for each in exported(talk, tmp_path))


@pytest.mark.parametrize("kind", [Kind.HANG, Kind.FAULT, Kind.TOO_MANY, Kind.CUT])
def test_a_dead_server_ends_it_in_time_and_leaves_the_rest(
    kind: Kind, talk: Profile, server: OpenAiServer, tmp_path: Path
) -> None:
    server.tell(Fault(kind, times=1000))
    began = time.monotonic()
    record = classified(talk, server.url, "--which", "all")
    assert time.monotonic() - began < 45
    assert record["requests"] == len(server.heard)
    assert all(each["ai"] is None for each in exported(talk, tmp_path))
    server.forgive()
    assert classified(talk, server.url, "--which", "all")["asked"] == 60


def test_nobody_listening_ends_it_in_time(talk: Profile) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    record = classified(talk, f"http://127.0.0.1:{port}/v1", "--which", "all")
    assert record["tokens"] == 0


def test_without_a_key_it_says_how_to_give_one(talk: Profile) -> None:
    ended = talk.run("classify", "--json", LANGUAGE="en")
    assert ended.code == 4
    assert "login openai" in ended.errors


def test_a_key_that_the_server_does_not_take_asks_for_a_sign_in(talk: Profile, server: OpenAiServer) -> None:
    server.tell(Fault(Kind.KEY, times=100))
    ended = talk.run("classify", "--json", OPENAI_API_KEY=KEY, OPENAI_BASE_URL=server.url, LANGUAGE="en")
    assert ended.code == 4
    assert "login openai" in ended.errors
    assert ended.records[0]["requests"] == len(server.heard)


def test_two_at_once_ask_nothing_twice_and_keep_one_budget(talk: Profile, server: OpenAiServer, tmp_path: Path) -> None:
    server.seconds = 0.2
    around = {**ENVIRONMENT, "OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": server.url}
    command = [sys.executable, "-m", "moderator_app", "--profile", str(talk.folder), "classify", "--which", "all"]
    both = [subprocess.Popen(command, env=around, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [each.wait(60) for each in both] == [0, 0]
    texts = [text for each in server.of("moderations") for text in each.body["input"]]
    assert len(texts) == len(set(texts)) == 60
    assert len(server.of("chat")) == 12


def test_what_a_kill_interrupted_is_asked_by_the_next(talk: Profile, server: OpenAiServer, tmp_path: Path) -> None:
    server.tell(Fault(Kind.HANG, times=100, path="chat"))
    around = {**ENVIRONMENT, "OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": server.url}
    command = [sys.executable, "-m", "moderator_app", "--profile", str(talk.folder), "classify", "--which", "all"]
    with subprocess.Popen(command, env=around, stdout=subprocess.DEVNULL) as killed:
        while len(server.of("chat")) < 4:
            assert killed.poll() is None
        killed.kill()
    server.forgive()
    asked_before = len(server.of("moderations"))
    assert classified(talk, server.url, "--which", "all")["messages"] == 60
    assert all(each["ai"] for each in exported(talk, tmp_path))
    # Of these moderation had told already.
    assert len(server.of("moderations")) == 12
    assert asked_before >= 4


def test_neither_key_nor_texts_stand_in_what_is_kept(talk: Profile, server: OpenAiServer) -> None:
    server.tell(Fault(Kind.BAD_REQUEST, times=3), Fault(Kind.FAULT, times=3))
    classified(talk, server.url, "--which", "all")
    for path in talk.folder.rglob("*"):
        if path.is_file():
            assert KEY.encode() not in path.read_bytes()
            if path.suffix == ".log":
                assert "погоде" not in path.read_text("utf-8")


async def test_a_key_is_asked_for_checked_and_kept_in_the_keyring(server: OpenAiServer, tmp_path: Path) -> None:
    around = {
        **kept_in(tmp_path / "keyring.json"),
        "LANGUAGE": "en",
        "LC_ALL": "C.UTF-8",
        "OPENAI_BASE_URL": server.url,
    }
    server.tell(Fault(Kind.KEY))
    async with at_terminal(["--profile", str(tmp_path / "profile"), "login", "openai"], around) as hands:
        await hands.reads("Key (not shown): ")
        assert not hands.echoes()
        hands.types("sk-wrong-0123456789")
        assert "does not take the key" in await hands.reads("Key (not shown): ")
        hands.types(KEY)
        await hands.reads("kept in the keyring")
        assert await hands.ends() == 0
    assert KEY in read_file(tmp_path / "keyring.json").values()
    assert Secret.OPENAI_KEY.value in {name for _service, name in read_file(tmp_path / "keyring.json")}


def test_the_key_is_no_argument(profile: Profile) -> None:
    assert profile.run("login", "openai", KEY).code == 2


def test_no_qt_is_needed(talk: Profile) -> None:
    program = (
        "import sys\nfrom moderator_app.cli import classify, run\n"
        "assert not [name for name in sys.modules if name.startswith(('PySide6', 'openai'))]"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
