#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Interoperability with Comet, the broker in the field, and voevent-parse: both from PyPI.
#
#   Tests/Interop/run.sh [PACKET]
#
# PACKET is a valid VOEvent 2.0 that no broker has seen; by default the small one beside this script.
# PSWS_BIN is where psws and psws-server are (default: .build/debug).
# Loopback only, free ports, bounded time. Needs python3-venv, python3-gdbm and libxml2-utils (apt).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
venv="$root/.build/interop-venv"

if [ ! -f "$venv/ready" ]; then
    # Debian's Python, because its gdbm makes Comet as fast as it can be; a venv cannot bring gdbm itself.
    /usr/bin/python3 -m venv --clear --system-site-packages "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
    touch "$venv/ready"
fi

PSWS_BIN=${PSWS_BIN:-$root/.build/debug} exec "$venv/bin/python" "$here/interop.py" "${1:-$here/flash.xml}"
