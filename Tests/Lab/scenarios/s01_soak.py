# SPDX-License-Identifier: Apache-2.0
"""Half an hour of virtual camera: the memory of the agent stays flat, frames keep coming."""

import statistics
import time

RATE = 25
# Where the time is short, what can be seen without a machine comes last.
ALSO_SEEN_BY = "make footprint"
# The allocator takes memory from the kernel in steps; a leak of one frame a minute would be many of these.
ALLOWED_GROWTH_KIB = 512


def run(lab):
    seconds, warm_up = lab.choose(60, 1800), lab.choose(20, 120)
    lab.vivid.plug_in()
    lab.station.watch(lab.vivid.device, rate=RATE, size=(320, 180))
    mark = lab.station.start()
    lab.expect(lab.machine.await_journal("watching /dev/video", 15, mark), "the agent watches the camera")
    process = lab.station.show("MainPID")
    # The detector's memory grows until it has seen its first seconds.
    lab.pause(warm_up)
    samples = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        samples.append(lab.station.own_kib())
        lab.pause(lab.choose(2, 15))
    third = len(samples) // 3
    first, last = statistics.median(samples[:third]), statistics.median(samples[-third:])
    lab.expect(lab.station.show("MainPID") == process, "the agent runs without a restart")
    lab.station.stop()
    found = lab.machine.await_journal(r"(\d+) frames searched, (\d+) lost", 10, mark)
    lab.expect(found, "the agent says what it has seen")
    frames, lost = int(found[1]), int(found[2])
    lab.expect(frames > 0.5 * RATE * seconds, "frames came all the time", f"{frames} in {seconds} s")
    lab.expect(
        last - first <= ALLOWED_GROWTH_KIB, f"memory grows by at most {ALLOWED_GROWTH_KIB} KiB",
        f"{first:.0f} to {last:.0f} KiB in {seconds} s, {frames} frames")
    return (f"{frames} frames in {seconds + warm_up} s, {lost} lost, "
            f"memory {first / 1024:.1f} MiB, at the end {(last - first) / 1024:+.2f} MiB")
