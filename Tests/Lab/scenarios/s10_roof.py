# SPDX-License-Identifier: Apache-2.0
"""The roof's line is active: nothing is searched and nobody is alerted; opened, it goes on within a second."""

from lab import NotYet
from pins import SimulatedPins


def run(lab):
    pins = SimulatedPins(lab.machine, ["roof", "rain", "relay"])
    try:
        pins.create()
        # The lines work: an edge that is pulled in sysfs is one that a program sees.
        watcher = lab.machine.start(f"timeout 10 gpiomon --num-events=2 --format='%e' {pins.chip} {pins.offset('roof')}")
        lab.pause(2)
        pins.pull("roof", True)
        pins.pull("roof", False)
        seen = lab.machine.finish(watcher, 15)
        lab.expect(seen.output.split() == ["1", "0"], "a pulled line gives a rising and a falling edge", seen.text)
        lab.machine.run(f"gpioset --mode=time --sec=60 {pins.chip} {pins.offset('relay')}=1 >/dev/null 2>&1 & sleep 1")
        lab.expect(pins.is_driven_high("relay"), "a line that a program drives is seen high")
        lab.machine.run("pkill -x gpioset")
    finally:
        pins.remove()
    raise NotYet("the agent has no pins; the simulated lines work (two edges seen, an output read back)")
