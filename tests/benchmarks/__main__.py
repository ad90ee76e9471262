"""Measures speed and memory: `python -m tests.benchmarks [import|queue|stalls|scan ...]`, all by default."""

import argparse
import importlib

_SUBJECTS = {"import": "importing", "queue": "queue_page", "stalls": "stalls", "scan": "scanning"}


def main() -> None:
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__)
    parser.add_argument("subjects", nargs="*", choices=[[], *_SUBJECTS], metavar="|".join(_SUBJECTS))
    for subject in parser.parse_args().subjects or _SUBJECTS:
        importlib.import_module(f"tests.benchmarks.{_SUBJECTS[subject]}").run()


if __name__ == "__main__":
    main()
