"""Starting the window and leaving it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from moderator_app import paths
from moderator_app.app import DATABASE, SETTINGS
from tests.read_only import bound_by_rights, frozen

PATIENCE = 30.0

SPEAKING = """
import sys
from moderator_app.cli.run import main
from moderator_app.ui.widgets.empty_panel import EmptyPanel

said = EmptyPanel.say

def say(panel, title, text, button=""):
    print(title, text, flush=True)
    said(panel, title, text, button)

EmptyPanel.say = say
sys.exit(main(["--profile", sys.argv[1]]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_window_without_a_question(tmp_path: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "tests.ui.window_process", str(tmp_path / "profile")]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        sent = time.monotonic()
        program.send_signal(number)
        assert program.wait(PATIENCE) == 0
        assert time.monotonic() - sent < 5.0
    assert (tmp_path / "profile" / "window.ini").stat().st_mode & 0o077 == 0


WITH_A_SOURCE = """
import asyncio, sys, time
from moderator_app.cli import live, main
from tests.fakes import FakeSource

class Hanging(FakeSource):
    name = "telegram:1"

    async def messages(self, cursor):
        print("watched", flush=True)
        await asyncio.to_thread(time.sleep, 60)
        yield

async def offer(app):
    return [Hanging()]

live.OFFERS = (offer,)
sys.exit(main(["--profile", sys.argv[1]]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
def test_the_window_runs_the_sources_of_its_accounts_and_ends_in_time_though_one_hangs(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WITH_A_SOURCE, str(tmp_path / "profile")]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "watched\n"
        sent = time.monotonic()
        program.send_signal(signal.SIGTERM)
        assert program.wait(PATIENCE) == 0
        assert time.monotonic() - sent < 5.0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        (SETTINGS, '{"appearance": ', "settings.json, line 1, column 16: this is not a JSON object."),
        (SETTINGS, '{"review": {"grace_seconds": 99}}', "review.grace_seconds cannot be 99."),
        (DATABASE, "no database", "is damaged or not one of this program. It is left as it is"),
    ],
)
def test_data_that_cannot_be_opened_are_explained_in_the_window(
    tmp_path: Path, file: str, content: str, said: str
) -> None:
    (paths.profile(tmp_path / "profile") / file).write_text(content, encoding="utf-8")
    assert_the_window_says(said, tmp_path / "profile")
    assert (tmp_path / "profile" / file).read_text(encoding="utf-8") == content


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
def test_a_read_only_profile_is_explained_in_the_window(tmp_path: Path) -> None:
    before = bound_by_rights()
    folder = paths.profile(tmp_path / "profile")
    with frozen(folder):
        assert_the_window_says(f"cannot be written: {folder} is read-only.", folder, *before)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
@pytest.mark.parametrize(
    ("folder", "said"), [("a file", "is a file. Choose a folder"), ("everybody's", "is shared with others")]
)
def test_a_folder_that_cannot_be_used_is_explained_in_the_window(tmp_path: Path, folder: str, said: str) -> None:
    (tmp_path / "a file").touch()
    (tmp_path / "everybody's").mkdir()
    (tmp_path / "everybody's").chmod(0o777)
    assert_the_window_says(said, tmp_path / folder)
    assert list((tmp_path / "everybody's").iterdir()) == []


def assert_the_window_says(said: str, folder: Path, *before: str) -> None:
    command = [*before, sys.executable, "-c", SPEAKING, str(folder)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "LANGUAGE": "en"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        lines = iter(program.stdout.readline, "")
        assert said in next(line for line in lines if "The console cannot open" in line)
        program.send_signal(signal.SIGTERM)
        assert program.wait(PATIENCE) == 3
        *_, told = program.stderr.read().splitlines()
        assert said in told
