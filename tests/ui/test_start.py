"""Starting the window and leaving it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PATIENCE = 30.0

STUCK = """
import asyncio, sys
from pathlib import Path
from moderator_app.domain.errors import Unreadable
from moderator_app.settings import Appearance, Language
from moderator_app.ui import start
from moderator_app.ui.widgets.empty_panel import EmptyPanel

async def opened():
    await asyncio.sleep(0.2)
    raise Unreadable("profile.not_a_folder", path="/x")

said = EmptyPanel.say

def say(panel, title, text, button=""):
    print(title, text, flush=True)
    said(panel, title, text, button)

EmptyPanel.say = say
sys.exit(start.run(opened, Path(sys.argv[1]), Appearance(language=Language.ENGLISH)))
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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
def test_data_that_cannot_be_opened_are_explained_in_the_window_already_shown(tmp_path: Path) -> None:
    command = [sys.executable, "-c", STUCK, str(tmp_path)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as program:
        assert program.stdout is not None
        lines = iter(program.stdout.readline, "")
        assert next(line for line in lines if "Opening" in line)
        assert "/x is a file. Choose a folder with --profile." in next(line for line in lines if "/x" in line)
        program.send_signal(signal.SIGTERM)
        assert program.wait(PATIENCE) == 1
