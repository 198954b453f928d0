#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Makes a Debian root that mmdebstrap has unpacked into the lab's machine: kernel modules that Debian does not ship,
# an initial RAM disk that finds the disk, and the settings that let the host look inside.
#
# usage: customize.sh ROOT     called by mmdebstrap (see build_image.py)
set -euo pipefail
root=$1
inside() { chroot "$root" env DEBIAN_FRONTEND=noninteractive LC_ALL=C "$@"; }
put() { mkdir -p "$(dirname "$root/$1")"; cat >"$root/$1"; }

# --- Modules -----------------------------------------------------------------------------------------------------
# v4l2loopback: a camera whose frames a program writes. gpio-sim: pins that a program pulls; the kernel has had it
# since 5.17, Debian's configuration leaves it out.
kernel=$(basename "$(echo "$root"/usr/src/linux-headers-*-amd64)")
kernel=${kernel#linux-headers-}
inside sh -euc 'cd /tmp && apt-get -qq download v4l2loopback-dkms linux-source-6.1
    dpkg-deb -x v4l2loopback-dkms_*.deb loopback && mv loopback/usr/src/v4l2loopback-* v4l2loopback
    dpkg-deb --fsys-tarfile linux-source-6.1_*.deb | tar -xO ./usr/src/linux-source-6.1.tar.xz | xz -dc -T0 \
        | tar -x --wildcards "*/drivers/gpio/gpio-sim.c" "*/drivers/gpio/gpiolib.h" "*/kernel/irq/irq_sim.c"'
# What fails from here on is a mistake of ours, not of the computer or its network (build_image.py).
echo "lab: every package is here"
mkdir "$root/tmp/gpio-sim"
mv "$root"/tmp/linux-source-6.1/{drivers/gpio/gpiolib.h,kernel/irq/irq_sim.c} "$root/tmp/gpio-sim"
mv "$root/tmp/linux-source-6.1/drivers/gpio/gpio-sim.c" "$root/tmp/gpio-sim/driver.c"
# The kernel does not export irq_to_desc to modules; what irq_sim wants with it has an exported name, too.
sed -i 's/handle_simple_irq(irq_to_desc(irqnum))/generic_handle_irq(irqnum)/' "$root/tmp/gpio-sim/irq_sim.c"
grep -q 'generic_handle_irq(irqnum)' "$root/tmp/gpio-sim/irq_sim.c"
put tmp/gpio-sim/Makefile <<'MAKEFILE'
obj-m := gpio-sim.o
gpio-sim-y := driver.o irq_sim.o
MAKEFILE
modules=/lib/modules/$kernel/updates
mkdir -p "$root$modules"
for source in /tmp/gpio-sim /tmp/v4l2loopback; do
    inside make -s -C "/lib/modules/$kernel/build" "M=$source" modules
    cp "$root/$source"/*.ko "$root$modules"
done
inside apt-get -qq purge --auto-remove -y gcc-12 make linux-headers-amd64 "linux-headers-$kernel" xz-utils >/dev/null
# Nothing in the lab has a display, a loudspeaker or a radio.
for unused in drivers/gpu drivers/net/wireless drivers/net/ethernet drivers/infiniband drivers/staging drivers/bluetooth \
    drivers/media/pci drivers/media/dvb-frontends drivers/media/tuners sound/pci sound/soc net/bluetooth net/mac80211 \
    fs/xfs fs/btrfs fs/ocfs2 fs/ceph fs/gfs2 fs/nfsd fs/smb; do
    rm -rf "$root/lib/modules/$kernel/kernel/${unused:?}"
done
rm -rf "$root"/tmp/* "$root"/usr/src/* "$root"/var/cache/apt/*.bin "$root"/var/lib/apt/lists/*_* "$root"/boot/*.old
inside depmod "$kernel"

# --- Boot --------------------------------------------------------------------------------------------------------
printf 'virtio_pci\nvirtio_blk\next4\n' >>"$root/etc/initramfs-tools/modules"
inside update-initramfs -u -k "$kernel" >/dev/null
put etc/fstab <<'FSTAB'
/dev/vda / ext4 defaults,noatime 0 1
lab /lab 9p trans=virtio,version=9p2000.L,msize=262144,nofail 0 0
FSTAB
mkdir -p "$root/lab"
put etc/hostname <<<lab
put etc/hosts <<<'127.0.0.1 localhost lab'
put etc/systemd/network/lab.network <<'NETWORK'
[Match]
Name=e*
[Network]
Address=10.0.2.15/24
Gateway=10.0.2.2
NETWORK
# What is written to the journal reaches the host at once: a machine whose power is cut has no other way to tell.
put etc/systemd/journald.conf.d/lab.conf <<'JOURNAL'
[Journal]
Storage=persistent
SyncIntervalSec=5s
RateLimitBurst=0
ForwardToConsole=yes
MaxLevelConsole=info
TTYPath=/dev/hvc0
JOURNAL
put etc/modprobe.d/lab.conf <<'MODPROBE'
# One camera with the kernel's test pictures, and one whose pictures come from a player.
options vivid n_devs=1 node_types=0x1 num_inputs=1 input_types=0 vid_cap_nr=10 multiplanar=1
options v4l2loopback devices=1 video_nr=20 card_label="Lab loopback" exclusive_caps=0
# Emulated, these cost seconds of every boot, and nothing here needs them.
blacklist aesni_intel
blacklist ghash_clmulni_intel
blacklist sha512_ssse3
blacklist sha256_ssse3
blacklist sha1_ssse3
blacklist crct10dif_pclmul
blacklist iTCO_wdt
blacklist lpc_ich
blacklist pcspkr
blacklist kvm_amd
blacklist kvm_intel
MODPROBE
inside systemctl -q enable systemd-networkd
# chrony is there for the scenario of the clock alone: the machine comes up with a clock that nobody keeps.
inside systemctl -q disable chrony
# What a machine for some minutes can do without; every unit costs a tenth of a second and more under emulation.
inside systemctl -q mask apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer fstrim.timer \
    e2scrub_reap.service getty@tty1.service serial-getty@ttyS0.service serial-getty@hvc0.service getty.target \
    systemd-logind.service systemd-binfmt.service proc-sys-fs-binfmt_misc.automount systemd-update-utmp.service \
    systemd-update-utmp-runlevel.service modprobe@drm.service modprobe@dm_mod.service modprobe@efi_pstore.service \
    modprobe@loop.service modprobe@fuse.service sys-fs-fuse-connections.mount sys-kernel-debug.mount \
    sys-kernel-tracing.mount dev-hugepages.mount dev-mqueue.mount systemd-pstore.service
# The agent of QEMU tells the journal of every question it was asked, twenty a second.
put etc/systemd/system/qemu-guest-agent.service.d/quiet.conf <<'QUIET'
[Service]
LogLevelMax=notice
QUIET
inside passwd -q -d root
inside systemd-machine-id-setup
