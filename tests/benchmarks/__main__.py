"""Measures speed, memory and quality: `python -m tests.benchmarks`, with the names of some subjects or all of them.

Quality takes a quarter of an hour, the console as long.
"""

import argparse
import importlib
from pathlib import Path

from tests.benchmarks import console, live

_SUBJECTS = {
    "import": "importing",
    "queue": "queue_page",
    "stalls": "stalls",
    "scan": "scanning",
    "live": "live",
    "search": "searching",
    "ai": "ai",
    "console": "console",
    "quality": "quality",
}


def main() -> None:
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__)
    parser.add_argument("subjects", nargs="*", choices=[[], *_SUBJECTS], metavar="|".join(_SUBJECTS))
    parser.add_argument("--data", type=Path, help="the folder with the labelled sets, for scan and quality")
    parts = [*live.PARTS, *console.PARTS]
    parser.add_argument("--part", action="append", choices=parts, help="only this part of live or console")
    parser.add_argument("--short", action="store_true", help="try live or console with a few messages")
    parser.add_argument("--messages", type=int, help="so many for search or console")
    arguments = parser.parse_args()
    for subject in arguments.subjects or _SUBJECTS:
        run = importlib.import_module(f"tests.benchmarks.{_SUBJECTS[subject]}").run
        if subject == "live":
            run(arguments.part, arguments.short)
        elif subject == "console":
            run(arguments.part, arguments.messages, arguments.short)
        elif subject == "search":
            run(arguments.messages)
        elif subject in ("scan", "quality"):
            run(arguments.data)
        else:
            run()


if __name__ == "__main__":
    main()
