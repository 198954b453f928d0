#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shows the light of a simulated pin in a v4l2loopback device, as a camera sees it that hands its frames on late.

  lamp.py DEVICE VALUE-FILE RATE EXPOSURE DELAY TRUTH-FILE

Runs in the lab's machine. A spot in the frames is as bright as the share of the exposure in which the pin was high. The
truth file holds the mean time in seconds from the middle of an exposure to the frame's arrival at the driver, written
anew every ten frames.
"""

import os
import sys
import time

from play import open_device

WIDTH, HEIGHT = 64, 48
SPOT = [(row, column) for row in range(20, 25) for column in range(30, 35)]
SPOT_LIGHT = 150


def share_lit(pin, end):
    """Share of the time until `end` in which the pin is high."""
    lit = readings = 0
    while time.monotonic() < end:
        lit += os.pread(pin, 1, 0) == b"1"
        readings += 1
        time.sleep(0.0005)
    return lit / max(1, readings)


def main():
    path, value_file, rate, exposure, delay, truth_file = sys.argv[1:]
    rate, exposure, delay = float(rate), float(exposure), float(delay)
    pin = os.open(value_file, os.O_RDONLY)
    device = open_device(path, WIDTH, HEIGHT, rate)
    total = count = 0
    start = time.monotonic()
    while True:
        start = max(start + 1 / rate, time.monotonic())
        time.sleep(max(0, start - time.monotonic()))
        begin = time.monotonic()
        share = share_lit(pin, begin + exposure)
        middle = (begin + time.monotonic()) / 2
        frame = bytearray(20 + (value & 7) for value in os.urandom(WIDTH * HEIGHT))
        for row, column in SPOT:
            frame[row * WIDTH + column] += round(SPOT_LIGHT * share)
        time.sleep(max(0, begin + exposure + delay - time.monotonic()))
        os.write(device, frame)
        total += time.monotonic() - middle
        count += 1
        if count % 10 == 0:
            with open(truth_file + ".new", "w", encoding="ascii") as file:
                file.write(f"{total / count}\n")
            os.rename(truth_file + ".new", truth_file)


if __name__ == "__main__":
    main()
