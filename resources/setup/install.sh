#!/bin/sh
# Installs what is missing: system libraries on Debian and Ubuntu, and a .venv beside the package.
# `install.sh` brings what the console needs, `install.sh tests` what its checks need too, `install.sh build` what
# PyInstaller needs.
set -eu
cd "$(dirname "$0")/../.."

extra=${1:-}

# Either name of a pair: Debian 13 and Ubuntu 24.04 carry some libraries under a new one.
qt="libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1
    libxcb-randr0 libxcb-render-util0 libxcb-render0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-xfixes0 libxcb-xkb1
    libx11-xcb1 libwayland-cursor0 libwayland-egl1 libdbus-1-3 libfontconfig1 libfreetype6
    libglib2.0-0t64|libglib2.0-0 fonts-dejavu-core fonts-noto-color-emoji"
screen="xvfb xdotool x11-xkb-utils"

fail() {
    echo "$*" >&2
    exit 1
}

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            echo "$name"
            return
        fi
    done
    fail "Python 3.11 or newer is needed; python3 here is $(python3 --version 2>&1 || true). Install a newer one, then try again."
}

installed() {
    dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

any_installed() {
    for name in $(echo "$1" | tr '|' ' '); do
        if installed "$name"; then return 0; fi
    done
    return 1
}

# The Python of Debian and Ubuntu comes without the library that a built application carries.
build_packages() {
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    case $(command -v "$python") in
        /usr/bin/*) echo "binutils libpython$version|libpython${version}t64" ;;
        *) echo binutils ;;
    esac
}

missing_packages() {
    for names in "$@"; do
        any_installed "$names" || echo "$names"
    done
}

# The first name of a pair that this release knows.
known() {
    for name in $(echo "$1" | tr '|' ' '); do
        if apt-cache show --no-all-versions "$name" >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
    fail "This release has no package $1. Install that library by hand, then try again."
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "These packages are missing and need root or sudo: $(echo $missing)"
    fi
}

install_packages() {
    if ! command -v apt-get >/dev/null; then
        echo "This is not Debian or Ubuntu: if the window does not open, install Qt's system libraries by hand." >&2
        return
    fi
    # shellcheck disable=SC2086 # a list of words
    missing=$(missing_packages $1)
    if [ -z "$missing" ]; then return; fi
    as_root apt-get update -qq
    packages=$(for names in $missing; do known "$names"; done)
    echo "Installing system packages:" $packages
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $packages >/dev/null
}

# The stamps say for which pyproject.toml the environment was filled.
install_python_packages() {
    stamp=".venv/installed${extra:+-$extra}"
    wanted=$(cksum <pyproject.toml)
    if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return; fi
    echo "Installing Python packages into .venv; this takes a minute or two."
    [ -x .venv/bin/python ] || "$python" -m venv .venv
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --use-pep517 --editable ".$1"
    echo "$wanted" | tee .venv/installed >"$stamp"
}

python=$(find_python)
case $extra in
    tests) system="$qt $screen" python_extra='[dev]' ;;
    build) system="$qt $(build_packages)" python_extra='[build]' ;;
    *) system=$qt python_extra= ;;
esac
install_packages "$system"
install_python_packages "$python_extra"
