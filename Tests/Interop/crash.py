# SPDX-License-Identifier: Apache-2.0
"""Kills psws-server in the middle of its work, again and again, and looks whether an acknowledged event is missing.

  python3 Tests/Interop/crash.py [ROUNDS]

PSWS_BIN is where psws-server is (default: .build/debug). Loopback only, free ports.
"""

import os
import pathlib
import random
import re
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading
import time

BINARIES = pathlib.Path(
    os.environ.get("PSWS_BIN", pathlib.Path(__file__).resolve().parents[2] / ".build" / "debug"))
AUTHORS = 4
START_SECONDS = 20


def packet(ivorn):
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<voe:VOEvent xmlns:voe="http://www.ivoa.net/xml/VOEvent/v2.0" version="2.0" role="test" '
        f'ivorn="{ivorn}"><Who/><What><Param name="filler" value="{"x" * 2000}"/></What></voe:VOEvent>').encode()


def read_exactly(connection, count):
    data = b""
    while len(data) < count:
        part = connection.recv(count - len(data))
        if not part:
            raise ConnectionError("closed")
        data += part
    return data


def submit_many(port, name, acknowledged):
    """Submits events on one connection until it breaks; notes those that were acknowledged."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            for number in range(1_000_000):
                ivorn = f"ivo://psws.crash/load#{name}-{number}"
                data = packet(ivorn)
                connection.sendall(struct.pack(">I", len(data)) + data)
                answer = read_exactly(connection, struct.unpack(">I", read_exactly(connection, 4))[0])
                if b'role="ack"' not in answer or ivorn.encode() not in answer:
                    raise ValueError(answer.decode(errors="replace"))
                acknowledged.append(ivorn)
    except OSError:
        pass  # the server was killed


def start(home):
    """Starts the server on the archive as the last one left it: the process and its submit port."""
    log = home / "server.log"
    with open(log, "wb") as output:
        server = subprocess.Popen(
            [BINARIES / "psws-server", "run", "--submit-port", "0", "--subscribe-port", "0", "--http-port", "0",
             "--data", home / "data"],
            stderr=output, stdout=output, stdin=subprocess.DEVNULL)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        found = re.search(r"authors connect to 127\.0\.0\.1:(\d+)", log.read_text(errors="replace"))
        if found:
            return server, int(found.group(1))
        time.sleep(0.02)
    server.kill()
    raise SystemExit(f"FAILED  psws-server does not start: {log.read_text(errors='replace')}")


def main(rounds):
    moments = random.Random(2026)
    acknowledged = []
    with tempfile.TemporaryDirectory(prefix="psws-crash-") as name:
        home = pathlib.Path(name)
        for turn in range(rounds):
            server, port = start(home)
            authors = [
                threading.Thread(target=submit_many, args=(port, f"{turn}-{author}", acknowledged))
                for author in range(AUTHORS)]
            for author in authors:
                author.start()
            time.sleep(moments.uniform(0.05, 0.5))
            server.send_signal(signal.SIGKILL)
            server.wait()
            for author in authors:
                author.join()
        server, _ = start(home)
        server.terminate()
        clean = server.wait(START_SECONDS) == 0
        archive = sqlite3.connect(home / "data" / "archive.sqlite")
        stored = dict(archive.execute("SELECT ivorn, packet FROM event"))
        sound = archive.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        archive.close()
    missing = [ivorn for ivorn in acknowledged if stored.get(ivorn) != packet(ivorn)]
    altered = [ivorn for ivorn, data in stored.items() if bytes(data) != packet(ivorn)]
    checks = [
        (f"{rounds} times killed, {len(acknowledged)} events acknowledged, none is missing",
         bool(acknowledged) and not missing),
        (f"none of the {len(stored)} stored events is altered", not altered),
        ("the archive is sound and was opened without repair", sound and clean),
    ]
    for sentence, holds in checks:
        print(("ok      " if holds else "FAILED  ") + sentence)
    failed = sum(not holds for _, holds in checks)
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10))
