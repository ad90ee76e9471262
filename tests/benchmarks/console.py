"""The console under the hand: how soon the next card is painted, what keys alone achieve, and what no key may do."""

import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

PARTS = {"card": "console_card", "keys": "console_keys", "stalls": "console_stalls", "undo": "console_undo"}


def run(parts: Sequence[str] = (), messages: int | None = None, short: bool = False) -> None:
    """All parts by default; `messages` are so many for the cards in the place of a million; `short` tries the rest."""
    for part in parts or PARTS:
        with tempfile.TemporaryDirectory() as name:
            measure = import_module(f"tests.benchmarks.{PARTS[part]}").run
            if part == "card":
                measure(Path(name), messages)
            else:
                measure(Path(name), short)
