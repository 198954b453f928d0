# SPDX-License-Identifier: Apache-2.0
"""The roof's line is active: nothing is searched and nobody is alerted; opened, it goes on within a second."""

import time

from pins import SimulatedPins

RATE = 10
PROMISE_SECONDS = 1
# The closed roof, as the station is told: the line is active while it is closed.
ROOF = "{roof: {line: roof, active: closed}}"


def run(lab):
    pins = SimulatedPins(lab.machine, ["roof", "rain", "relay"])
    try:
        pins.create()
        lines_work(lab, pins)
        return roof(lab, pins)
    finally:
        lab.station.stop()
        pins.remove()


def lines_work(lab, pins):
    """An edge that is pulled in sysfs is one that a program sees; a line that a program drives is seen."""
    watcher = lab.machine.start(f"timeout 10 gpiomon --num-events=2 --format='%e' {pins.chip} {pins.offset('roof')}")
    lab.pause(2)
    pins.pull("roof", True)
    pins.pull("roof", False)
    seen = lab.machine.finish(watcher, 15)
    lab.expect(seen.output.split() == ["1", "0"], "a pulled line gives a rising and a falling edge", seen.text)
    lab.machine.run(f"gpioset --mode=time --sec=60 {pins.chip} {pins.offset('relay')}=1 >/dev/null 2>&1 & sleep 1")
    lab.expect(pins.is_driven_high("relay"), "a line that a program drives is seen high")
    lab.machine.run("pkill -x gpioset")


def roof(lab, pins):
    """Flashes behind a closed roof are nothing; the roof opens, and frames are searched again."""
    lab.recording(
        "flashes.ser", "--target", "moon", "--width", 160, "--height", 120, "--fps", RATE, "--seconds", 20,
        "--events", 4, "--seed", 3)
    pins.pull("roof", True)
    lab.loopback.plug_in()
    lab.loopback.play("flashes.ser", rate=RATE, wait="0-100")
    lab.station.watch(lab.loopback.device, target="moon", rate=RATE, pins=ROOF)
    mark = lab.station.start()
    said = lab.machine.await_journal("the roof is closed", 20, mark)
    lab.expect(said, "a closed roof is said", lab.machine.journal(mark)[-3:])
    lab.pause(lab.choose(25, 60))
    metrics = lab.station.metrics()
    passed = metrics["psws_frames_passed_total"]
    lab.expect(metrics["psws_roof_open"] == 0, "the metrics say that the roof is closed")
    lab.expect(passed >= 50, "frames are let go", f"{passed:.0f}")
    lab.expect(not lab.station.outbox(), "nobody is alerted behind a closed roof")
    mark = lab.machine.mark()
    pins.pull("roof", False)
    began = time.monotonic()
    again = lab.machine.await_journal("frames are searched again", 10, mark)
    seconds = time.monotonic() - began
    lab.expect(again, "an open roof is said", lab.machine.journal(mark)[-3:])
    lab.expect(seconds <= PROMISE_SECONDS, f"frames are searched within {PROMISE_SECONDS} s", f"after {seconds:.1f} s")
    lab.pause(6)
    lab.expect(lab.station.metrics()["psws_roof_open"] == 1, "the metrics say that the roof is open")
    return f"{passed:.0f} frames let go, no alert; opened, searched again after {seconds:.1f} s"
