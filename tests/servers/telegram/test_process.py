"""The server as a process of its own, told what to do over its control port."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from telethon import TelegramClient
from telethon.sessions import StringSession

from tests.servers.telegram import API_HASH, API_ID, TelegramServer
from tests.servers.telegram.listening import listening
from tests.servers.telegram.until import until

ROOT = Path(__file__).parents[3]


class Process:
    def __init__(self, process: asyncio.subprocess.Process, ports: dict[str, int]) -> None:
        self.process = process
        self.port, self._control = ports["port"], ports["control"]

    async def ask(self, do: str, **command: Any) -> Any:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._control)
        writer.write(json.dumps({"do": do} | command).encode() + b"\n")
        answer = json.loads(await reader.readline())
        writer.close()
        if "error" in answer:
            raise LookupError(answer["error"])
        return answer["result"]

    async def end(self, by: signal.Signals) -> int:
        self.process.send_signal(by)
        return await self.process.wait()


@asynccontextmanager
async def running(state: Path, port: int = 0) -> AsyncIterator[Process]:
    command = [sys.executable, "-m", "tests.servers.telegram", "--state", str(state), "--port", str(port)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    try:
        yield Process(process, json.loads(await process.stdout.readline()))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_a_server_of_its_own_goes_on_where_it_stopped(tmp_path: Path) -> None:
    async with running(tmp_path / "state") as server:
        owner, guest = (
            await server.ask("add_user", first_name="Owner"),
            await server.ask("add_user", first_name="Guest"),
        )
        group = await server.ask("add_supergroup", title="Cooking", creator=owner, members=[guest])
        session = await server.ask("session", user=owner)
        async with listening(TelegramClient(StringSession(session), API_ID, API_HASH)) as seen:
            posted = await server.ask("post", chat=group, author=guest, text="hello")
            await until(lambda: seen)
            assert (seen[0].message.id, seen[0].message.message) == (posted, "hello")
        await server.ask("edit", chat=group, message=posted, text="hello, all")
        assert await server.end(signal.SIGTERM) == 0
    async with running(tmp_path / "state", server.port) as again:
        shown = [{"id": posted, "author": guest, "text": "hello, all", "edited": True}]
        assert await again.ask("messages", chat=group) == shown
        async with TelegramClient(StringSession(session), API_ID, API_HASH) as client:
            assert (await client.get_me()).id == owner
        assert (await again.ask("counts"))["carried_out"]["users.GetUsers"] >= 1
        with pytest.raises(LookupError, match="KeyError"):
            await again.ask("post", chat=1, author=owner, text="nowhere")


async def test_a_killed_server_has_what_was_saved_a_second_ago(tmp_path: Path) -> None:
    state = tmp_path / "state"
    async with running(state) as server:
        owner = await server.ask("add_user", first_name="Owner")
        group = await server.ask("add_supergroup", title="Cooking", creator=owner, members=[])
        await server.ask("post", chat=group, author=owner, text="hello")
        await until(lambda: state.exists() and "hello" in _texts(state, group))
        await server.end(signal.SIGKILL)
    async with running(state) as again:
        assert [message["text"] for message in await again.ask("messages", chat=group)] == ["hello"]


def _texts(state: Path, group: int) -> list[str]:
    chat = TelegramServer.load(state).world.chats.get(group)
    return [message.text for message in chat.box.messages.values()] if chat else []
