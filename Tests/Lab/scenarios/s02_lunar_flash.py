# SPDX-License-Identifier: Apache-2.0
"""A recorded lunar flash, played through a loopback camera, becomes a VOEvent at the broker outside, once, on time."""

from packets import error_seconds, time_seconds

RATE = 12
# Before the flash: until then the recording goes forth and back.
QUIET_FRAMES = 100


def run(lab):
    recording = lab.recording(
        "flash.ser", "--target", "moon", "--width", 240, "--height", 180, "--fps", RATE, "--seconds", 24,
        "--flashes", 1, "--snr-min", 40, "--snr-max", 50, "--seed", 3)
    flash = lab.truth(recording)[0]
    lab.expect(flash["frame_first"] > QUIET_FRAMES + 5, "the recording begins quietly", flash)
    lab.loopback.plug_in()
    lab.loopback.play("flash.ser", rate=RATE, wait=f"0-{QUIET_FRAMES}", times="/run/times")
    lab.station.watch(lab.loopback.device, target="moon", rate=RATE)
    mark = lab.station.start()
    lab.expect(lab.machine.await_journal("watching /dev/video", 15, mark), "the agent watches the camera")
    lab.pause(8)
    lab.loopback.go_on()
    stored = lab.machine.await_journal(r"(ivo://\S+) is in the outbox", 40, mark)
    lab.expect(stored, "the flash is found and stored")
    lab.await_archived(1, 20)
    # What comes twice comes within the waits between two attempts.
    lab.pause(5)
    lab.expect(lab.archived() == [stored[1]], "the event is at the broker, once", lab.archived())
    packet = lab.packets()[0]
    lab.expect(b"lunar_flash" in packet, "it is a lunar flash")

    shown = lab.shown()[flash["frame_peak"]] + lab.machine.clock_offset()
    late = time_seconds(packet) - shown
    error = error_seconds(packet)
    lab.expect(
        abs(late) <= (2 / RATE if error is None else 3 * error),
        "its time is right within three standard errors, or two frames", f"{late * 1000:.0f} ms, error {error}")
    return (f"one VOEvent at the broker, {late * 1000:+.0f} ms from the frame that was shown "
            f"(standard error {'unknown, as the clock is not synchronised' if error is None else f'{error * 1000:.0f} ms'})")
