# SPDX-License-Identifier: Apache-2.0
"""Commands in the machine, through the guest agent of QEMU: it needs no network, which scenarios take away."""

import base64
import json
import socket
import time


class MachineGone(Exception):
    """The machine does not answer any more."""


class CommandFailed(Exception):
    """A command in the machine ended with an exit code other than 0."""


class Result:
    """What a command in the machine gave."""

    def __init__(self, code, output, errors):
        self.code = code
        self.output = output
        self.errors = errors

    @property
    def text(self):
        return (self.output + self.errors).strip()


class GuestAgent:
    """Talks the JSON lines of the QEMU guest agent over a socket of the host."""

    # Between questions whether a command has ended: short at first, as most end at once.
    FIRST_POLL_SECONDS, LAST_POLL_SECONDS = 0.02, 0.3

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(str(path))
        self.buffer = b""

    def close(self):
        self.socket.close()

    def synchronise(self, seconds):
        """Waits until the agent in the machine answers: the machine has booted."""
        deadline = time.monotonic() + seconds
        token = 0
        while time.monotonic() < deadline:
            token += 1
            self.socket.settimeout(seconds)
            # 0xFF makes the agent forget what a program before us left unfinished.
            question = json.dumps({"execute": "guest-sync", "arguments": {"id": token}})
            self.socket.sendall(b"\xff" + question.encode() + b"\n")
            try:
                while self._receive(10).get("return") != token:
                    pass
                return True
            except (TimeoutError, ValueError):
                continue
        return False

    def call(self, command, seconds=30, **arguments):
        self.socket.settimeout(seconds)
        self.socket.sendall(json.dumps({"execute": command, "arguments": arguments}).encode() + b"\n")
        answer = self._receive(seconds)
        if "error" in answer:
            raise CommandFailed(f"{command}: {answer['error'].get('desc')}")
        return answer["return"]

    def start(self, command, text=""):
        """Starts a shell command; its number."""
        return self.call(
            "guest-exec", path="/bin/bash", arg=["-c", command], **{"capture-output": True},
            **{"input-data": base64.b64encode(text.encode()).decode()})["pid"]

    def finish(self, number, seconds):
        """Waits for a command that was started; None if it does not end in time."""
        deadline = time.monotonic() + seconds
        wait = self.FIRST_POLL_SECONDS
        while True:
            status = self.call("guest-exec-status", pid=number)
            if status["exited"]:
                def decode(key):
                    return base64.b64decode(status.get(key, "")).decode(errors="replace")
                code = status.get("exitcode", 128 + status.get("signal", 0))
                return Result(code, decode("out-data"), decode("err-data"))
            if time.monotonic() > deadline:
                return None
            time.sleep(wait)
            wait = min(2 * wait, self.LAST_POLL_SECONDS)

    def _receive(self, seconds):
        deadline = time.monotonic() + seconds
        while b"\n" not in self.buffer:
            self.socket.settimeout(max(0.01, deadline - time.monotonic()))
            try:
                part = self.socket.recv(1 << 16)
            except (ConnectionError, BrokenPipeError) as error:
                raise MachineGone(str(error)) from error
            if not part:
                raise MachineGone("the machine has gone")
            self.buffer += part
        line, self.buffer = self.buffer.split(b"\n", 1)
        return json.loads(line.lstrip(b"\xff"))
