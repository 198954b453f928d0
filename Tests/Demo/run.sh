#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The demonstration behind `make demo`, which is also the end-to-end test: a centre, a subscriber and an
# observatory box on this machine; a flash on a simulated Moon; the VOEvent as the subscriber received it.
#
# usage: run.sh BIN OUTPUT     BIN holds psws-agent, psws-server and psws; OUTPUT is made anew
set -euo pipefail
bin=$(realpath "$1")
rm -rf "$2"
mkdir -p "$2"
output=$(realpath "$2")
cd "$output"

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
pids=()
finish() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
}
trap finish EXIT

# Waits until a line appears in a file that a process is writing.
await() { # pattern file seconds
    for _ in $(seq $(($3 * 10))); do
        grep -q "$1" "$2" 2>/dev/null && return 0
        sleep 0.1
    done
    echo "demo: no line '$1' in $2 after $3 s; its content:" >&2
    cat "$2" >&2
    return 1
}

say "1. The centre: psws-server, store in $output/centre"
"$bin/psws-server" run --data centre --submit-port 0 --subscribe-port 0 --http-port 0 >server.log 2>&1 &
server=$!
pids+=("$server")
await 'events are kept in' server.log 20
submit=$(sed -n 's/.*authors connect to //p' server.log | head -1)
subscribe=$(sed -n 's/.*subscribers connect to //p' server.log | head -1)
echo "authors send to $submit, subscribers listen to $subscribe"

say "2. A subscriber: psws listen $subscribe --count 1 --save received"
"$bin/psws" listen "$subscribe" --count 1 --save received >listen.log 2>&1 &
listener=$!
pids+=("$listener")
await 'listening to' listen.log 20

say "3. The observatory box: psws-agent run --config agent.yaml (a simulated Moon, 20 seconds of it)"
cat >agent.yaml <<YAML
target: moon
station:
  name: demo
  authority: psws.demo
  stream: lunar
  role: test
  contact: {title: PSWS demonstration}
site:
  name: Toulouse
  longitude: 1.4833 deg
  latitude: 43.5628 deg
  height: 150 m
camera:
  kind: simulated
  instrument: simulated camera
  simulated: {seed: 7, duration: 20 s, event_rate: 3 /min, event_snr: 20}
outbox:
  directory: outbox
broker:
  host: ${submit%:*}
  port: ${submit#*:}
YAML
"$bin/psws-agent" check-config agent.yaml
"$bin/psws-agent" run --config agent.yaml 2>&1 | tee agent.log

wait "$listener" || { echo "demo: the subscriber received nothing" >&2; cat listen.log >&2; exit 1; }
packet=$(find received -type f | head -1)

say "4. The VOEvent as the subscriber received it ($packet)"
cat "$packet"
echo
"$bin/psws" validate "$packet"
cmp "$packet" outbox/sent/*/event.xml
echo "the bytes are those that the box wrote"

say "5. The centre stops cleanly"
kill -TERM "$server"
wait "$server"
pids=()
echo "exit code 0"

say "Where things are"
echo "the box's outbox, event and evidence:"
ls -l outbox/sent/*/
echo "the picture of the event: $(ls -d "$output"/outbox/sent/*/*.png)"
echo "the centre's archive:     $output/centre"
echo "logs:                     $output/server.log, agent.log, listen.log"
