#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that the disk of the lab forgets what was not flushed, without a machine: QEMU's own writer is killed.

  python3 Tests/Lab/check_disk.py
"""

import pathlib
import random
import subprocess
import sys
import tempfile
import time

from disk import Disk

BLOCK = 65536


class Never:
    """Keeps no write after the last flush."""

    @staticmethod
    def random():
        return 0.0


def cut_after_writing(disk, chance):
    """Writes 1 to a block and flushes it, writes 2 and 3 to the next, and cuts the power: what the blocks begin with."""
    options = disk.logged_options()
    nodes = [word for option, node in zip(options, options[1:]) if option == "-blockdev" for word in ("--blockdev", node)]
    socket = disk.path.with_suffix(".nbd")
    daemon = subprocess.Popen(
        ["qemu-storage-daemon", *nodes, "--nbd-server", f"addr.type=unix,addr.path={socket}",
         "--export", "type=nbd,id=disk,node-name=disk,writable=on"])
    while not socket.exists() and daemon.poll() is None:
        time.sleep(0.01)
    command = ["qemu-io", "-t", "writeback", "-f", "raw", f"nbd+unix:///disk?socket={socket}"]
    # It flushes when it ends.
    subprocess.run([*command, "-c", "write -q -P 1 0 64k"], check=True)
    writer = subprocess.Popen(["stdbuf", "-oL", *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    for line in ("write -P 2 64k 64k\n", "write -P 3 128k 64k\n"):
        writer.stdin.write(line)
        writer.stdin.flush()
        # It answers with what was written, and how fast.
        for _ in range(2):
            writer.stdout.readline()
    daemon.kill()
    daemon.wait()
    writer.kill()
    writer.wait()
    socket.unlink()
    disk.power_was_cut(chance)
    content = disk.path.read_bytes()
    return [content[number * BLOCK] for number in range(3)]


def checks():
    """Sentences on the disk, and whether they hold."""
    with tempfile.TemporaryDirectory() as directory:
        def disk():
            path = pathlib.Path(directory) / "disk.raw"
            path.write_bytes(bytes(1 << 20))
            return Disk(path)

        strict = cut_after_writing(disk(), Never())
        seen = {tuple(cut_after_writing(disk(), random.Random(seed))) for seed in range(8)}
    return [
        ("what was flushed is kept, what was not is lost", strict == [1, 0, 0]),
        ("of the rest any part may be kept",
         len(seen) >= 3 and seen <= {(1, 0, 0), (1, 2, 0), (1, 0, 3), (1, 2, 3)}),
    ]


if __name__ == "__main__":
    results = checks()
    for sentence, holds in results:
        print(("ok      " if holds else "FAILED  ") + sentence)
    sys.exit(0 if all(holds for _, holds in results) else 1)
