# SPDX-License-Identifier: Apache-2.0
"""The camera is unplugged while it exposes, and comes back: the agent runs again within 5 s, and says what it missed."""

import time

RATE = 10
PROMISE_SECONDS = 5


def run(lab):
    away = lab.choose(12, 20)
    lab.vivid.plug_in()
    lab.station.watch(lab.vivid.device, rate=RATE, size=(320, 180))
    mark = lab.station.start()
    lab.expect(lab.machine.await_journal("watching /dev/video", 15, mark), "the agent watches the camera")
    lab.pause(5)
    process = lab.station.show("MainPID")
    mark = lab.machine.mark()
    lab.vivid.unplug()
    said = lab.machine.await_journal(r"(disconnected|gone|not there).*", 10, mark)
    lab.expect(said, "the agent says that the camera is gone", lab.machine.journal(mark))
    lab.pause(away)
    lines = [line for line in lab.machine.journal(mark) if "psws-agent[" in line]
    lab.expect(len(lines) < 8, "the journal is not flooded meanwhile", f"{len(lines)} lines in {away} s")

    mark = lab.machine.mark()
    lab.vivid.plug_in()
    began = time.monotonic()
    back = lab.machine.await_journal("watching /dev/video", 60, mark)
    seconds = time.monotonic() - began
    lab.expect(back, "the agent watches again")
    lab.expect(seconds <= PROMISE_SECONDS, f"it does so within {PROMISE_SECONDS} s", f"after {seconds:.1f} s")
    lab.expect(lab.station.show("MainPID") == process, "it is still the same process")
    lab.pause(8)
    blind = lab.station.metrics()["psws_blind_seconds_total"]
    lab.expect(
        away - 2 <= blind <= away + 20, "the gap stands in the metrics as time without sight",
        f"{blind:.0f} s of about {away}")
    lab.station.stop()
    return f"running again {seconds:.1f} s after its return, a gap of {blind:.0f} s recorded ({away} s away)"
