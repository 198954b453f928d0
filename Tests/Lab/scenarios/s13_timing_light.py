# SPDX-License-Identifier: Apache-2.0
"""A camera that is late: the timing light measures by how much, and the agent takes it off."""

import json

from pins import SimulatedPins

RATE = 8
EXPOSURE = 0.07
DELAY = 0.03
TRUTH = "/run/lamp-truth"
# The player reads the pin every half millisecond at the best; a machine without a clock of its own is slower.
TOLERANCE_SECONDS = 0.006


def run(lab):
    pins = SimulatedPins(lab.machine, ["lamp"])
    try:
        pins.create()
        return calibrate(lab, pins)
    finally:
        lab.station.stop()
        lab.loopback.remove()
        pins.remove()


def calibrate(lab, pins):
    lab.loopback.plug_in()
    lab.loopback.show(
        f"/lab/guest/lamp.py {lab.loopback.device} {pins.directory}/sim_gpio0/value {RATE} {EXPOSURE} {DELAY} {TRUTH}")
    lab.station.watch(lab.loopback.device, target="moon", rate=RATE, pins="{timing_light: {line: lamp}}")
    said = lab.machine.run(
        f"psws-agent calibrate-timing --json --pulses {lab.choose(40, 300)} --config {lab.station.configuration_path}",
        seconds=lab.choose(240, 900))
    result = json.loads(said.output.splitlines()[-1])
    # A camera that does not say its exposure is taken to expose for half of the time between frames.
    truth = float(lab.machine.output(f"cat {TRUTH}")) - 0.25 / RATE
    wrong = result["latency_s"] - truth
    lab.expect(
        abs(wrong) <= TOLERANCE_SECONDS, f"the latency is right within {TOLERANCE_SECONDS} s",
        f"{result['latency_s']:.4f} s measured, {truth:.4f} s true")
    lab.expect(abs(result["exposure_s"] - EXPOSURE) < 0.015, "the exposure is right", result["exposure_s"])
    mark = lab.station.start()
    used = lab.machine.await_journal("its stamps are .* late, measured", 30, mark)
    lab.expect(used, "the agent takes the latency off", lab.machine.journal(mark)[-3:])
    return (
        f"{1000 * result['latency_s']:.1f} ms measured, {1000 * truth:.1f} ms true, "
        f"± {1000 * result['latency_error_s']:.1f} ms said")
