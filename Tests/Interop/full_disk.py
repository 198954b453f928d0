# SPDX-License-Identifier: Apache-2.0
"""Fills the disk under psws-server: no acknowledgement without storage, a clear message, recovery without a restart.

  python3 Tests/Interop/full_disk.py

PSWS_BIN is where psws-server is (default: .build/debug). Loopback only, free ports. Needs the right to mount a small
filesystem in memory, and says so where it has not.
"""

import contextlib
import pathlib
import socket
import sqlite3
import struct
import subprocess
import sys
import tempfile

from crash import packet, read_exactly, start

FILESYSTEM_BYTES = 12 << 20
PATIENCE_SECONDS = 30


@contextlib.contextmanager
def small_filesystem(path):
    path.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={FILESYSTEM_BYTES}", "tmpfs", path], capture_output=True, text=True)
    if done.returncode:
        print(f"SKIPPED the full disk: no small filesystem can be mounted here ({done.stderr.strip()})")
        raise SystemExit(0)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", path], check=True)


def submit(port, ivorn):
    """True if the event is acknowledged, False if the connection was closed instead of an answer."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as connection:
            data = packet(ivorn)
            connection.sendall(struct.pack(">I", len(data)) + data)
            answer = read_exactly(connection, struct.unpack(">I", read_exactly(connection, 4))[0])
    except ConnectionError:
        return False
    if b'role="ack"' not in answer:
        raise SystemExit(f"FAILED  the server refuses for good what it cannot store: {answer!r}")
    return True


def main():
    acknowledged, refused = [], []
    with tempfile.TemporaryDirectory(prefix="psws-full-") as name:
        home = pathlib.Path(name)
        # The archive is on the small filesystem, the log beside it.
        with small_filesystem(home / "data"):
            server, port = start(home)
            try:
                ballast = home / "data" / "ballast"
                ballast.write_bytes(bytes(6 << 20))
                for number in range(100_000):
                    ivorn = f"ivo://psws.full/load#{number}"
                    (acknowledged if submit(port, ivorn) else refused).append(ivorn)
                    if len(refused) >= 20:
                        break
                full_log = (home / "server.log").read_text(errors="replace")
                ballast.unlink()
                again = [ivorn for ivorn in refused if submit(port, ivorn)]
                after = [f"ivo://psws.full/after#{number}" for number in range(20)]
                stored_after = [ivorn for ivorn in after if submit(port, ivorn)]
                survived = server.poll() is None
            finally:
                server.terminate()
                clean = server.wait(PATIENCE_SECONDS) == 0
            archive = sqlite3.connect(home / "data" / "archive.sqlite")
            stored = dict(archive.execute("SELECT ivorn, packet FROM event"))
            sound = archive.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            archive.close()
    promised = acknowledged + again + stored_after
    checks = [
        (f"{len(acknowledged)} events acknowledged until the disk was full, then {len(refused)} closed without answer",
         len(acknowledged) > 0 and len(refused) == 20),
        ("the log says that the disk is full", "event could not be stored" in full_log and "full" in full_log),
        ("with space again, the same process stores what it could not", survived and again == refused),
        ("and new events", stored_after == after),
        ("every acknowledged event is stored, byte for byte",
         all(stored.get(ivorn) == packet(ivorn) for ivorn in promised)),
        ("nothing else is stored", set(stored) == set(promised)),
        ("the archive is sound and was closed in order", sound and clean),
    ]
    for sentence, holds in checks:
        print(("ok      " if holds else "FAILED  ") + sentence)
    failed = sum(not holds for _, holds in checks)
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
