#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Checks the service units: systemd understands every line, and nearly everything is closed to the services.
#
# usage: units.sh     LIMIT is the greatest exposure of `systemd-analyze security` in tenths (default: 15)
set -euo pipefail
cd "$(dirname "$0")/../.."
if ! command -v systemd-analyze >/dev/null; then
  echo "units: SKIPPED, there is no systemd-analyze on this machine"
  exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# One file is two units, as the package installs it.
cp systemd/psws-agent.service systemd/psws-server.service "$work"
cp systemd/psws-agent.service "$work/psws-agent@.service"

failed=0
for unit in psws-agent.service psws-agent@.service psws-server.service; do
  # The programs and their manuals are not installed where this runs; everything else that is said counts.
  complaints=$(systemd-analyze verify --man=no "$work/$unit" 2>&1 | grep "^\(/[^ ]*/\)\?psws-" | grep -v "is not executable" || true)
  if [[ -n $complaints ]]; then
    printf 'FAILED  %s:\n%s\n' "$unit" "$complaints"
    failed=1
  fi
  if rating=$(systemd-analyze security --offline=true --threshold="${LIMIT:-15}" --no-pager "$work/$unit" 2>&1); then
    echo "ok      $unit: $(grep -o "exposure level.*: [0-9.]*" <<<"$rating" | grep -o "[0-9.]*$") exposure"
  else
    printf 'FAILED  %s:\n%s\n' "$unit" "$rating"
    failed=1
  fi
done
exit $failed
