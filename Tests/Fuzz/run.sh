#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Feeds each fuzzer for some seconds: Tests/Fuzz/run.sh SECONDS [TARGET…], built by `make -C Tests/Fuzz`.
#
# SEED=7 gives other inputs. With RUNS=2000 it ends after as many, if the seconds suffice. With KEEP=1
# what covers new code is kept in .build/fuzz/corpus for the next run; PSWS_SHARED may hold more packets to begin with. An
# input that breaks a promise lands in .build/fuzz/found and is told with the command that repeats it.
set -euo pipefail
here=$(realpath "$(dirname "$0")")
out=$(realpath "$here/../../.build/fuzz")
seconds=$1
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(cd "$here/Targets" && basename -s .swift -- *.swift)

# Equal hashes give equal coverage, and with that the same inputs; libxml2's are other ones every time.
export SWIFT_DETERMINISTIC_HASHING=1
# LeakSanitizer does not know the pointers in Swift's strings; memory that grows ends at the limit.
# Swift's own backtracer does not get along with AddressSanitizer, which prints the stack itself.
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1 SWIFT_BACKTRACE=enable=no

# As many at a time as there are processors.
if [ ${#targets[@]} -gt 1 ]; then
    printf '%s\n' "${targets[@]}" | xargs -P "$(nproc)" -n 1 "$0" "$seconds"
    exit
fi

# The kind of text that a target takes: its dictionary.
dictionary() {
    case $1 in
        filter) echo "$here/xpath.dict" ;;
        configuration) echo "$here/yaml.dict" ;;
        *) echo "$here/xml.dict" ;;
    esac
}

fuzz() {
    local target=$1 found=$out/found/$1/ log=$out/$1.log
    local corpora=("$here/Corpus/$target")
    case $target in
        # What is a packet to one is hostile input to the other.
        packet | intake)
            corpora=("$here/Corpus/packet" "$here/Corpus/transport")
            [ -z "${PSWS_SHARED:-}" ] || corpora+=("$PSWS_SHARED/data/voevents")
            ;;
    esac
    local kept
    if [ "${KEEP:-}" ]; then kept=$out/corpus/$target; else kept=$(mktemp -d); fi
    mkdir -p "$found" "$kept"
    local status=0
    "$out/$target" -seed="${SEED:-1}" -runs="${RUNS:--1}" -max_total_time="$seconds" -max_len=4096 -len_control=20 \
        -timeout=10 -rss_limit_mb=2048 \
        -print_final_stats=1 -dict="$(dictionary "$target")" -artifact_prefix="$found" "$kept" "${corpora[@]}" >"$log" 2>&1 \
        || status=$?
    [ "${KEEP:-}" ] || rm -rf "$kept"
    if [ $status -ne 0 ]; then
        local input
        input=$(sed -n 's/.*Test unit written to //p' "$log" | tail -1)
        {
            grep -aE 'Fatal error|ERROR:|SUMMARY' "$log" | cut -c1-400 || true
            echo "FAILED fuzz $target, see $log; again: ASAN_OPTIONS=$ASAN_OPTIONS SWIFT_BACKTRACE=$SWIFT_BACKTRACE $out/$target ${input:-$found}"
        } >&2
        return 1
    fi
    awk -v target="$target" '
        match($0, /cov: [0-9]+ ft: [0-9]+ corp: [0-9]+/) { state = substr($0, RSTART, RLENGTH) }
        /^stat::number_of_executed_units/ { runs = $2 }
        /^stat::peak_rss_mb/ { peak = $2 }
        END {
            split(state, part, " ")
            printf "fuzz %s: %d inputs, %d edges, %d features, %d inputs kept, peak %d MB: nothing found\n",
                target, runs, part[2], part[4], part[6], peak
        }' "$log"
}

fuzz "${targets[0]}"
