"""Runs commands as a user does: as processes of their own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("LC_", "LANG", "QT_", "DISPLAY", "PYTHONUNBUFFERED"))
}


class Profile:
    """A folder with the data of a moderator, and the commands that work on it, each behind the words `before`."""

    def __init__(self, folder: Path, *before: str) -> None:
        self.folder = folder
        self.before = before

    def run(self, *arguments: str | Path, given: bytes = b"", **environment: str) -> "Ended":
        command = [
            *self.before,
            sys.executable,
            "-W",
            "error",
            "-m",
            "moderator_app",
            "--profile",
            self.folder,
            *arguments,
        ]
        done = subprocess.run(
            command, input=given, capture_output=True, env=ENVIRONMENT | environment, timeout=60, check=False
        )
        return Ended(done.returncode, done.stdout, done.stderr.decode())

    def json(self, *arguments: str | Path, code: int = 0) -> Any:
        """The one object that a command prints."""
        ended = self.run(*arguments)
        assert ended.code == code, ended.errors
        (record,) = ended.records
        return record

    def records(self, *arguments: str | Path, given: bytes = b"") -> list[dict[str, Any]]:
        ended = self.run(*arguments, given=given)
        assert ended.code == 0, ended.errors
        return ended.records

    def refused(self, *arguments: str | Path) -> str:
        """The one line with which a command refuses."""
        ended = self.run(*arguments)
        assert ended.code == 3, ended
        assert ended.errors.count("\n") == 1, ended.errors
        return ended.errors


class Ended:
    def __init__(self, code: int, output: bytes, errors: str) -> None:
        assert "Traceback" not in errors, errors
        self.code = code
        self.output = output
        self.errors = errors

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.output.decode().splitlines()]


def line(text: str, id: int = 1, **fields: object) -> dict[str, object]:
    return {"id": id, "text": text, "author": 5, "date": 1_700_000_000 + id} | fields


def write_lines(file: Path, *records: Mapping[str, object]) -> Path:
    file.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return file
