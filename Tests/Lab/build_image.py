#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Builds the disk of the lab's machine: Debian 12 with systemd, its kernel, virtual cameras and virtual pins.

  python3 Tests/Lab/build_image.py        prints the directory with disk.raw, vmlinuz and initrd

The result is kept in .build/lab and made anew when this file or what is in image/ changes; nothing of the product is
in it. Needs root, mmdebstrap, e2fsprogs and Debian's mirror.
"""

import fcntl
import hashlib
import pathlib
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
CACHE = HERE.parents[1] / ".build/lab"

SUITE = "bookworm"
DISK_SIZE = "2G"
PACKAGES = [
    # A machine that boots, and its kernel.
    "systemd-sysv", "dbus", "udev", "kmod", "e2fsprogs", "initramfs-tools", "zstd", "linux-image-amd64", "qemu-guest-agent",
    # What builds the modules; goes again.
    "gcc-12", "make", "libc6-dev", "linux-headers-amd64", "xz-utils",
    # What the scenarios use.
    "python3", "v4l-utils", "gpiod", "chrony", "procps", "iproute2",
    # What the product's packages depend on: they are installed without a network.
    "adduser", "libxml2", "libyaml-0-2", "libcfitsio10", "libv4l-0", "libpng16-16", "liberfa1", "libnova-0.16-0", "libsqlite3-0",
    "libgpiod2", "libcurl4", "libudev1", "libsystemd0", "libstdc++6",
]
# Documentation is not read in the lab, and the package scenario looks for that of psws alone.
EXCLUDED = ["/usr/share/doc/*", "/usr/share/locale/*", "/usr/share/man/*"]
KEPT = ["/usr/share/doc/psws*", "/usr/share/man/man[1-9]", "/usr/share/man/man[1-9]/psws*"]


# What customize.sh writes when nothing more comes from outside.
PACKAGES_ARE_HERE = "lab: every package is here"


class Unavailable(Exception):
    """This computer cannot make the image: no Debian mirror, or no right to unpack a system."""


def recipe_key():
    """Changes with everything that the image is made from."""
    digest = hashlib.sha256()
    for path in [pathlib.Path(__file__), *sorted((HERE / "image").iterdir())]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def image():
    """The directory of the image; builds it if there is none. Raises Unavailable if this computer cannot."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with open(CACHE / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        directory = CACHE / recipe_key()
        if not directory.exists():
            build(directory)
        return directory


def build(directory):
    began = time.monotonic()
    print("lab: building the machine's disk from Debian's packages (a few minutes, kept for the next time)", flush=True)
    partial = directory.with_suffix(".partial")
    if partial.exists():
        shutil.rmtree(partial)
    partial.mkdir()
    root = partial / "root"
    # No fsync for a disk that is copied as a whole in the end.
    options = ["--dpkgopt=force-unsafe-io"]
    options += [f"--dpkgopt=path-exclude={path}" for path in EXCLUDED]
    options += [f"--dpkgopt=path-include={path}" for path in KEPT]
    with open(partial / "build.log", "wb") as log:
        done = subprocess.run(
            ["mmdebstrap", "--mode=root", "--variant=apt", "--format=directory", "--include=" + ",".join(PACKAGES), *options,
             '--essential-hook=mkdir -p "$1/etc/initramfs-tools/conf.d"',
             # Only what finds the disk: the generic RAM disk takes a minute to make and seconds to unpack.
             '--essential-hook=printf "MODULES=list\\nCOMPRESS=zstd\\n" >"$1/etc/initramfs-tools/conf.d/lab"',
             f"--customize-hook={HERE}/image/customize.sh \"$1\"",
             SUITE, str(root)],
            stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        said = (partial / "build.log").read_text(errors="replace")
        tail = "\n".join(said.splitlines()[-30:])
        if PACKAGES_ARE_HERE not in said:
            raise Unavailable(f"{tail}\nthe packages of its disk cannot be had or unpacked here")
        raise SystemExit(f"{tail}\nlab: the image could not be built, see {partial}/build.log")
    for pattern, name in [("vmlinuz-*", "vmlinuz"), ("initrd.img-*", "initrd")]:
        shutil.copyfile(next((root / "boot").glob(pattern)), partial / name)
    subprocess.run(
        ["mke2fs", "-q", "-t", "ext4", "-L", "lab", "-E", "lazy_itable_init=0,lazy_journal_init=0",
         "-d", root, partial / "disk.raw", DISK_SIZE], check=True)
    shutil.rmtree(root)
    partial.rename(directory)
    for older in CACHE.iterdir():
        if older.is_dir() and len(older.name.split(".")[0]) == 16 and older != directory:
            shutil.rmtree(older)
    print(f"lab: built in {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    print(image())
    sys.exit(0)
