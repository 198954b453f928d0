# SPDX-License-Identifier: Apache-2.0
"""Power cuts at random moments of detecting, storing and sending: nothing acknowledged is sent again, nothing lost.

The disk loses what was not flushed (see disk.py). A recording stands for each night, so that what has to arrive in the
end is known exactly.
"""

import re
import time

import check_disk

EVENTS = 4
# What the journal says reaches the host at once, so the host knows it after the cut.
STORED = re.compile(r"(ivo://\S+) is in the outbox")
ACKNOWLEDGED = re.compile(r"has acknowledged (ivo://\S+)")


def run(lab):
    for sentence, holds in check_disk.checks():
        lab.expect(holds, sentence)
    count = lab.choose(3, 20)
    for number in range(count + 1):
        lab.recording(
            f"night-{number}.ser", "--target", "sky", "--width", 160, "--height", 120, "--seconds", lab.choose(10, 13), "--flashes",
            EVENTS, "--snr-min", 60, "--snr-max", 80, "--start", f"2026-03-01T{number:02}:00:00Z")

    def search(number):
        lab.station.configure("sky", f"{{kind: file, file: {{paths: [/lab/night-{number}.ser]}}}}")
        return lab.station.start(restarts=False)

    # A run without a cut, for its length and for the number of alerts in a night.
    began = time.monotonic()
    mark = search(0)
    lab.expect(lab.station.await_end(120) == "success", "an agent that nobody disturbs ends cleanly")
    length = time.monotonic() - began
    alerts = len(set(lab.found(STORED, mark)))
    lab.expect(alerts >= 3, "a night has several events", alerts)

    stored, acknowledged = set(lab.found(STORED, mark)), set(lab.found(ACKNOWLEDGED, mark))
    kept = lost = midway = forgotten = 0
    for number in range(1, count + 1):
        if number == 1:
            lab.machine.shut_down()
        lab.machine.boot(lab.machine.disk.logged_options())
        if number > 1:
            forgotten += check_after_cut(lab, stored)
        lab.machine.run("echo kept >/var/tmp/synced && sync /var/tmp/synced; rm -f /var/tmp/unsynced")
        search(number)
        time.sleep(lab.chance.uniform(0.1, 1.0) * length)
        midway += lab.machine.run("systemctl is-active -q psws-agent", check=False).code == 0
        lab.machine.run("echo lost >/var/tmp/unsynced", check=False)
        lab.machine.kill()
        writes = lab.machine.disk.power_was_cut(lab.chance)
        kept, lost = kept + writes[0], lost + writes[1]
        stored |= set(lab.found(STORED))
        acknowledged |= set(lab.found(ACKNOWLEDGED))
    lab.machine.boot()
    forgotten += check_after_cut(lab, stored)

    for number in range(1, count + 1):
        search(number)
        result = lab.station.await_end(120)
        lab.expect(result == "success", "the agent searches the night again and ends cleanly", result)
        stored |= set(lab.found(STORED))
    archive = lab.archived()
    lab.expect(len(archive) == len(set(archive)), "no event is in the archive twice")
    lab.expect(stored <= set(archive), "every event that was stored is in the archive", stored - set(archive))
    lab.expect(
        len(archive) == alerts * (count + 1), f"each of the {count + 1} nights has given its {alerts} events",
        len(archive))
    again = set(lab.accepted_again()) & acknowledged
    lab.expect(not again, "no acknowledged event was sent again", again)
    return (f"{count} cuts, {midway} of them at work: {len(archive)} events in the archive, none lost, none twice "
            f"(lost in the cuts: {lost} of {kept + lost} writes of the disk, {forgotten} of {count} files that were only "
            "in memory)")


def check_after_cut(lab, stored):
    """Whether the file was lost that nobody had flushed: the kernel may, but need not, have written it by itself."""
    machine = lab.machine
    lab.expect(machine.run("test -s /var/tmp/synced", check=False).code == 0, "what was flushed survives the cut")
    ivorns = [entry.ivorn for entry in lab.station.outbox()]
    lab.expect(len(ivorns) == len(set(ivorns)), "no event is in the outbox twice")
    lab.expect(stored <= set(ivorns), "every stored event is in the outbox after the cut", stored - set(ivorns))
    return machine.run("test -s /var/tmp/unsynced", check=False).code != 0
