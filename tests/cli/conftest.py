import subprocess
from pathlib import Path

import pytest

from tests.cli.commands import Profile, line, write_lines


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "profile")


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    """Four messages, three of which are for the queue."""
    return write_lines(
        tmp_path / "chat.jsonl",
        line("Всем доброе утро", 1),
        line("иди нахуй", 2, author_name="Аня", community=100, community_name="Двор"),
        line("да пошёл ты нахуй", 3, platform="vk", community=200),
        line("ты охуел?", 4),
    )


@pytest.fixture
def in_a_small_disk(tmp_path: Path) -> list[str]:
    """Words before a command in which `disk` has room for four megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    return _in_namespace(f"mount -t tmpfs -o size=4m,mode=0700 none {disk}")


@pytest.fixture
def in_a_read_only_disk(tmp_path: Path) -> list[str]:
    """Words before a command to which `profile` is read-only."""
    folder = tmp_path / "profile"
    folder.mkdir(mode=0o700, exist_ok=True)
    return _in_namespace(f"mount --bind {folder} {folder} && mount -o remount,bind,ro {folder}")


def _in_namespace(mounting: str) -> list[str]:
    words = ["unshare", "--map-root-user", "--mount", "sh", "-c", f'{mounting} && exec "$@"', "sh"]
    try:
        mounted = subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("this machine lets nobody mount")
    return words
