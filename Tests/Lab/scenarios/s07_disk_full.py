# SPDX-License-Identifier: Apache-2.0
"""The disk is full while events happen, and is freed: the agent says so once, goes on, and stores them in the end."""

# Where the time is short, what can be seen without a machine comes last.
ALSO_SEEN_BY = "Tests/EndToEnd/crash.py"


def run(lab):
    lab.station.configure("sky", (
        "{kind: simulated, width: 160 px, height: 120 px, simulated: "
        "{seed: 3, duration: 25 s, event_rate: 20 /min, event_snr: 60, distractors: false}}"))
    filler = "/var/tmp/filler"
    try:
        mark = lab.station.start(restarts=False)
        lab.expect(lab.machine.await_journal("watching ", 15, mark), "the agent watches")
        # The last bytes go to whoever asks for one: the agent has no share of what ext4 keeps for root.
        lab.machine.run(
            f"fallocate -l $(df --output=avail -B1 / | tail -1) {filler}; cat /dev/zero >>{filler} 2>/dev/null; "
            f"sync; test $(df --output=avail -B1 / | tail -1) = 0", seconds=120)
        said = lab.machine.await_journal("could not be stored: .*", 40, mark)
        lab.expect(said and "full" in said[0].lower(), "a full disk is said in one clear message", said)
        lab.expect(lab.station.show("ActiveState") == "active", "the agent goes on")
    finally:
        lab.machine.run(f"rm -f {filler}")
    result = lab.station.await_end(120)
    lab.expect(result == "success", "with the disk freed the agent ends cleanly", result)
    alerts = sum("ALERT" in line for line in lab.machine.journal(mark))
    stored = lab.station.stored(mark)
    lab.expect(len(stored) == alerts > 0, "every alert was stored in the end", f"{len(stored)} of {alerts}")
    arrived = lab.await_archived(alerts, 20)
    lab.expect(sorted(arrived) == sorted(stored), "and is at the broker, once", arrived)
    return f"«{said[0][:60]}…»; freed again, all {alerts} events were stored and sent, once"
