# SPDX-License-Identifier: Apache-2.0
"""The process hangs (SIGSTOP): the watchdog of the service manager restarts it, and the time without sight is a gap."""

import re
import time

RATE = 10
# From the moment the watchdog strikes until the agent watches again.
RESTART_SECONDS = 15


def run(lab):
    lab.vivid.plug_in()
    lab.station.watch(lab.vivid.device, rate=RATE, size=(320, 180))
    mark = lab.station.start()
    lab.expect(lab.machine.await_journal("watching /dev/video", 15, mark), "the agent watches the camera")
    # Only a service that runs has a period; before, systemd says infinity.
    period = lab.station.show("WatchdogUSec")
    span = re.search(r"s: *(\d+)\n", lab.machine.run(f"systemd-analyze timespan '{period}'", check=False).output)
    lab.expect(span and int(span[1]) < 3600e6, "the service has a watchdog", period)
    watchdog = int(span[1]) / 1e6
    process, restarts = lab.station.show("MainPID"), int(lab.station.show("NRestarts"))
    lab.pause(lab.choose(1.1, 1.5) * watchdog)
    lab.expect(lab.station.show("MainPID") == process, "the watchdog leaves an agent alone that works")
    mark = lab.machine.mark()
    began = time.monotonic()
    lab.machine.run(f"kill -STOP {process}")
    back = lab.machine.await_journal("watching /dev/video", watchdog + 150, mark)
    taken = time.monotonic() - began
    lab.expect(back, "the agent watches again")
    lab.expect(
        taken <= watchdog + RESTART_SECONDS, f"it does so within the watchdog's {watchdog:.0f} s and {RESTART_SECONDS} s",
        f"after {taken:.0f} s")
    lab.expect(lab.station.show("MainPID") != process, "it is another process")
    lab.expect(int(lab.station.show("NRestarts")) == restarts + 1, "it was restarted once")
    gaps = lab.machine.output(f"psws-agent gaps --json --config {lab.station.configuration_path}")
    lab.expect('"reason": "interrupted"' in gaps, "the time without sight is recorded as a gap", gaps)
    lab.station.stop()
    return f"watching again {taken:.0f} s after the process was stopped (watchdog: {watchdog:.0f} s)"
