#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The centre over HTTP: a real server, asked by programs that know nothing of it but its own description.
#
#   Tests/HTTP/run.sh
#
# PSWS_BIN is where psws-server is (default: .build/debug).
# Loopback only, free ports, under 90 s. Needs python3-venv (apt); schemathesis and prometheus-client come from PyPI.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
venv="$root/.build/http-venv"

if ! cmp -s "$here/requirements.txt" "$venv/ready"; then
    python3 -m venv --clear "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
    cp "$here/requirements.txt" "$venv/ready"
fi
PSWS_BIN=${PSWS_BIN:-$root/.build/debug} exec "$venv/bin/python" "$here/centre.py"
