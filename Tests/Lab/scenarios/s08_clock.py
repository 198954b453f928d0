# SPDX-License-Identifier: Apache-2.0
"""The clock is not synchronised at boot, is stepped by 3 s, and is then disciplined: every event says what it was worth.

The truth is the machine's monotonic clock, which no step moves, with the offset to the host's clock.
"""

import time

from machine import HOST_ADDRESS
from packets import error_seconds, parameters, time_seconds
from time_server import TimeServer

RATE = 12
STEP_SECONDS = 3


def run(lab):
    recording = lab.recording(
        "meteors.ser", "--target", "sky", "--width", 160, "--height", 120, "--fps", RATE, "--seconds", 40,
        "--events", 3, "--snr-min", 60, "--snr-max", 80, "--seed", 4)
    meteors = lab.truth(recording)
    # It waits before each meteor, between it and the one before.
    ends = [0] + [meteor["frame_last"] + 8 for meteor in meteors]
    waits = [(max(end, meteor["frame_first"] - 60), meteor["frame_first"] - 5) for end, meteor in zip(ends, meteors)]
    lab.expect(all(last - first > 10 for first, last in waits), "the meteors are apart", waits)
    machine = lab.machine
    server = TimeServer()
    try:
        machine.run("systemctl stop chrony; rm -f /var/lib/chrony/drift")
        forget_synchronisation(machine)
        lab.loopback.plug_in()
        lab.loopback.play(
            "meteors.ser", rate=RATE, wait=",".join(f"{first}-{last}" for first, last in waits), times="/run/times")
        lab.station.watch(lab.loopback.device, rate=RATE)
        mark = lab.station.start()
        lab.expect(machine.await_journal("watching /dev/video", 15, mark), "the agent watches the camera")
        lab.pause(8)
        before = machine.clock_offset()
        first = next_event(lab, 1)
        check_state(lab, first, "not synchronised", "the event at boot")

        machine.run(f"python3 -c 'import time; time.clock_settime(0, time.time() + {STEP_SECONDS})'")
        second = next_event(lab, 2)
        check_state(lab, second, "not synchronised", "the event after the step")

        machine.write("/etc/chrony/conf.d/lab.conf", (
            f"server {HOST_ADDRESS} port {server.port} iburst minpoll 0 maxpoll 2\nmakestep 0.1 10\nrtcsync\n"))
        machine.run("sed -i '/^pool/d' /etc/chrony/chrony.conf; systemctl start chrony")
        synchronised = machine.await_command("chronyc -c tracking | grep -q ,Normal$ && "
                                             f"{KERNEL_STATUS} | grep -q synchronised=1", 60)
        lab.expect(synchronised, "chrony disciplines the clock", machine.run("chronyc tracking", check=False).text)
        third = next_event(lab, 3)
        check_state(lab, third, "synchronised", "the event of a disciplined clock")
        after = machine.clock_offset()
        earliest, clock_now, latest = time.time(), machine.agent.call("guest-get-time") / 1e9, time.time()
    finally:
        machine.run("systemctl stop chrony; rm -f /etc/chrony/conf.d/lab.conf", check=False)
        server.close()

    shown = lab.shown()
    lates = []
    for packet, meteor, offset in zip((first, second, third), meteors, (before, before + STEP_SECONDS, after)):
        instants = [shown[frame] for frame in range(meteor["frame_first"], meteor["frame_last"] + 1)]
        # Which of a meteor's frames is the brightest is not the question here.
        late = time_seconds(packet) - offset
        lates.append(min(late - instants[0], 0) + max(late - instants[-1], 0))
        lab.expect(abs(lates[-1]) <= 2 / RATE, "the event has the time of the clock as it was", f"{lates[-1]:.3f} s")
    error = error_seconds(third)
    lab.expect(error is not None, "the event of a disciplined clock knows its error")
    lab.expect(
        earliest - 0.1 <= clock_now <= latest + 0.1, "the disciplined clock is the host's",
        f"{clock_now - earliest:.3f} s after a question that took {latest - earliest:.3f} s")
    clock = parameters(third, "clock")
    return (f"at boot and after the step of {STEP_SECONDS} s: not synchronised, no error given; disciplined: "
            f"synchronised, error {error * 1000:.0f} ms, clock alone {clock.get('clock_error', '?')} s")


# Prints synchronised=1 or synchronised=0, as the kernel has it (adjtimex, STA_UNSYNC).
KERNEL_STATUS = "python3 /lab/guest/kernel_clock.py"


def forget_synchronisation(machine):
    machine.run(f"{KERNEL_STATUS} --forget | grep -q synchronised=0")


def next_event(lab, count):
    lab.loopback.go_on()
    arrived = lab.await_archived(count, 30)
    lab.expect(len(arrived) == count, f"event {count} is at the broker", f"{len(arrived)}")
    lab.pause(2)
    return lab.packets()[count - 1]


def check_state(lab, packet, state, sentence):
    said = parameters(packet, "clock").get("clock_state")
    lab.expect(said == state, f"{sentence} says «{state}»", parameters(packet, "clock"))
    if state != "synchronised":
        lab.expect(error_seconds(packet) is None, f"{sentence} gives no error of its time")
