#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Interoperability with Comet, the broker in the field, and voevent-parse, and of tables with astropy and speasy, all from
# PyPI, and with STILTS.
#
#   Tests/Interop/run.sh [PACKET]
#
# PACKET is a valid VOEvent 2.0 that no broker has seen; by default the small one beside this script.
# PSWS_BIN is where psws and psws-server are (default: .build/debug).
# Loopback only, free ports, bounded time. Needs python3-venv, python3-gdbm, libxml2-utils and
# stilts (apt).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
venv="$root/.build/interop-venv"
"$here/comet.sh"
"$here/tables.sh"

export PSWS_BIN="${PSWS_BIN:-$root/.build/debug}"
"$venv/bin/python" "$here/tables.py"
exec "$venv/bin/python" "$here/interop.py" "${1:-$here/flash.xml}"
