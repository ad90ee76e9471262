"""The program's entry: arguments in, exit code out."""

import multiprocessing
import sys


def main() -> int:
    # The worker processes of a built application start this file too.
    multiprocessing.freeze_support()
    from moderator_app.cli import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
