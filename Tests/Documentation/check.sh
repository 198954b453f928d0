#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Compares the manual pages with the programs: every option and every configuration key stands in both.
#
# usage: check.sh     PSWS_BIN holds the programs (default: .build/debug)
set -euo pipefail
root=$(realpath "$(dirname "$0")/../..")
bin=$(realpath "${PSWS_BIN:-$root/.build/debug}")
cd "$root"
exec python3 Tests/Documentation/compare.py "$bin"
