# SPDX-License-Identifier: Apache-2.0
"""The camera is plugged in after the agent's start, and unplugged while it exposes: the agent runs within 5 s of each
arrival, and says what it missed."""

import time

RATE = 10
PROMISE_SECONDS = 5


def run(lab):
    away = lab.choose(15, 20)
    # As after a boot without the camera: not even the kernel's video system is loaded.
    lab.machine.run("modprobe -r v4l2loopback vivid videodev", check=False)
    lab.station.watch(lab.vivid.device, rate=RATE, size=(320, 180))
    mark = lab.station.start()
    lab.expect(lab.machine.await_journal("there is no such device", 15, mark), "the agent waits for its camera")
    lab.pause(away / 2)
    first = arrival(lab)
    # The metrics are written every five seconds.
    lab.pause(8)
    process = lab.station.show("MainPID")
    before = blind_seconds(lab)
    mark = lab.machine.mark()
    lab.vivid.unplug()
    said = lab.machine.await_journal(r"(disconnected|gone|not there).*", 10, mark)
    lab.expect(said, "the agent says that the camera is gone", lab.machine.journal(mark))
    lab.pause(away)
    lines = [line for line in lab.machine.journal(mark) if "psws-agent[" in line]
    lab.expect(len(lines) < 8, "the journal is not flooded meanwhile", f"{len(lines)} lines in {away} s")

    again = arrival(lab)
    lab.expect(lab.station.show("MainPID") == process, "it is still the same process")
    lab.pause(8)
    blind = blind_seconds(lab) - before
    # The detector needs some seconds of its own before it sees again.
    lab.expect(
        away - 2 <= blind <= away + 15, "the gap stands in the metrics as time without sight",
        f"{blind:.0f} s of about {away}")
    lab.station.stop()
    return (f"running again {again:.1f} s after its return, a gap of {blind:.0f} s recorded ({away} s away); "
            f"{first:.1f} s after it was first plugged in")


def blind_seconds(lab):
    return lab.station.metrics()["psws_blind_seconds_total"]


def arrival(lab):
    """Plugs the camera in: the seconds until the agent watches it."""
    mark = lab.machine.mark()
    lab.vivid.plug_in()
    began = time.monotonic()
    watches = lab.machine.await_journal("watching /dev/video", 60, mark)
    seconds = time.monotonic() - began
    lab.expect(watches, "the agent watches the camera that was plugged in", lab.machine.journal(mark)[-3:])
    lab.expect(seconds <= PROMISE_SECONDS, f"it does so within {PROMISE_SECONDS} s", f"after {seconds:.1f} s")
    return seconds
