#!/bin/sh
# Sets up and opens the console with the sample chats.
set -eu
setup=$(dirname "$0")
sh "$setup/install.sh"
cd "$setup/../.."
exec .venv/bin/python -m moderator_app --demo
