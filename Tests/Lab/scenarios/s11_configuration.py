# SPDX-License-Identifier: Apache-2.0
"""A configuration with mistakes: the service does not start, and the journal has all of them; a reload keeps what runs."""

from lab import NotYet

MISTAKES = {
    "target": "target: mon",
    "site.latitude": "latitude: 43.5628",
    "camera.exposre": "exposre: 20 ms",
}
# Where the time is short, what can be seen without a machine comes last.
ALSO_SEEN_BY = "Tests/EndToEnd/service.py"


def run(lab):
    machine, station = lab.machine, lab.station
    good = ("{kind: simulated, width: 160 px, height: 120 px, "
            "simulated: {seed: 3, duration: 10 min, event_rate: 0 /min, distractors: false}}")
    station.configure("sky", good)
    text = machine.output(f"cat {station.configuration_path}")
    bad = text.replace("target: sky", MISTAKES["target"]).replace("latitude: 43.5628 deg", MISTAKES["site.latitude"]) \
        .replace("kind: simulated, ", "kind: simulated, exposre: 20 ms, ") + "\n"
    machine.write(station.configuration_path, bad)
    mark = machine.mark()
    machine.run("systemctl reset-failed psws-agent; systemctl start psws-agent", check=False, seconds=60)
    for key in MISTAKES:
        pattern = rf":\d+:\d+: error: {key.replace('.', chr(92) + '.')}\b"
        lab.expect(
            machine.await_journal(pattern, 15, mark), f"the journal has the mistake in {key}", machine.journal(mark)[-5:])
    lab.expect(station.show("MainPID") == "0" or station.show("ActiveState") != "active", "the service does not run")
    station.stop()
    attempts = sum("error: target" in line for line in machine.journal(mark))

    machine.write(station.configuration_path, text + "\n")
    mark = station.start()
    lab.expect(machine.await_journal("watching ", 15, mark), "with a good file it runs")
    if station.show("CanReload") != "yes":
        raise NotYet(f"systemctl reload; the service refuses a bad file with all {len(MISTAKES)} mistakes in the journal")
    process = station.show("MainPID")
    mark = machine.mark()
    machine.write(station.configuration_path, bad)
    machine.run("systemctl reload psws-agent", check=False, seconds=30)
    for key in MISTAKES:
        pattern = rf":\d+:\d+: error: {key.replace('.', chr(92) + '.')}\b"
        lab.expect(machine.await_journal(pattern, 15, mark), f"after a reload the journal has the mistake in {key}")
    lab.pause(3)
    lab.expect(
        station.show("MainPID") == process and station.show("ActiveState") == "active",
        "a reload with a bad file keeps the running agent", station.show("ActiveState"))
    return f"all {len(MISTAKES)} mistakes in the journal ({attempts} starts); a reload with them keeps what runs"
