#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints whether the kernel takes its clock for synchronised; with --forget it no longer does, as after a boot."""

import ctypes
import sys

STATUS_SET = 0x0010  # ADJ_STATUS
UNSYNCHRONISED = 0x0040  # STA_UNSYNC


class Timex(ctypes.Structure):
    """struct timex of linux/timex.h, as far as its status."""

    _fields_ = [
        ("modes", ctypes.c_uint), ("offset", ctypes.c_long), ("frequency", ctypes.c_long),
        ("maximum_error", ctypes.c_long), ("estimated_error", ctypes.c_long), ("status", ctypes.c_int),
        ("rest", ctypes.c_char * 256)]


libc = ctypes.CDLL(None)
clock = Timex()
if "--forget" in sys.argv:
    clock.modes, clock.status = STATUS_SET, UNSYNCHRONISED
libc.adjtimex(ctypes.byref(clock))
print(f"synchronised={0 if clock.status & UNSYNCHRONISED else 1}")
