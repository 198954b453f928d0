#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Adds astropy and speasy from PyPI to .build/interop-venv, unless they are there. tables.py does without speasy, and
# says so, where it cannot be had.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
venv="$(cd "$here/../.." && pwd)/.build/interop-venv"

if [ ! -f "$venv/tables-ready" ]; then
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements-tables.txt"
    "$venv/bin/pip" install --quiet --disable-pip-version-check 'speasy>=1.5' ||
        echo "speasy could not be installed" >&2
    touch "$venv/tables-ready"
fi
