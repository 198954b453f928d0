#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Plays a SER recording (8 bits, monochrome) into a v4l2loopback device, as a camera would show it.

  play.py DEVICE RECORDING [--rate F] [--times FILE] [--wait FIRST-LAST,FIRST-LAST,…]

Runs in the lab's machine. At the end of each range of frames of --wait it turns round, and goes forth and back in it,
without a jump, until SIGHUP lets it go on to the next. SIGUSR1 freezes the picture, as a camera whose sensor hangs
sends it, the same frame again and again; SIGUSR2 lets it go on. --times writes a line for each frame: its number and
when it was handed to the driver, in nanoseconds of the monotonic clock.
"""

import argparse
import fcntl
import os
import signal
import struct
import sys
import time

VIDIOC_S_FMT = 0xC0D05605
VIDIOC_S_PARM = 0xC0CC5616
OUTPUT = 2  # V4L2_BUF_TYPE_VIDEO_OUTPUT
SER_HEAD = 178


def open_device(path, width, height, rate):
    """The device, told what it is going to show."""
    device = os.open(path, os.O_RDWR)
    # struct v4l2_format: type, then (8-byte aligned) width, height, fourcc, field, bytesperline, sizeimage, colorspace.
    pixels = struct.pack("<4x2I4s4I", width, height, b"GREY", 1, width, width * height, 8)
    fcntl.ioctl(device, VIDIOC_S_FMT, bytearray(struct.pack("<I", OUTPUT) + pixels + bytes(208 - 4 - len(pixels))))
    # struct v4l2_streamparm: type, capability, mode, time per frame.
    parameters = struct.pack("<5I", OUTPUT, 0x1000, 0, 1000, round(rate * 1000))
    fcntl.ioctl(device, VIDIOC_S_PARM, bytearray(parameters + bytes(204 - len(parameters))))
    return device


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("device")
    parser.add_argument("recording")
    parser.add_argument("--rate", type=float, default=25)
    parser.add_argument("--times")
    parser.add_argument("--wait", default="")
    options = parser.parse_args()

    with open(options.recording, "rb") as file:
        head = file.read(SER_HEAD)
        width, height, depth, count = struct.unpack_from("<4i", head, 26)
        if not head.startswith(b"LUCAM-RECORDER") or depth != 8:
            sys.exit(f"{options.recording} is not a SER recording with 8 bits")
        frames = [file.read(width * height) for _ in range(count)]

    waits = [tuple(map(int, part.split("-"))) for part in options.wait.split(",") if part]
    is_frozen = False

    def take(number, _):
        nonlocal is_frozen
        if number != signal.SIGHUP:
            is_frozen = number == signal.SIGUSR1
        elif waits:
            waits.pop(0)

    for number in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGHUP):
        signal.signal(number, take)
    device = open_device(options.device, width, height, options.rate)
    times = open(options.times, "w", buffering=1) if options.times else None
    shown, forward = 0, 1
    due = time.monotonic()
    while shown < count:
        os.write(device, frames[shown])
        if times:
            times.write(f"{shown} {time.clock_gettime_ns(time.CLOCK_MONOTONIC)}\n")
        # After a pause of the machine the picture goes on from there, it does not hurry.
        due = max(due + 1 / options.rate, time.monotonic() - 1 / options.rate)
        time.sleep(max(0, due - time.monotonic()))
        if is_frozen:
            continue
        first, last = waits[0] if waits else (0, count)
        if shown >= last:
            forward = -1
        elif shown <= first or not waits:
            forward = 1
        shown += forward
    # A reader that is behind shall get the last frames, too.
    time.sleep(2)


if __name__ == "__main__":
    main()
