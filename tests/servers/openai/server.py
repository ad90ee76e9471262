"""The server itself: HTTP/1.1 on a loopback port, in a thread of its own."""

import asyncio
import json
import threading
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any, Self

from tests.servers.openai import model, tokens
from tests.servers.openai.behaviour import Fault, Kind, Obeys

_KEPT = 20
_STATUS = {
    Kind.TOO_MANY: (429, "rate_limit_exceeded"),
    Kind.FAULT: (500, "server_error"),
    Kind.UNKNOWN: (404, "not_found"),
    Kind.KEY: (401, "invalid_api_key"),
    Kind.BAD_REQUEST: (400, "invalid_request_error"),
}


@dataclass(slots=True)
class Heard:
    """One request as it came."""

    path: str
    key: str
    body: dict[str, Any]
    at: float = field(default_factory=time.monotonic)


class OpenAiServer:
    """`with OpenAiServer() as server:` serves on `server.url` until the end of the block.

    `seconds` is how long every answer takes. `moderation=False` makes it a server that has no such endpoint.
    """

    def __init__(self, port: int = 0, *, seconds: float = 0.0, moderation: bool = True) -> None:
        self.port = port
        self.seconds = seconds
        self.moderation = moderation
        self.obeys = Obeys.NOBODY
        self.orders: list[str] = []
        self.heard: list[Heard] = []
        self.counted: Counter[str] = Counter()
        # As it was answered in the usage figures.
        self.tokens_told = 0
        self.most_at_once = 0
        self._at_once = 0
        self._faults: list[Fault] = []
        self._prompts: list[str] = []
        self._lock = threading.Lock()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="openai-server", daemon=True)
        self._listening: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def tell(self, *faults: Fault) -> None:
        """Have the next requests go wrong, in this order."""
        with self._lock:
            self._faults += faults

    def forgive(self) -> None:
        with self._lock:
            self._faults.clear()

    def of(self, path: str) -> list[Heard]:
        """The requests to an endpoint: chat, moderations or models."""
        return [each for each in self.heard if path in each.path]

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _listen(self) -> None:
        self._listening = await asyncio.start_server(self._connected, "127.0.0.1", self.port)
        self.port = self._listening.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        assert self._listening is not None
        self._listening.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            while await self._serve(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._connections.discard(task)
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        line, *lines = head.split("\r\n")
        _method, path, _version = line.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in lines if each)}
        raw = await reader.readexactly(int(headers.get("content-length", 0)))
        body = json.loads(raw) if raw else {}
        if path.startswith("/control"):
            return await self._control(body, writer)
        self.heard.append(Heard(path, headers.get("authorization", "").removeprefix("Bearer "), body))
        self.counted[path.rsplit("/v1/", 1)[-1]] += 1
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            return await self._answer(path, body, self._fault_for(path), writer)
        finally:
            self._at_once -= 1

    def _fault_for(self, path: str) -> Fault | None:
        with self._lock:
            for place, fault in enumerate(self._faults):
                if fault.path in path:
                    if fault.times <= 1:
                        del self._faults[place]
                    else:
                        self._faults[place] = replace(fault, times=fault.times - 1)
                    return fault
        return None

    async def _answer(self, path: str, body: dict[str, Any], fault: Fault | None, writer: asyncio.StreamWriter) -> bool:
        await asyncio.sleep(self.seconds)
        kind = fault.kind if fault else None
        if fault and kind is Kind.HANG:
            await asyncio.sleep(fault.seconds or 3600)
            return False
        if fault and kind is Kind.LATE:
            await asyncio.sleep(fault.seconds)
        if fault and kind in _STATUS:
            return await _refuse(writer, *_STATUS[kind], retry_after=fault.retry_after, body=body)
        if kind is Kind.HTML:
            return await _send(writer, 200, b"<html><body>Bad gateway</body></html>", "text/html")
        if kind is Kind.HUGE:
            return await _send(writer, 200, b" " * 2_000_000 + b"{}")
        if path.endswith("/moderations") and not self.moderation:
            return await _refuse(writer, 404, "not_found")
        told = self.tokens_told
        reply = self._reply(path, body, {kind} if kind else set())
        if reply is None:
            return await _refuse(writer, 404, "not_found")
        content = json.dumps(reply, ensure_ascii=False).encode()
        if fault and kind is Kind.DRIP:
            return await _drip(writer, content, fault.seconds)
        if kind is Kind.CUT:
            self.tokens_told = told
            writer.write(_head(200, len(content)) + content[: len(content) // 2])
            await writer.drain()
            return False
        return await _send(writer, 200, content)

    def _reply(self, path: str, body: dict[str, Any], faults: set[Kind]) -> dict[str, Any] | None:
        if path.endswith("/chat/completions"):
            return self._chat(body, faults)
        if path.endswith("/moderations"):
            return _moderated(body, faults)
        if path.endswith("/models"):
            return {"object": "list", "data": [_model(name) for name in ("test-model", "omni-moderation-latest")]}
        return None

    def _chat(self, body: dict[str, Any], faults: set[Kind]) -> dict[str, Any]:
        content = model.answer(body, self.obeys, self.orders, faults)
        refused = Kind.REFUSAL in faults
        said = {"role": "assistant", "content": None if refused else content}
        said["refusal"] = "I cannot help with that." if refused else None
        prompt = tokens.prompt_of(body)
        counted = tokens.count(prompt) + tokens.OF_AN_IMAGE * len(tokens.images_of(body))
        cached = tokens.cached(prompt, self._prompts)
        self._prompts = [prompt, *self._prompts][:_KEPT]
        written = tokens.count(content)
        self.tokens_told += counted + written
        ended = "length" if Kind.LENGTH in faults else "stop"
        return {
            "id": f"chatcmpl-{len(self.heard)}",
            "object": "chat.completion",
            "created": 1_760_000_000,
            "model": body["model"],
            "choices": [{"index": 0, "message": said, "finish_reason": ended, "logprobs": None}],
            "usage": {
                "prompt_tokens": counted,
                "completion_tokens": written,
                "total_tokens": counted + written,
                "prompt_tokens_details": {"cached_tokens": cached},
            },
        }

    async def _control(self, body: dict[str, Any], writer: asyncio.StreamWriter) -> bool:
        """`{"faults": [..], "forgive": true, "obeys", "orders", "seconds", "moderation"}`; answers what was counted."""
        if body.get("forgive"):
            self.forgive()
        self.tell(*(Fault(**fault | {"kind": Kind(fault["kind"])}) for fault in body.get("faults", ())))
        self.obeys = Obeys(body.get("obeys", self.obeys))
        self.orders = body.get("orders", self.orders)
        self.seconds = body.get("seconds", self.seconds)
        self.moderation = body.get("moderation", self.moderation)
        told = {"counted": dict(self.counted), "tokens": self.tokens_told, "most_at_once": self.most_at_once}
        return await _send(writer, 200, json.dumps(told).encode())


def _moderated(body: dict[str, Any], faults: set[Kind]) -> dict[str, Any]:
    given: Any = body["input"]
    texts: list[Any] = [given] if isinstance(given, str) else given
    if texts and isinstance(texts[0], dict):
        # One result for all the parts of one message.
        texts = ["\n".join(part.get("text", "") for part in texts)]
    found = [model.scores(text, faults) for text in texts]
    if Kind.RESULT_MISSING in faults:
        found.pop()
    if Kind.RESULT_EXTRA in faults:
        found.append(model.scores("", set()))
    results = [
        {
            "flagged": any(score > 0.5 for score in each.values()),
            "categories": {name: score > 0.5 for name, score in each.items()},
            "category_scores": each,
            "category_applied_input_types": {name: ["text"] for name in each},
        }
        for each in found
    ]
    return {"id": "modr-1", "model": body.get("model", "omni-moderation-latest"), "results": results}


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 1_760_000_000, "owned_by": "tests"}


async def _refuse(
    writer: asyncio.StreamWriter, status: int, code: str, retry_after: str = "", body: dict[str, Any] | None = None
) -> bool:
    # As real servers do, it quotes what it was sent.
    error = {"message": f"{code}: {json.dumps(body, ensure_ascii=False)[:2000]}", "type": code, "code": code}
    extra = f"Retry-After: {retry_after}\r\n" if retry_after else ""
    return await _send(writer, status, json.dumps({"error": error}, ensure_ascii=False).encode(), extra=extra)


async def _send(
    writer: asyncio.StreamWriter, status: int, content: bytes, kind: str = "application/json", extra: str = ""
) -> bool:
    writer.write(_head(status, len(content), kind, extra) + content)
    await writer.drain()
    return True


async def _drip(writer: asyncio.StreamWriter, content: bytes, seconds: float) -> bool:
    """The body in twenty pieces, with `seconds` between them."""
    writer.write(_head(200, len(content)))
    step = max(1, len(content) // 20)
    for start in range(0, len(content), step):
        writer.write(content[start : start + step])
        await writer.drain()
        await asyncio.sleep(seconds)
    return True


def _head(status: int, length: int, kind: str = "application/json", extra: str = "") -> bytes:
    return f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{extra}\r\n".encode()
