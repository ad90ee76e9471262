#!/bin/sh
# Sets up and builds the application as one folder, dist/moderator-app.
set -eu
setup=$(dirname "$0")
sh "$setup/install.sh" build
cd "$setup/../.."
.venv/bin/pyinstaller --noconfirm --log-level WARN build.spec
echo "Built: dist/moderator-app/moderator-app"
