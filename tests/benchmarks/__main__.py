"""Measures speed, memory and quality: `python -m tests.benchmarks [import|queue|stalls|scan|quality ...]`.

All by default; quality takes a quarter of an hour.
"""

import argparse
import importlib
from pathlib import Path

_SUBJECTS = {"import": "importing", "queue": "queue_page", "stalls": "stalls", "scan": "scanning", "quality": "quality"}


def main() -> None:
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__)
    parser.add_argument("subjects", nargs="*", choices=[[], *_SUBJECTS], metavar="|".join(_SUBJECTS))
    parser.add_argument("--data", type=Path, help="the folder with the labelled sets, for scan and quality")
    arguments = parser.parse_args()
    for subject in arguments.subjects or _SUBJECTS:
        run = importlib.import_module(f"tests.benchmarks.{_SUBJECTS[subject]}").run
        run(arguments.data) if subject in ("scan", "quality") else run()


if __name__ == "__main__":
    main()
