# SPDX-License-Identifier: Apache-2.0
"""The camera drops buffers, damages frames, breaks its stream, freezes, changes its format: noticed, said, recovered;
a frozen one is power-cycled."""

from pins import SimulatedPins

# One that vivid offers.
RATE = 10
DROPPED_PERCENT = 30
POWER_OFF_SECONDS = 3


def run(lab):
    return "; ".join([drops(lab), damaged(lab), broken_stream(lab), frozen(lab), other_format(lab)])


def watch_vivid(lab):
    lab.station.stop()
    lab.vivid.plug_in()
    lab.station.watch(lab.vivid.device, rate=RATE, size=(320, 180))
    mark = lab.station.start()
    lab.expect(lab.machine.await_journal("watching /dev/video", 15, mark), "the agent watches the camera")
    lab.pause(3)
    return mark


def drops(lab):
    watch_vivid(lab)
    before = lab.station.metrics()
    lab.vivid.control("percentage_of_dropped_buffers", DROPPED_PERCENT)
    lab.pause(lab.choose(15, 60))
    lab.vivid.control("percentage_of_dropped_buffers", 0)
    # The metrics are written every five seconds.
    lab.pause(6)
    after = lab.station.metrics()
    lost = after["psws_frames_dropped_total"] - before["psws_frames_dropped_total"]
    lab.expect(lost >= 10, "dropped buffers are counted", f"{lost:.0f}")
    lab.expect(lab.station.show("ActiveState") == "active", "the agent goes on with dropped buffers")
    return f"{lost:.0f} dropped buffers counted"


def damaged(lab):
    before = lab.station.metrics()["psws_frames_dropped_total"]
    for _ in range(3):
        lab.vivid.control("inject_v4l2_buf_flag_error", 1)
        lab.pause(0.5)
    lab.pause(6)
    lost = lab.station.metrics()["psws_frames_dropped_total"] - before
    lab.expect(lost >= 3, "damaged frames are counted", f"{lost:.0f}")
    return "damaged frames counted"


def broken_stream(lab):
    mark = lab.machine.mark()
    lab.vivid.control("inject_fatal_streaming_error", 1)
    said = lab.machine.await_journal(r"psws-agent\[\d+\]: (/dev/video\S+: .*)", 10, mark)
    lab.expect(said, "a broken stream is said")
    # Begun anew at the open device, or the device opened again if that does not help.
    lab.expect(lab.machine.await_journal("watching (again after|/dev/video)", 15, mark), "and the camera is used again")
    lab.station.stop()
    lab.vivid.remove()
    return "a broken stream said and begun anew"


def frozen(lab):
    """The same picture again and again: said, and the camera's power is switched off and on."""
    lab.recording(
        "quiet.ser", "--target", "sky", "--width", 160, "--height", 120, "--fps", RATE, "--seconds", 12, "--events", 0)
    pins = SimulatedPins(lab.machine, ["roof", "rain", "relay"])
    try:
        pins.create()
        lab.loopback.plug_in()
        lab.loopback.play("quiet.ser", rate=RATE, wait="0-100")
        lab.station.watch(
            lab.loopback.device, rate=RATE,
            pins=f"{{camera_power: {{line: relay, off: {POWER_OFF_SECONDS} s}}}}")
        mark = lab.station.start()
        lab.expect(lab.machine.await_journal("watching /dev/video", 15, mark), "the agent watches the loopback camera")
        lab.expect(pins.is_driven_high("relay"), "the camera has power")
        lab.pause(10)
        mark = lab.machine.mark()
        lab.loopback.freeze()
        said = lab.machine.await_journal(r"psws-agent\[\d+\]: .*(same picture|frozen|identical).*", 60, mark)
        lab.expect(said, "a frozen picture is said", lab.machine.journal(mark)[-3:])
        lab.expect(await_relay(lab, pins, False), "its power is switched off", lab.machine.journal(mark)[-3:])
        lab.expect(await_relay(lab, pins, True), "and on again", lab.machine.journal(mark)[-3:])
        lab.loopback.thaw()
        lab.expect(
            lab.machine.await_journal("watching /dev/video", 60, mark), "the camera is watched again",
            lab.machine.journal(mark)[-3:])
        return "a frozen camera said and power-cycled"
    finally:
        # The line cannot be taken away while the agent holds it.
        lab.station.stop()
        pins.remove()


def await_relay(lab, pins, is_on):
    """Waits until the relay is switched: whether it was."""
    for _ in range(200):
        if pins.is_driven_high("relay") == is_on:
            return True
        lab.pause(0.1)
    return False


def other_format(lab):
    lab.recording(
        "small.ser", "--target", "sky", "--width", 96, "--height", 64, "--fps", RATE, "--seconds", 12, "--events", 0)
    # The station wants 160 × 120; the camera comes back with another size, and later with the old one.
    lab.station.watch(lab.loopback.device, rate=RATE, size=(160, 120))
    mark = lab.station.restart()
    lab.expect(lab.machine.await_journal("watching /dev/video", 15, mark), "the agent watches the loopback camera")
    lab.loopback.stop()
    gone = lab.machine.await_journal("opening the camera again", 20, mark)
    lab.expect(gone, "a camera without frames is said")
    lab.pause(2)
    mark = lab.machine.mark()
    lab.loopback.play("small.ser", rate=RATE, wait="0-100")
    said = lab.machine.await_journal(r"the camera has nothing for 160×120.*", 40, mark)
    lab.expect(said, "the other format is said, with what it offers", lab.machine.journal(mark)[-3:])
    lab.loopback.stop()
    mark = lab.machine.mark()
    lab.loopback.play("quiet.ser", rate=RATE, wait="0-100")
    lab.expect(lab.machine.await_journal("watching /dev/video", 40, mark), "with its old format the camera is used again")
    return "another format said, the old one taken again"
