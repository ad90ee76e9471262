"""The console on a live feed: how soon messages arrive, how many a second it takes, what memory and processor time."""

import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

PARTS = {"arrival": "live_arrival", "rate": "live_rate", "memory": "live_memory", "processor": "live_processor"}


def run(parts: Sequence[str] = (), short: bool = False) -> None:
    """All parts by default; `short` tries them with a few messages."""
    with tempfile.TemporaryDirectory() as name:
        for part in parts or PARTS:
            import_module(f"tests.benchmarks.{PARTS[part]}").run(Path(name), short)
