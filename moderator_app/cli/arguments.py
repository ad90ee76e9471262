"""The command line's grammar."""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from moderator_app import __version__
from moderator_app.cli import usage
from moderator_app.domain.ai import Which
from moderator_app.domain.decision import ActionKind, Choice
from moderator_app.domain.statistics import Period
from moderator_app.language import _
from moderator_app.moderation.exporting import ExportKind

# argparse gives the type no public name.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def profile_of(arguments: Sequence[str]) -> Path | None:
    """The folder that the arguments name, whatever else may be wrong with them."""
    looking = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    looking.add_argument("--profile", type=Path)
    try:
        found: Path | None = looking.parse_known_args(arguments)[0].profile
    except (argparse.ArgumentError, SystemExit):
        return None
    return found


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """What the arguments ask for; wrong ones end the run with code 2."""
    chosen = parser().parse_args(arguments)
    if chosen.command == "decide" and chosen.length is not None and _TIMED.isdisjoint(Choice(chosen.action).kinds):
        chosen.refuse(_("--for is for a mute or a ban, not for {action}").format(action=chosen.action))
    return chosen


_TIMED = frozenset({ActionKind.MUTE, ActionKind.BAN})


def parser() -> argparse.ArgumentParser:
    """Without a command the window opens; `command` is then None."""
    usage.speak()
    top = argparse.ArgumentParser("moderator-app", description=_("Review, decide and undo in Telegram and VK chats."))
    top.add_argument("--profile", type=Path, metavar="DIR", help=_("put all data of this run under DIR"))
    top.add_argument("--demo", action="store_true", help=_("try the console on bundled sample chats"))
    version = _("show program's version number and exit")
    top.add_argument("--version", action="version", version=__version__, help=version)
    commands = top.add_subparsers(dest="command", metavar=_("COMMAND"))
    _input(commands)
    _review(commands)
    _reports(commands)
    _machine(commands)
    return top


def _input(commands: Commands) -> None:
    imported = commands.add_parser("import", help=_("take in Telegram exports or JSON lines"))
    imported.add_argument("files", nargs="+", type=Path, metavar="FILE")
    _json(imported)
    scan = commands.add_parser("scan", help=_("judge JSON lines and store nothing"))
    scan.add_argument("file", nargs="?", type=Path, metavar="FILE")
    scan.add_argument("--workers", type=count, default=1, metavar="N", help=_("judge in N processes"))


def _review(commands: Commands) -> None:
    queue = commands.add_parser("queue", help=_("print the queue in its order, as JSON lines"))
    queue.add_argument("--limit", type=count, metavar="N")
    decide = commands.add_parser("decide", help=_("decide items, as a key in the window does"))
    decide.add_argument("items", nargs="+", metavar="ITEM")
    decide.add_argument("--action", required=True, choices=[choice.value for choice in Choice])
    decide.add_argument("--reason", type=words, default="", metavar="R")
    decide.add_argument("--grace", type=seconds, metavar="SECONDS", help=_("time in which it can be taken back"))
    decide.add_argument("--for", type=length, dest="length", metavar="SECONDS", help=_("length of a mute or ban"))
    decide.set_defaults(refuse=decide.error)
    undo = commands.add_parser("undo", help=_("take back the newest decision, or that of an item"))
    undo.add_argument("item", nargs="?", metavar="ITEM")
    for command in (decide, undo):
        _json(command)


def _reports(commands: Commands) -> None:
    commands.add_parser("history", help=_("print decisions and actions, newest first, as JSON lines"))
    stats = commands.add_parser("stats", help=_("print totals, top users and top words"))
    stats.add_argument("--period", choices=[period.value for period in Period], default=Period.ALL.value)
    _json(stats)
    export = commands.add_parser("export", help=_("write a file for a spreadsheet or a program"))
    export.add_argument("what", choices=[kind.value for kind in ExportKind])
    export.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help=_("FILE.csv or FILE.jsonl"))
    _json(export)


def _machine(commands: Commands) -> None:
    settings = commands.add_parser("settings", help=_("show or set what a machine without a screen needs"))
    verbs = settings.add_subparsers(dest="verb", required=True, metavar="show|set")
    _json(verbs.add_parser("show", help=_("print every setting")))
    lists = _(
        "Lists are set as a whole, separated by commas (a comma inside an entry is written \\,), or with - as VALUE "
        "from the standard input, one entry a line. Before a stop word may stand substring:, exact: or pattern:. "
        "What holds in one community only stands under communities.telegram:ID or communities.vk:ID and the key; "
        "the value default gives way to the common one."
    )
    change = verbs.add_parser("set", help=_("set one of them"), description=lists)
    change.add_argument("key", type=words, metavar="KEY")
    change.add_argument("value", type=words, metavar="VALUE")
    login = commands.add_parser("login", help=_("sign in on this terminal, step by step"))
    login.add_argument("where", choices=["telegram", "vk", "openai"])
    logout = commands.add_parser("logout", help=_("end the session of an account and forget it"))
    logout.add_argument("where", choices=["telegram"])
    logout.add_argument("id", nargs="?", default="", type=words, metavar="ID", help=_("which, of several accounts"))
    classify = commands.add_parser(
        "classify", help=_("have AI asked about stored messages that it has not answered about")
    )
    usual = Which.FLAGGED_AND_NEWCOMERS.value
    classify.add_argument("--which", choices=[which.value for which in Which], default=usual)
    classify.add_argument("--limit", type=count, metavar="N", help=_("the newest N messages at most"))
    _json(classify)
    commands.add_parser("collect", help=_("watch the accounts and carry decisions out without a window, until stopped"))
    _json(commands.add_parser("doctor", help=_("check this machine and say what to mend")))


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help=_("print one JSON object instead of text"))


def words(text: str) -> str:
    # Bytes that are no UTF-8 arrive as lone surrogates, which no database takes.
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= len(text) <= 18 and int(text)):
        raise argparse.ArgumentTypeError(_("a whole number from 1 is needed, not {value}").format(value=repr(text)))
    return int(text)


def seconds(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= _LONGEST_GRACE:
        wanted = _("0 to {most} seconds are needed, not {value}")
        raise argparse.ArgumentTypeError(wanted.format(most=_LONGEST_GRACE, value=repr(text)))
    return number


# As in the settings.
_LONGEST_GRACE = 30


def length(text: str) -> int:
    number = count(text)
    if number > _HUNDRED_YEARS:
        raise argparse.ArgumentTypeError(_("that is longer than a hundred years"))
    return number


_HUNDRED_YEARS = 100 * 366 * 86_400
