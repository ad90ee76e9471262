"""Runs one command: exit code 0 done, 2 wrong usage, 3 unreadable or refused, 4 sign-in needed."""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

from moderator_app import log, paths, settings
from moderator_app.app import SETTINGS, App
from moderator_app.cli import input_commands, machine_commands, report_commands, review_commands, scan
from moderator_app.cli.arguments import parser
from moderator_app.cli.output import complain
from moderator_app.domain.errors import ModeratorError, SignInNeeded
from moderator_app.language import explain_finding, explain_note, use

DONE, WRONG_USAGE, REFUSED, SIGN_IN_NEEDED = 0, 2, 3, 4

Command = Callable[[App, argparse.Namespace], Coroutine[Any, Any, int]]

_COMMANDS: Mapping[str, Command] = {
    "import": input_commands.import_files,
    "queue": review_commands.queue,
    "decide": review_commands.decide,
    "undo": review_commands.undo,
    "history": report_commands.history,
    "stats": report_commands.stats,
    "export": report_commands.export,
    "settings": machine_commands.change_or_show,
}


def main(arguments: Sequence[str]) -> int:
    """Run a command, or open the window where none is named."""
    use("")
    chosen = parser().parse_args(arguments)
    try:
        return _run(chosen)
    except SignInNeeded as error:
        complain(error)
        return SIGN_IN_NEEDED
    except ModeratorError as error:
        complain(error)
        return REFUSED
    except BrokenPipeError:
        # The reader has seen enough (`queue | head`); the interpreter must not complain when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return 130


def _run(chosen: argparse.Namespace) -> int:
    if chosen.demo or chosen.command is None:
        from moderator_app.cli import window

        return window.demo() if chosen.demo else window.console(paths.profile(chosen.profile))
    if chosen.command == "scan":
        return scan.run(chosen.file, chosen.workers, chosen.profile)
    profile = paths.profile(chosen.profile)
    use(settings.load(profile / SETTINGS).appearance.language)
    if chosen.command == "doctor":
        return machine_commands.doctor(profile, as_json=chosen.json)
    handler = log.start(profile)
    try:
        return asyncio.run(_with_app(_COMMANDS[chosen.command], chosen))
    finally:
        log.stop(handler)


async def _with_app(command: Command, chosen: argparse.Namespace) -> int:
    app = await App.open(paths.profile(chosen.profile), explain_finding, explain_note)
    try:
        return await command(app, chosen)
    finally:
        await app.stop()
