# SPDX-License-Identifier: Apache-2.0
"""The host's clock for the machine's chrony: the smallest NTP server (RFC 5905, server mode)."""

import socket
import struct
import threading
import time

# Seconds from 1900, where NTP begins to count, to 1970.
NTP_EPOCH = 2_208_988_800


def _stamp(seconds):
    return struct.pack(">II", int(seconds) + NTP_EPOCH, int(seconds % 1 * 2**32))


class TimeServer:
    """Answers on a free port of loopback, which the machine sees at the host's address."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        self.socket.close()

    def _serve(self):
        while True:
            try:
                request, peer = self.socket.recvfrom(512)
            except OSError:
                return
            arrived = time.time()
            if len(request) < 48:
                continue
            # No leap second, version 4, server; stratum 1, a precision of 2⁻²⁰ s; no delay, little dispersion.
            head = struct.pack(">BBbb", 0x24, 1, request[2], -20) + struct.pack(">II", 0, 1 << 6) + b"HOST"
            answer = head + _stamp(arrived) + request[40:48] + _stamp(arrived) + _stamp(time.time())
            self.socket.sendto(answer, peer)
