"""The commands `settings` and `doctor`."""

import argparse
import os
import sys
from pathlib import Path

from moderator_app import doctor as checks
from moderator_app.app import DATABASE, SETTINGS, App
from moderator_app.cli.output import print_json, say
from moderator_app.credentials import Credentials
from moderator_app.domain.errors import Refused
from moderator_app.domain.list_entries import joined
from moderator_app.storage import schema


async def change_or_show(app: App, chosen: argparse.Namespace) -> int:
    """Print every setting, or set one; a policy or list that changed is judged by at once."""
    if chosen.verb == "set":
        from_input = chosen.value == "-" and chosen.key.startswith("lists.")
        if await app.preferences.set_any(chosen.key, _given() if from_input else _read(chosen.key, chosen.value)):
            await app.use_new_rules()
        return 0
    shown = await app.preferences.show()
    if chosen.json:
        print_json(shown)
    else:
        for key, value in shown.items():
            say(f"{key} = {_plain(key, value)}")
    return 0


def doctor(profile: Path, credentials: Credentials, *, as_json: bool) -> int:
    """Print every check, and what to mend where one failed."""
    patient = checks.Patient(
        profile=profile,
        settings_file=profile / SETTINGS,
        credentials=credentials,
        database=lambda: (schema.usable_version(profile / DATABASE), schema.HEAD),
        environment=os.environ,
    )
    found = []
    for check in checks.examine(patient):
        found.append(check)
        if not as_json:
            say(f"{check.state.value:<4}  {check.sentence}")
            if check.remedy:
                say(f"      {check.remedy}")
    if as_json:
        print_json({"checks": [_check_record(check) for check in found]})
    return 3 if any(check.state is checks.State.FAIL for check in found) else 0


def _check_record(check: checks.Check) -> dict[str, str]:
    return {
        "name": check.name,
        "state": check.state.value,
        "sentence": check.sentence,
        "remedy": check.remedy,
    }


def _given() -> str:
    """The standard input as the value of a list, one entry a line: more than fits into an argument."""
    if sys.stdin is None:
        raise Refused("scan.no_input")
    return joined(line for line in sys.stdin.buffer.read().decode("utf-8", "replace").splitlines() if line.strip())


# Several texts, one a line.
_OF_LINES = ("warnings.", "reasons.")
_BREAK = "\\n"


def _plain(key: str, value: object) -> str:
    """A value as it is printed on one line, and as it may be given back."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return joined(map(str, value))
    return str(value).replace("\n", _BREAK) if key.startswith(_OF_LINES) else str(value)


def _read(key: str, value: str) -> str:
    return value.replace(_BREAK, "\n") if key.startswith(_OF_LINES) else value
