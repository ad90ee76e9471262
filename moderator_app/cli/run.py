"""Runs one command: exit code 0 done, 2 wrong usage, 3 unreadable or refused, 4 sign-in needed."""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from moderator_app import log, paths, settings
from moderator_app.app import SETTINGS, App
from moderator_app.cli import (
    classify,
    collect,
    input_commands,
    login,
    logout,
    machine_commands,
    report_commands,
    review_commands,
    scan,
)
from moderator_app.cli.arguments import profile_of, read
from moderator_app.cli.output import complain
from moderator_app.credentials import Credentials
from moderator_app.domain.errors import ModeratorError, Refused, SignInNeeded
from moderator_app.language import _, explain_finding, explain_note, use
from moderator_app.private_files import reason

DONE, REFUSED, SIGN_IN_NEEDED, INTERRUPTED = 0, 3, 4, 130
# A fault of ours, which no caller should take for one of the world's.
FAILED = 1

logger = logging.getLogger(__name__)

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
    "collect": collect.collect,
    "classify": classify.classify,
}
_READING = frozenset({"queue", "history", "stats", "export", "doctor"})


def main(arguments: Sequence[str]) -> int:
    """Run a command, or open the window where none is named."""
    if sys.stdout is None:
        # Started with its output closed.
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for the whole run
    use(_language(arguments))
    chosen = read(arguments)
    # Before any process is started that could inherit them.
    credentials = Credentials.taken_from(os.environ)
    try:
        code = _run(chosen, credentials)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough: `queue | head`.
        _close_output()
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _failed(error)
    return code


def _language(arguments: Sequence[str]) -> str:
    """The language chosen in the profile, "" where it cannot be read: usage is explained before anything is opened."""
    try:
        return settings.load(paths.chosen(profile_of(arguments)) / SETTINGS).appearance.language
    except (ModeratorError, OSError, RuntimeError, ValueError):
        return ""


def _failed(error: Exception) -> int:
    """Say in one line what went wrong, after what was printed before."""
    try:
        sys.stdout.flush()
    except OSError:
        _close_output()
    if isinstance(error, ModeratorError):
        complain(error)
        return SIGN_IN_NEEDED if isinstance(error, SignInNeeded) else REFUSED
    if isinstance(error, OSError):
        complain(Refused("files.not_written", path=str(error.filename or "stdout"), reason=reason(error)))
        return REFUSED
    sentence = _("Something went wrong inside the program. Nothing stored is lost; the details are in the log.")
    sys.stderr.write(f"{sentence} ({type(error).__name__})\n")
    return FAILED


def _close_output() -> None:
    """Keep the interpreter from complaining when it flushes at its end what nobody takes."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(chosen: argparse.Namespace, credentials: Credentials) -> int:
    if chosen.demo or chosen.command is None:
        from moderator_app.cli import window

        return window.demo() if chosen.demo else window.console(chosen.profile, credentials)
    if chosen.command == "scan":
        return scan.run(chosen.file, chosen.workers, chosen.profile)
    to_read = _only_reads(chosen)
    profile = paths.profile_to_read(chosen.profile) if to_read else paths.profile(chosen.profile)
    if chosen.command == "doctor":
        return machine_commands.doctor(profile, credentials, as_json=chosen.json)
    use(settings.load(profile / SETTINGS).appearance.language)
    if chosen.command == "login":
        return login.of(chosen.where)(profile, credentials)
    if chosen.command == "logout":
        return logout.telegram(profile, credentials, chosen.id)
    handler = log.start(profile)
    # A log that cannot be written, because the disk is full, is no reason to write over the terminal.
    logging.raiseExceptions = False
    try:
        return asyncio.run(_with_app(_COMMANDS[chosen.command], chosen, profile, credentials))
    except (ModeratorError, OSError):
        raise
    except Exception:
        logger.exception("the command %s failed", chosen.command)
        raise
    finally:
        with suppress(OSError):
            log.stop(handler)


def _only_reads(chosen: argparse.Namespace) -> bool:
    """Whether the command does its work on a profile that cannot be written."""
    return chosen.command in _READING or (chosen.command == "settings" and chosen.verb == "show")


async def _with_app(command: Command, chosen: argparse.Namespace, profile: Path, kept: Credentials) -> int:
    app = await App.open(profile, explain_finding, explain_note, to_read=_only_reads(chosen), kept=kept)
    try:
        return await command(app, chosen)
    finally:
        await app.stop()
