#!/bin/sh
# Sets up and runs every check, stopping at the first that fails.
set -eu
setup=$(dirname "$0")
sh "$setup/install.sh" tests
cd "$setup/../.."

step() {
    echo "== $*"
    PATH="$PWD/.venv/bin:$PATH" "$@"
}

step ruff format --check .
step ruff check .
step mypy
step lint-imports
QT_QPA_PLATFORM=offscreen step pytest -q -n 2
