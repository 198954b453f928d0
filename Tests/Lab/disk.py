# SPDX-License-Identifier: Apache-2.0
"""The machine's disk, and what is on it after its power was cut.

A program that dies leaves what it has written to the host's page cache, so a killed QEMU alone is a kind power cut: the
machine's memory is gone, but its disk has everything that its kernel sent, in order. A real disk has a cache of its
own; until the machine flushes it, each write may be there or not. Here QEMU's `blklogwrites` writes every request of
the machine to a log (the format is that of the kernel's dm-log-writes), while the disk itself is not touched. After the
cut the log up to the last flush that QEMU had finished is applied to the disk, and of what came later a random part.
"""

import pathlib
import struct
import subprocess

SECTOR = 512
MAGIC = 0x6A736677736872
FLUSH, FUA, DISCARD, MARK = 1, 2, 4, 8


class Disk:
    """A raw disk that lives as long as a run of the lab."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.overlay = self.path.with_suffix(".overlay")
        self.log = self.path.with_suffix(".writes")

    @classmethod
    def copy(cls, original, path):
        """A copy that takes no more room than what is written on it."""
        subprocess.run(["cp", "--sparse=always", "--reflink=auto", original, path], check=True)
        return cls(path)

    def plain_options(self):
        """QEMU's options for a disk that keeps what is written."""
        return [
            "-drive", f"file={self.path},if=none,id=disk,format=raw,cache=writeback",
            "-device", "virtio-blk-pci,drive=disk,discard=off,write-zeroes=off"]

    def logged_options(self):
        """QEMU's options for a disk whose power is going to be cut; `power_was_cut` has to follow."""
        self.overlay.unlink(missing_ok=True)
        subprocess.run(
            ["qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", self.path.name, self.overlay], check=True)
        self.log.write_bytes(b"")
        return [
            "-blockdev", f"driver=file,filename={self.overlay},node-name=overlay-file",
            "-blockdev", "driver=qcow2,file=overlay-file,node-name=overlay",
            "-blockdev", f"driver=file,filename={self.log},node-name=log",
            "-blockdev", "driver=blklogwrites,file=overlay,log=log,node-name=disk",
            "-device", "virtio-blk-pci,drive=disk,discard=off,write-zeroes=off"]

    def power_was_cut(self, chance):
        """Puts on the disk what a disk has after a power cut: the numbers of writes kept, and lost.

        chance: a random.Random that decides which of the writes after the last flush are kept.
        """
        kept = lost = 0
        entries = list(self._entries())
        flushes = [index for index, (_, _, flags, _) in enumerate(entries) if flags & FLUSH]
        last_flush = flushes[-1] if flushes else -1
        with open(self.path, "r+b") as disk, open(self.log, "rb") as log:
            for index, (sector, count, flags, offset) in enumerate(entries):
                if not count or flags & DISCARD:
                    continue
                if index > last_flush and not flags & FUA and chance.random() < 0.5:
                    lost += 1
                    continue
                log.seek(offset)
                disk.seek(sector * SECTOR)
                disk.write(log.read(count * SECTOR))
                kept += 1
        self.overlay.unlink()
        self.log.unlink()
        return kept, lost

    def _entries(self):
        """Sector, number of sectors, flags and the place of the data in the log, of every request in it."""
        size = self.log.stat().st_size
        with open(self.log, "rb") as log:
            head = log.read(28).ljust(28, b"\0")
            magic, version, _, sector_size = struct.unpack("<QQQI", head)
            # The head of the log is written with the first flush.
            if any(head) and (magic, version, sector_size) != (MAGIC, 1, SECTOR):
                raise SystemExit(f"lab: {self.log} is no log of writes")
            place = SECTOR
            # The number in the head of the log is that at the last flush: we want the later requests, too.
            while place + SECTOR <= size:
                log.seek(place)
                sector, count, flags, length = struct.unpack("<QQQQ", log.read(32))
                if not (count or flags):
                    return
                data = place + SECTOR
                place = data + (0 if flags & DISCARD else count * SECTOR) + -(-length // SECTOR) * SECTOR
                if place > size:
                    return
                yield sector, count, flags, data
