"""The server as a process of its own, told what to do by commands; and unmodified vk_api as its client."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jconfig
import pytest
import requests
from requests.adapters import HTTPAdapter
from vk_api.bot_longpoll import VkBotEventType, VkBotLongPoll
from vk_api.vk_api import VkApiGroup

from tests.servers.vk.scene import Scene

ROOT = Path(__file__).parents[3]


class Process:
    def __init__(self, process: subprocess.Popen[str], told: dict[str, Any]) -> None:
        self.process = process
        self.port, self._control = told["port"], told["control"]

    def ask(self, do: str, **command: Any) -> Any:
        answer = requests.post(self._control, json={"do": do} | command, timeout=5).json()
        if "error" in answer:
            raise LookupError(answer["error"])
        return answer["result"]

    def call(self, method: str, token: str, **given: Any) -> Any:
        data = {"access_token": token, "v": "5.199"} | given
        return requests.post(f"http://127.0.0.1:{self.port}/method/{method}", data, timeout=5).json()

    def end(self, by: signal.Signals) -> int:
        self.process.send_signal(by)
        return self.process.wait(10)


@contextmanager
def running(folder: Path, port: int = 0) -> Iterator[Process]:
    control = folder / "control.json"
    command = [sys.executable, "-m", "tests.servers.vk", "--port", str(port), "--control", str(control)]
    command += ["--state", str(folder / "state"), "--no-limits"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        told = json.loads(process.stdout.readline())
        assert json.loads(control.read_text()) == told
        try:
            yield Process(process, told)
        finally:
            if process.poll() is None:
                process.kill()


def test_a_server_of_its_own_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        owner, guest = server.ask("add_user", first_name="Olga"), server.ask("add_user", first_name="Guest")
        group = server.ask("add_community", name="Cooking", creator=owner)
        post = server.ask("post", community=group, text="Soup")
        comment = server.ask("comment", community=group, place=post, author=guest, text="hello")
        token = server.ask("user_token", user=owner)
        server.ask("fail", method="wall.deleteComment", code=9)
        given = {"owner_id": -group, "comment_id": comment}
        assert server.call("wall.deleteComment", token, **given)["error"]["error_code"] == 9
        assert server.call("wall.deleteComment", token, **given) == {"response": 1}
        assert server.ask("counts")["done"]["delete"] == 1
        with pytest.raises(LookupError, match="KeyError"):
            server.ask("post", community=1, text="nowhere")
        with pytest.raises(LookupError, match="AttributeError"):
            server.ask("_user", number=1)
        assert server.end(signal.SIGTERM) == 0
    with running(tmp_path, server.port) as again:
        assert again.port == server.port
        (kept,) = again.ask("comments", community=group)
        assert (kept["id"], kept["deleted"]) == (comment, True)
        assert again.call("wall.restoreComment", token, **given) == {"response": 1}


class Rewritten(HTTPAdapter):
    """Leads what is meant for VK to the server."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address

    def send(self, request: Any, *arguments: Any, **options: Any) -> requests.Response:
        request.url = request.url.replace("https://api.vk.ru", self._address)
        return super().send(request, *arguments, **options)


def test_vk_api_works_with_it_as_with_vk(scene: Scene) -> None:
    with requests.Session() as session:
        session.mount("https://api.vk.ru/", Rewritten(scene.server.address))
        options = {"token": scene.group_token, "api_version": "5.199", "config": jconfig.MemoryConfig}
        api = VkApiGroup(session=session, **options)
        assert api.get_api().groups.getById()["groups"][0]["name"] == "Cooking"
        poll = VkBotLongPoll(api, scene.cooking.id, wait=2)
        with poll.session:
            scene.comment("hello")
            (event,) = poll.check()
            assert (event.type, event.object.text) == (VkBotEventType.WALL_REPLY_NEW, "hello")
