#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What firmware-config gives to a board is read by the programs that it is meant for.
set -eu
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

# check SENTENCE COMMAND…: shows what the command says only if it fails.
check() {
    sentence=$1
    shift
    if "$@" >"$scratch/said" 2>&1; then
        echo "ok      $sentence"
    else
        echo "FAILED  $sentence"
        sed 's/^/        /' "$scratch/said"
        failed=1
    fi
}

overlay_compiles() {
    dtc -@ -I dts -O dtb -o "$scratch/psws-box.dtbo" firmware-config/device-tree/psws-box.dts 2>"$scratch/warnings"
    # An overlay addresses nodes of a tree that the compiler does not see.
    ! grep -v 'unit_address_vs_reg\|gpios_property' "$scratch/warnings" | grep -i 'warning\|error'
}

overlay_applies() {
    # A board reduced to what the overlay refers to.
    cat >"$scratch/board.dts" <<'BOARD'
/dts-v1/;
/ { compatible = "brcm,bcm2835"; gpio: gpio { gpio-controller; #gpio-cells = <2>; }; };
BOARD
    dtc -q -@ -I dts -O dtb -o "$scratch/board.dtb" "$scratch/board.dts"
    fdtoverlay -i "$scratch/board.dtb" -o "$scratch/both.dtb" "$scratch/psws-box.dtbo"
    test "$(fdtget "$scratch/both.dtb" /pps-psws compatible)" = pps-gpio
    test "$(fdtget -t i "$scratch/both.dtb" /gpio/psws-switch-pins brcm,pins)" = "17 27 23"
}

options_are_read() {
    modprobe -C firmware-config/modprobe -c | grep -q '^options uvcvideo clock=CLOCK_MONOTONIC'
}

# Where chronyd is: unpacked beside the test if the machine has none, because installing it would start it.
find_chronyd() {
    PATH=$PATH:/usr/sbin:/sbin command -v chronyd && return
    (cd "$scratch" && apt-get download -q chrony && dpkg -x chrony_*.deb chrony) >/dev/null 2>&1
    ls "$scratch/chrony/usr/sbin/chronyd" 2>/dev/null
}

chrony_reads() {
    # It prints the configuration that it has understood, and fails on the first mistake.
    "$chronyd" -p -f firmware-config/chrony/psws.conf | grep -q '^refclock PPS'
}

mount_is_right() { systemd-analyze verify --man=no 'firmware-config/read-only-root/var-lib-psws\x2dagent.mount'; }

rules_are_right() {
    # udevadm of systemd 252 cannot verify; each line must be a comment or assignments and matches.
    ! grep -vE '^(#.*)?$|^([A-Z]+(\{[^}]+\})?(==|!=|=|\+=|:=)"[^"]*"(, )?)+$' firmware-config/udev/*.rules
}

check "the device-tree overlay compiles without a warning" overlay_compiles
check "it applies to a board, and names its lines" overlay_applies
check "modprobe reads the options for USB cameras" options_are_read
if chronyd=$(find_chronyd); then
    check "chrony reads its configuration" chrony_reads
else
    echo "SKIPPED chrony reads its configuration: there is no chrony, and none could be fetched"
fi
check "systemd accepts the mount of the state" mount_is_right
check "the udev rules have their form" rules_are_right
exit $failed
