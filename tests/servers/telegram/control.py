"""Commands to a server in a process of its own: JSON objects, one a line, over TCP.

`{"do": "post", "chat": 1500000001, "author": 500002, "text": "hello"}` is answered with `{"result": 1}` or with
`{"error": "..."}`. Users and chats are named by their ids, messages by the ids of their supergroup or channel.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from typing import Any

from tests.servers.telegram.entities import Chat, Message, User
from tests.servers.telegram.server import TelegramServer


class Control:
    """Each public method is a command."""

    def __init__(self, server: TelegramServer) -> None:
        self._server = server
        self._world = server.world

    def add_user(self, first_name: str, **fields: Any) -> int:
        return self._world.add_user(first_name, **fields).id

    def add_supergroup(self, title: str, creator: int, members: list[int], **fields: Any) -> int:
        return self._world.add_supergroup(title, self._user(creator), map(self._user, members), **fields).id

    def add_channel(self, title: str, creator: int, members: list[int], linked: int = 0) -> int:
        fields = {"linked": self._chat(linked)} if linked else {}
        return self._world.add_channel(title, self._user(creator), map(self._user, members), **fields).id

    def promote(self, chat: int, user: int) -> None:
        self._world.promote(self._chat(chat), self._user(user))

    def join(self, chat: int, user: int) -> None:
        self._world.join(self._chat(chat), self._user(user))

    def ban(self, chat: int, user: int, until: int = 0) -> None:
        self._world.ban(self._chat(chat), self._user(user), until=until)

    def post(self, chat: int, author: int, text: str, date: int = 0) -> int:
        return self._world.post(self._chat(chat), self._user(author), text, date=date).id

    def edit(self, chat: int, message: int, text: str) -> None:
        self._world.edit(self._message(chat, message), text)

    def delete(self, chat: int, messages: list[int]) -> None:
        self._world.delete(*(self._message(chat, number) for number in messages))

    def messages(self, chat: int) -> list[dict[str, Any]]:
        """Those that are there, oldest first."""
        return [
            {"id": number, "author": message.author.id, "text": message.text, "edited": bool(message.edit_date)}
            for number, message in self._chat(chat).box.messages.items()
        ]

    def session(self, user: int) -> str:
        return self._server.session_for(self._user(user))

    def environment(self, user: int = 0) -> dict[str, str]:
        return self._server.environment(self._user(user) if user else None)

    def counts(self) -> dict[str, dict[str, int]]:
        done = Counter(deed.kind for deed in self._world.deeds if deed.effective)
        return {"arrived": self._server.arrived, "carried_out": self._server.carried_out, "done": done}

    def fail(self, method: str, error: str, times: int = 1) -> None:
        self._server.faults.fail(method, error, times)

    def lose_answers(self, method: str, times: int = 1) -> None:
        self._server.faults.lose_answers(method, times)

    def delay(self, method: str, seconds: float, times: int = 1) -> None:
        self._server.faults.delay(method, seconds, times)

    def set_fault(self, name: str, value: float) -> None:
        """One of the attributes of Faults: silent, drop_chance, lose_updates, ..."""
        if name not in vars(self._server.faults):
            raise AttributeError(name)
        setattr(self._server.faults, name, value)

    def drop_connections(self) -> None:
        self._server.drop_connections()

    def revoke(self, user: int) -> None:
        self._server.revoke(self._user(user))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            writer.write(json.dumps(self._answer(line)).encode() + b"\n")
            await writer.drain()
        writer.close()

    def _answer(self, line: bytes) -> dict[str, Any]:
        try:
            command = json.loads(line)
            name = command.pop("do")
            if name.startswith("_"):
                raise AttributeError(name)
            return {"result": getattr(self, name)(**command)}
        except Exception as error:  # told to whoever gave the command
            return {"error": f"{type(error).__name__}: {error}"}

    def _user(self, number: int) -> User:
        return self._world.users[number]

    def _chat(self, number: int) -> Chat:
        return self._world.chats[number]

    def _message(self, chat: int, number: int) -> Message:
        return self._chat(chat).box.messages[number]


async def controlled(server: TelegramServer, port: int = 0, commands: type[Control] = Control) -> asyncio.Server:
    """Listens for commands on 127.0.0.1."""
    return await asyncio.start_server(commands(server)._serve, "127.0.0.1", port)
