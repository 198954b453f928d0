#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Compiles the GPIO shim against both versions of libgpiod and calls it on this machine.
#
# Version 1 is the package libgpiod-dev of Debian 12; the sources of version 2 come with the Python package gpiod from
# PyPI. Without network the second part is skipped, loudly.
set -euo pipefail
root=$(realpath "$(dirname "$0")/../..")
shim=$root/Sources/CGPIOD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
compiler=$(command -v clang || echo "cc -Wno-attributes")

# build MAJOR FLAGS…: compiles the shim and the probe, and runs that.
build() {
    local major=$1
    shift
    $compiler -Wall -Wextra -Werror -O1 -I"$shim/include" "$shim"/*.c "$root/Tests/Pins/probe.c" "$@" -o "$work/probe$major"
    "$work/probe$major" "$major"
}

if [ -f /usr/include/gpiod.h ] && grep -q GPIOD_LINE_BULK_MAX_LINES /usr/include/gpiod.h; then
    build 1 -lgpiod
else
    echo "SKIPPED libgpiod 1: libgpiod-dev of Debian 12 is not installed"
fi

if ! python3 -m pip download -q --no-binary :all: --no-deps -d "$work" 'gpiod>=2.2' >"$work/pip.log" 2>&1; then
    echo "SKIPPED libgpiod 2: its sources cannot be fetched from PyPI: $(tail -1 "$work/pip.log")"
    exit 0
fi
tar -xzf "$work"/gpiod-*.tar.gz -C "$work"
library=$(echo "$work"/gpiod-*/)
mkdir "$work/objects"
for source in "$library"lib/*.c; do
    $compiler -w -O1 -D_GNU_SOURCE -DGPIOD_VERSION_STR='"2"' -DGPIOD_API_VERSION_STR='"2"' \
        -I"${library}include" -I"${library}lib" -c "$source" -o "$work/objects/$(basename "$source" .c).o"
done
build 2 -I"${library}include" "$work"/objects/*.o
