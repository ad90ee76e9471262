"""What the README tells a newcomer to run is there, and what the automatic checks run."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BLOCKS = re.findall(r"^```sh\n(.*?)\n```", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def test_the_first_two_shell_blocks_open_the_console_and_run_the_checks() -> None:
    assert BLOCKS[:2] == ["sh resources/setup/console.sh", "sh resources/setup/check.sh"]


def test_the_automatic_run_is_the_second_of_them() -> None:
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] == BLOCKS[1]


@pytest.mark.parametrize("script", sorted((ROOT / "resources" / "setup").glob("*.sh")), ids=lambda path: path.name)
def test_set_up_scripts_are_written_for_any_shell(script: Path) -> None:
    run = subprocess.run(["sh", "-n", str(script)], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
