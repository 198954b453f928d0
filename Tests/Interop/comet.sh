#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Makes .build/interop-venv with Comet and voevent-parse from PyPI, unless it is there.
# Needs python3-venv and python3-gdbm (apt).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
venv="$(cd "$here/../.." && pwd)/.build/interop-venv"

if [ ! -f "$venv/ready" ]; then
    # Debian's Python, because its gdbm makes Comet as fast as it can be; a venv cannot bring gdbm itself.
    /usr/bin/python3 -m venv --clear --system-site-packages "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
    touch "$venv/ready"
fi
