"""Measures speed, memory and quality: `python -m tests.benchmarks [import|queue|stalls|scan|live|search|ai|quality]`.

All by default; quality takes a quarter of an hour.
"""

import argparse
import importlib
from pathlib import Path

from tests.benchmarks import live

_SUBJECTS = {
    "import": "importing",
    "queue": "queue_page",
    "stalls": "stalls",
    "scan": "scanning",
    "live": "live",
    "search": "searching",
    "ai": "ai",
    "quality": "quality",
}


def main() -> None:
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__)
    parser.add_argument("subjects", nargs="*", choices=[[], *_SUBJECTS], metavar="|".join(_SUBJECTS))
    parser.add_argument("--data", type=Path, help="the folder with the labelled sets, for scan and quality")
    parser.add_argument("--part", action="append", choices=live.PARTS, help="only this part of live")
    parser.add_argument("--short", action="store_true", help="try live with a few messages")
    parser.add_argument("--messages", type=int, help="so many for search")
    arguments = parser.parse_args()
    for subject in arguments.subjects or _SUBJECTS:
        run = importlib.import_module(f"tests.benchmarks.{_SUBJECTS[subject]}").run
        if subject == "live":
            run(arguments.part, arguments.short)
        elif subject == "search":
            run(arguments.messages)
        elif subject in ("scan", "quality"):
            run(arguments.data)
        else:
            run()


if __name__ == "__main__":
    main()
