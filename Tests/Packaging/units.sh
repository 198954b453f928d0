#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Checks the service units: systemd understands every line, and nearly everything is closed to the services.
#
# The greatest exposure of `systemd-analyze security` is 1.5. The agent may have 1.7: adjtimex, without which no event can
# say what the clock was worth, counts as 0.3, although without its capability it can only read.
#
# usage: units.sh
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
cp systemd/psws-agent-forecast@.service systemd/psws-agent-forecast@.timer "$work"

failed=0
for unit in psws-agent.service psws-agent@.service psws-agent-forecast@.service psws-server.service; do
  # The programs and their manuals are not installed where this runs; everything else that is said counts.
  complaints=$(systemd-analyze verify --man=no "$work/$unit" 2>&1 | grep "^\(/[^ ]*/\)\?psws-" | grep -v "is not executable" || true)
  if [[ -n $complaints ]]; then
    printf 'FAILED  %s:\n%s\n' "$unit" "$complaints"
    failed=1
  fi
  limit=15
  [[ $unit == psws-agent.* || $unit == psws-agent@* ]] && limit=17
  if rating=$(systemd-analyze security --offline=true --threshold=$limit --no-pager "$work/$unit" 2>&1); then
    echo "ok      $unit: $(grep -o "exposure level.*: [0-9.]*" <<<"$rating" | grep -o "[0-9.]*$") exposure"
  else
    printf 'FAILED  %s:\n%s\n' "$unit" "$rating"
    failed=1
  fi
done

# A later line takes back what an earlier one allowed: what counts is the last that knows the call.
last=""
while IFS= read -r words; do
  mark=${words:0:1}
  for word in ${words#\~}; do
    if [[ $word == @* ]]; then systemd-analyze syscall-filter "$word" 2>/dev/null; else echo "$word"; fi
  done | sed 's/^ *//' | tr ' ' '\n' | sed -E '/^@/ { s/.*/systemd-analyze syscall-filter &/e }' | grep -qw clock_adjtime && last=$mark
done < <(sed -n 's/^SystemCallFilter=//p' systemd/psws-agent.service)
if [[ $last == "~" || -z $last ]]; then
  echo "FAILED  psws-agent.service: adjtimex is forbidden, which tells what the clock is worth"
  failed=1
else
  echo "ok      psws-agent.service: adjtimex is allowed"
fi
exit $failed
