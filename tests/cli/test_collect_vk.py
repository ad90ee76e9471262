"""`collect` with VK's tokens in the environment and nothing configured, against the loopback server."""

import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import ENVIRONMENT, Profile
from tests.cli.test_collect import Collect, eventually
from tests.servers.vk import Community, Place, User, VkServer

INSULT = "да пошёл ты нахуй"


@pytest.fixture
def server() -> Iterator[VkServer]:
    with VkServer() as server:
        yield server


class Scene:
    """A community, its manager, somebody who insults, and a running `collect`."""

    def __init__(self, server: VkServer, profile: Profile, *, moderator: bool) -> None:
        self.server, self.profile, self.world = server, profile, server.world
        self.anna: User = self.world.add_user("Anna")
        self.rude: User = self.world.add_user("Rude")
        self.community: Community = self.world.add_community("Cooking", self.anna)
        self.post: Place = self.world.post(self.community, "Soup")
        given = server.environment(self.community, self.anna if moderator else None)
        self.environment: dict[str, Any] = {**given, "MODERATOR_VK_WRITE_GAP": "0"}

    def collect(self, stdin: int = subprocess.DEVNULL) -> Collect:
        return Collecting(self.profile, self.environment, stdin)

    def records(self, command: str) -> list[dict[str, Any]]:
        return self.profile.run(command, **self.environment).records


class Collecting(Collect):
    def __init__(self, profile: Profile, environment: dict[str, str], stdin: int = subprocess.DEVNULL) -> None:
        command = [sys.executable, "-W", "error", "-m", "moderator_app", "--profile", str(profile.folder), "collect"]
        self.process = subprocess.Popen(
            command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT | environment
        )


@pytest.fixture
def started(server: VkServer, tmp_path: Path) -> Iterator[Callable[..., tuple[Scene, Collect]]]:
    running: list[Collect] = []

    def start(*, moderator: bool = True, stdin: int = subprocess.DEVNULL) -> tuple[Scene, Collect]:
        scene = Scene(server, Profile(tmp_path / "profile"), moderator=moderator)
        running.append(scene.collect(stdin))
        return scene, running[-1]

    yield start
    for each in running:
        if each.process.poll() is None:
            each.process.kill()
        each.process.communicate()


def test_comments_come_in_and_decisions_go_out(started: Callable[..., tuple[Scene, Collect]]) -> None:
    scene, running = started()
    running.until("vk:environment", "connected")
    comment = scene.world.comment(scene.post, scene.rude, INSULT)
    scene.world.comment(scene.post, scene.anna, INSULT)
    eventually(lambda: scene.records("queue"))
    (item,) = scene.records("queue")
    assert (item["community"], item["message"], item["author_name"]) == (
        str(scene.community.id), str(comment.id), "Rude"
    )  # fmt: skip
    decided = scene.profile.run("decide", item["item"], "--action", "delete+ban", "--grace", "0", **scene.environment)
    assert decided.code == 0
    eventually(lambda: comment.deleted and scene.world.banned(scene.community))
    eventually(lambda: {each["state"] for each in scene.records("history")[0]["actions"]} == {"done"})
    code, _output, errors, seconds = running.end()
    assert (code, errors) == (0, b"")
    assert seconds < 5
    for token in (name for name in scene.environment.values() if name.startswith("vk1.")):
        for file in scene.profile.folder.iterdir():
            assert token.encode() not in file.read_bytes()


def test_with_the_communitys_token_alone_a_decision_is_refused_beforehand(
    started: Callable[..., tuple[Scene, Collect]],
) -> None:
    scene, running = started(moderator=False)
    running.until("vk:environment", "connected")
    scene.world.comment(scene.post, scene.rude, INSULT)
    eventually(lambda: scene.records("queue"))
    (item,) = scene.records("queue")

    def refused() -> bool:
        words = ("decide", item["item"], "--action", "delete", "--grace", "30")
        ended = scene.profile.run(*words, **scene.environment)
        if ended.code == 0:
            scene.profile.run("undo", **scene.environment)
        return ended.code == 3 and "lets no community's token do this" in ended.errors

    eventually(refused)
    assert running.end()[0] == 0


def test_a_refused_token_is_told_once_and_it_stays_up(started: Callable[..., tuple[Scene, Collect]]) -> None:
    scene, running = started()
    running.until("vk:environment", "connected")
    scene.world.revoke(scene.environment["MODERATOR_VK_COMMUNITY_TOKEN"])
    scene.server.long_poll.expire_keys()
    scene.server.drop_connections()
    seen = running.until("vk:environment", "signed_out")
    assert [state for _name, state in seen].count("signed_out") == 1
    scene.world.comment(scene.post, scene.rude, INSULT)
    assert running.process.poll() is None
    code, output, _errors, _seconds = running.end()
    assert (code, output) == (0, b"")
    # Made anew, with nothing lost.
    scene.environment["MODERATOR_VK_COMMUNITY_TOKEN"] = scene.world.community_token(scene.community)
    again = scene.collect()
    again.until("vk:environment", "connected")
    eventually(lambda: scene.records("queue"))
    assert again.end()[0] == 0


def test_a_captcha_parks_a_decision_until_it_is_made_again(started: Callable[..., tuple[Scene, Collect]]) -> None:
    scene, running = started()
    running.until("vk:environment", "connected")
    comment = scene.world.comment(scene.post, scene.rude, INSULT)
    eventually(lambda: scene.records("queue"))
    (item,) = scene.records("queue")
    scene.server.faults.fail("wall.deleteComment", 14, captcha_sid="1", captcha_img="http://127.0.0.1/x.png")
    decide = ("decide", item["item"], "--action", "delete", "--grace", "0")
    assert scene.profile.run(*decide, **scene.environment).code == 0
    eventually(lambda: scene.records("history")[0]["actions"][0]["state"] == "waiting")
    assert "whether a human is at work" in scene.records("history")[0]["actions"][0]["error"]
    assert scene.profile.run(*decide, **scene.environment).code == 0
    eventually(lambda: comment.deleted)
    assert running.end()[0] == 0


def test_a_captcha_is_told_with_its_address_and_answered_at_the_terminal(
    started: Callable[..., tuple[Scene, Collect]],
) -> None:
    hands, terminal = pty.openpty()
    scene, running = started(stdin=terminal)
    running.until("vk:environment", "connected")
    comment = scene.world.comment(scene.post, scene.rude, INSULT)
    eventually(lambda: scene.records("queue"))
    (item,) = scene.records("queue")
    token = scene.environment["MODERATOR_VK_USER_TOKEN"]
    scene.server.captchas.demand(token, "wall.deleteComment")
    decided = scene.profile.run("decide", item["item"], "--action", "delete", "--grace", "0", **scene.environment)
    assert decided.code == 0
    eventually(lambda: scene.records("history")[0]["actions"][0]["state"] == "waiting")
    page = f"{scene.server.address}/"
    assert page in scene.records("history")[0]["actions"][0]["error"]
    line = running.line()
    while not line["detail"]:
        line = running.line()
    assert line["state"] == "connected"
    assert page in line["detail"]
    os.write(hands, f"https://id.vk.test/#success_token={scene.server.captchas.success_token(token)}\n".encode())
    eventually(lambda: comment.deleted)
    assert running.line()["detail"] == ""
    assert running.end()[0] == 0
    os.close(hands)
    os.close(terminal)
