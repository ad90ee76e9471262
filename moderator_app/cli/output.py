"""What commands print: JSON on stdout, one line of trouble on stderr."""

import sys
from collections.abc import Mapping

from moderator_app.domain.errors import ModeratorError
from moderator_app.language import explain_error
from moderator_app.moderation.records import json_line


def print_json(record: Mapping[str, object]) -> None:
    """One JSON object on a line of its own."""
    sys.stdout.buffer.write(json_line(record))


def say(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")


def complain(error: ModeratorError) -> None:
    """One line: what, where, what to do."""
    sys.stderr.write(" ".join(explain_error(error).split()) + "\n")
