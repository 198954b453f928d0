#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An event is never lost: the agent is killed at random moments, the broker goes away, the disk fills up.

usage: crash.py [N] [SEED]     N: how often the agent is killed (12)
environment: PSWS_BIN          directory of the programs (.build/debug)

Everything runs on loopback and in a temporary directory. A full disk needs a file system of its own, which only root
can make; without it that part is skipped, and says so.
"""

import collections
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Support"))
from harness import Centre, Checks, OutboxFiles, Program, configuration, recording

STORED = re.compile(r"(ivo://\S+) is in the outbox")
ACKNOWLEDGED = re.compile(r"has acknowledged (ivo://\S+)")


def found(pattern, program):
    return {match[1] for line in program.lines for match in pattern.finditer(line)}


def twice(ivorns):
    return [ivorn for ivorn, count in collections.Counter(ivorns).items() if count > 1]


def killed_again_and_again(checks, work, centre, count, seed):
    """Kills the agent at random moments of detecting, storing and sending, and lets it finish in the end."""
    outbox = OutboxFiles(work / "outbox")
    moments = random.Random(seed)

    def agent(number):
        path = recording(work / f"night-{number}.ser", minute=number)
        config = configuration(
            work / f"agent-{number}.yaml", outbox.path, centre.ports[0], f"{{kind: file, file: {{paths: [{path}]}}}}")
        return lambda: Program("psws-agent", "run", "--config", config)

    began = time.monotonic()
    first = agent(0)()
    checks.check("an agent that nobody kills ends with exit code 0", first.wait() == 0, first.text)
    length = time.monotonic() - began
    alerts = len(found(STORED, first))
    checks.check(f"it stores several events ({alerts}) in {length:.1f} s", alerts >= 3, first.text)

    runs = [agent(number) for number in range(1, count + 1)]
    stored, acknowledged = found(STORED, first), found(ACKNOWLEDGED, first)
    lost, doubled, midway = set(), [], 0
    for run in runs:
        program = run()
        time.sleep(moments.uniform(0.02, 0.9 * length))
        midway += program.process.poll() is None
        program.kill()
        stored |= found(STORED, program)
        acknowledged |= found(ACKNOWLEDGED, program)
        lost |= stored - set(outbox.ivorns())
        doubled += twice(outbox.ivorns())
    checks.check(f"the agent was killed {midway} times while it worked", midway >= count / 2)
    checks.check("after every kill each of the stored events is in the outbox", not lost, str(lost))
    checks.check("after every kill no event is in the outbox twice", not doubled, str(doubled))

    codes = []
    for run in runs:
        program = run()
        codes.append(program.wait())
        if codes[-1] != 0:
            print(program.text)
        stored |= found(STORED, program)
        acknowledged |= found(ACKNOWLEDGED, program)
    checks.check("started again the agent ends with exit code 0 each time", set(codes) == {0}, str(codes))
    archive = centre.archive()
    ivorns = [ivorn for ivorn, _ in archive]
    checks.check(f"all {len(stored)} stored events are in the broker's archive", stored <= set(ivorns), str(stored - set(ivorns)))
    checks.check("every acknowledged event is in the archive", acknowledged <= set(ivorns))
    checks.check("no event is in the archive twice", not twice(ivorns), str(twice(ivorns)))
    checks.check(
        f"each of the {count + 1} recordings has given its {alerts} events, once",
        len(ivorns) == alerts * (count + 1), f"{len(ivorns)} events")
    sent = {
        ivorn: (outbox.path / "sent" / name / "event.xml").read_bytes() for name, ivorn in outbox.entries("sent").items()}
    checks.check("the outbox has all as sent, none waits", set(sent) == set(ivorns) and not outbox.entries("pending"))
    checks.check("the archive has the bytes that the agent wrote", all(sent.get(i) == packet for i, packet in archive))


def broker_away(checks, work, centre):
    """Detects several events while there is no broker; they arrive in order when it is back."""
    before = len(centre.archive())
    outbox = OutboxFiles(work / "outbox-away")
    path = recording(work / "away.ser", minute=600)
    config = configuration(
        work / "away.yaml", outbox.path, centre.ports[0], f"{{kind: file, file: {{paths: [{path}]}}}}")
    centre.program.kill()
    agent = Program("psws-agent", "run", "--config", config)
    checks.check("the agent ends its search without a broker", agent.await_line("frames searched"), agent.text)
    waiting = outbox.entries("pending")
    checks.check(f"{len(waiting)} events wait in the outbox", len(waiting) >= 3, agent.text)
    message = agent.await_line(r"could not be sent, next attempt in [0-9.]+ s: (.*)")
    checks.check("the journal says why and when it tries again", message and "no connection" in message[1], agent.text)
    centre.start()
    checks.check("with the broker back the agent sends them and ends with exit code 0", agent.wait() == 0, agent.text)
    arrived = [ivorn for ivorn, _ in centre.archive()][before:]
    checks.check("they arrive in the order in which they happened", arrived == list(waiting.values()), str(arrived))

    agent = Program("psws-agent", "run", "--config", configuration(
        work / "gone.yaml", work / "outbox-gone", 1, f"{{kind: file, file: {{paths: [{path}]}}}}"))
    agent.await_line("could not be sent")
    began = time.monotonic()
    agent.send(signal.SIGTERM)
    code = agent.wait(10)
    checks.check(
        "SIGTERM ends an agent that waits for the broker, exit code 0",
        code == 0, agent.text)


def fill(disk):
    """Takes all room on a disk."""
    filler = disk / "filler"
    with open(filler, "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return filler


def full_disk(checks, work, centre):
    """Fills the outbox's disk while events are detected, and frees it."""
    disk = work / "disk"
    disk.mkdir()
    mounted = os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk], stderr=subprocess.DEVNULL).returncode == 0
    if not mounted:
        print("SKIPPED full disk: a small file system cannot be mounted here (run as root)", flush=True)
        return
    try:
        outbox = OutboxFiles(disk / "outbox")
        config = configuration(
            work / "full.yaml", outbox.path, centre.ports[0],
            "{kind: simulated, width: 160 px, height: 120 px, simulated: "
            "{seed: 3, duration: 10 s, event_rate: 30 /min, event_snr: 60, distractors: false}}")
        agent = Program("psws-agent", "run", "--config", config)
        agent.await_line("watching ")
        filler = fill(disk)
        message = agent.await_line("could not be stored: .*")
        checks.check(
            "a full disk is said in one clear message", message and "full" in message[0].lower(), agent.text)
        checks.check("the agent goes on", agent.process.poll() is None)
        filler.unlink()
        code = agent.wait()
        checks.check("with the disk freed the agent ends with exit code 0", code == 0, agent.text)
        alerts = sum("ALERT" in line for line in agent.lines)
        stored = found(STORED, agent)
        checks.check(f"every one of the {alerts} alerts was stored in the end", len(stored) == alerts > 0, agent.text)
        ivorns = [ivorn for ivorn, _ in centre.archive()]
        checks.check("and is in the archive, once", all(ivorns.count(ivorn) == 1 for ivorn in stored))

        # A recording that ends before there is room again: a failure, and the next run stores what this one could not.
        path = recording(work / "full.ser", minute=700)
        config = configuration(
            work / "full.yaml", outbox.path, centre.ports[0], f"{{kind: file, file: {{paths: [{path}]}}}}")
        for entry in (outbox.path / "sent").glob("*"):
            shutil.rmtree(entry)
        filler = fill(disk)
        agent = Program("psws-agent", "run", "--config", config)
        code = agent.wait()
        last = agent.lines[-1] if agent.lines else ""
        checks.check(
            "an agent that ends on a full disk says how many events it could not store, exit code 1",
            code == 1 and "could not be stored" in last, agent.text)
        filler.unlink()
        agent = Program("psws-agent", "run", "--config", config)
        checks.check("with room it stores and sends them", agent.wait() == 0 and len(found(STORED, agent)) >= 3, agent.text)
    finally:
        subprocess.run(["umount", disk], check=False)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 16)
    print(f"{count} kills, seed {seed}")
    checks = Checks()
    with tempfile.TemporaryDirectory(prefix="psws-crash-") as directory:
        work = pathlib.Path(directory)
        centre = Centre(work)
        centre.start()
        try:
            killed_again_and_again(checks, work, centre, count, seed)
            broker_away(checks, work, centre)
            full_disk(checks, work, centre)
        finally:
            centre.program.kill()
    checks.finish()


if __name__ == "__main__":
    main()
