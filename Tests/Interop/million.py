# SPDX-License-Identifier: Apache-2.0
"""Fills an archive with a million events and measures search and size, beside the bare database in the same run.

  python3 Tests/Interop/million.py [COUNT]

PSWS_BIN is where psws-server is; take a release build. Needs 6 GB in the temporary directory for a million. Loopback
only, free port.
"""

import io
import json
import os
import pathlib
import random
import re
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.parse
import urllib.request

BINARIES = pathlib.Path(
    os.environ.get("PSWS_BIN", pathlib.Path(__file__).resolve().parents[2] / ".build" / "release"))
GROUP = 1000
REPEATS = 200
GOAL_MILLISECONDS = 20
GOAL_SIZE = 1.5
FIRST_SECOND = 1_577_836_800  # 2020-01-01T00:00:00Z
SECONDS_BETWEEN = 180
# One of a thousand is rare, as it is in the field: a search for it must not read all others.
TYPES = [("lunar_flash", 600), ("fireball", 300), ("spot_change", 99), ("jupiter_impact", 1)]
TARGETS = ["Moon", "Jupiter", "Earth", "Saturn"]


def instant(second):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(second))


def packet(number, kind, target, filler):
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<voe:VOEvent xmlns:voe='http://www.ivoa.net/xml/VOEvent/v2.0' role='observation' version='2.0' \
ivorn='ivo://psws.million/{kind}#{number:07d}'>
<Who><AuthorIVORN>ivo://psws.million/station{number % 20}</AuthorIVORN><Date>{instant(FIRST_SECOND)}</Date></Who>
<What><Param name='event_type' value='{kind}'/><Param name='filler' value='{filler}'/>
<Group name='target'><Param name='target_name' value='{target}'/></Group></What>
<WhereWhen><ObsDataLocation><ObservatoryLocation/><ObservationLocation><AstroCoordSystem id='UTC-ICRS-TOPO'/>\
<AstroCoords coord_system_id='UTC-ICRS-TOPO'><Time unit='s'><TimeInstant><ISOTime>\
{instant(FIRST_SECOND + SECONDS_BETWEEN * number)}</ISOTime></TimeInstant></Time></AstroCoords>\
</ObservationLocation></ObsDataLocation></WhereWhen>
</voe:VOEvent>
""".encode()


def write_export(output, count):
    """What `archive export` would write for so many events: bytes of all packets."""
    chance = random.Random(2026)
    kinds = [kind for kind, share in TYPES for _ in range(share)]
    # The size of a real packet of an agent.
    filler = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=1500))
    total = 0
    with tarfile.open(fileobj=output, mode="w|", format=tarfile.USTAR_FORMAT) as tar:

        def add(name, content):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))

        for first in range(0, count, GROUP):
            lines, packets = [], []
            for number in range(first, min(first + GROUP, count)):
                kind = chance.choice(kinds)
                content = packet(number, kind, chance.choice(TARGETS), filler)
                name = f"events/{number + 1:012d}.xml"
                received = (FIRST_SECOND + SECONDS_BETWEEN * number + 60) * 1_000_000_000
                lines.append(json.dumps(
                    {"file": name, "sequence": number + 1, "ivorn": f"ivo://psws.million/{kind}#{number:07d}",
                     "received_ns": received}))
                packets.append((name, content))
                total += len(content)
            add(f"index/{first + 1:012d}.jsonl", ("\n".join(lines) + "\n").encode())
            for name, content in packets:
                add(name, content)
    return total


def cpu_seconds(process):
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main(count):
    with tempfile.TemporaryDirectory(prefix="psws-million-") as name:
        home = pathlib.Path(name)
        with open(home / "export.tar", "wb") as output:
            packet_bytes = write_export(output, count)
        begin = time.monotonic()
        done = subprocess.run(
            [BINARIES / "psws-server", "archive", "import", "--data", home / "data", home / "export.tar"],
            capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"FAILED  the import: {(done.stdout + done.stderr)[-500:]}")
        seconds = time.monotonic() - begin
        (home / "export.tar").unlink()
        database_bytes = sum(file.stat().st_size for file in (home / "data").glob("archive.sqlite*"))
        size = database_bytes / packet_bytes
        print(f"{count} events of {packet_bytes / count:.0f} bytes, taken in {seconds:.0f} s; on disk "
              f"{database_bytes / count:.0f} bytes an event, {size:.2f} times the packet (goal {GOAL_SIZE})")
        log = home / "server.log"
        with open(log, "wb") as output:
            server = subprocess.Popen(
                [BINARIES / "psws-server", "run", "--submit-port", "0", "--subscribe-port", "0", "--http-port", "0",
                 "--data", home / "data"], stderr=output, stdout=output)
        try:
            while not (found := re.search(r"HTTP is at (http://\S+)", log.read_text())):
                time.sleep(0.05)
            slowest = measure(server.pid, found[1], home / "data" / "archive.sqlite", count)
        finally:
            server.terminate()
            server.wait(30)
    failed = (slowest > GOAL_MILLISECONDS) + (size > GOAL_SIZE)
    print(f"{2 - failed} passed, {failed} failed")
    return 1 if failed else 0


def measure(process, address, path, count):
    """Prints the CPU of the first page of each search; the largest, in ms."""
    middle = FIRST_SECOND + SECONDS_BETWEEN * count // 2
    span = {"from": instant(middle), "to": instant(middle + SECONDS_BETWEEN * count // 10)}
    searches = []
    for kind, label in (("lunar_flash", "common"), ("jupiter_impact", "rare")):
        for order in ("event", "received"):
            query = {f"{order}_{end}": value for end, value in span.items()} | {"event_type": kind, "limit": 100}
            searches.append((f"{label} type, a tenth of the time, by {order} time",
                             query | ({"order": "event"} if order == "event" else {}), kind, order))
    bare = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    slowest = 0
    print(f"{'CPU of the first page of 100':52} {'server':>9} {'bare SQLite':>12} {'events':>7}")
    for label, query, kind, order in searches:
        url = f"{address}/api/v1/events?{urllib.parse.urlencode(query)}"
        column = f"{order}_ns"
        statement = (f"SELECT sequence, ivorn, role, version, received_ns, stream, author, event_type, target, event_ns, "
                     f"ra_deg, dec_deg FROM event WHERE {column} BETWEEN ? AND ? AND event_type = ? "
                     f"ORDER BY {column} DESC, sequence DESC LIMIT 100")
        bounds = (middle * 10**9, (middle + SECONDS_BETWEEN * count // 10) * 10**9, kind)
        begin = cpu_seconds(process)
        for _ in range(REPEATS):
            with urllib.request.urlopen(url, timeout=60) as answer:
                events = len(json.load(answer)["events"])
        ours = 1000 * (cpu_seconds(process) - begin) / REPEATS
        begin = time.process_time()
        for _ in range(REPEATS):
            rows = len(bare.execute(statement, bounds).fetchall())
        theirs = 1000 * (time.process_time() - begin) / REPEATS
        if events != rows:
            raise SystemExit(f"FAILED  {label}: {events} events, but {rows} in the database")
        slowest = max(slowest, ours)
        print(f"{label:52} {ours:6.2f} ms {theirs:9.2f} ms {events:7}")
    return slowest


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
