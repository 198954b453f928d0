#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""psws-agent as its user meets it: usage, exit codes, messages, signals, refusals in the outbox.

environment: PSWS_BIN          directory of the programs (.build/debug)
"""

import json
import os
import pathlib
import re
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Support"))
from harness import BIN, Checks, Program, configuration, recording


def run(*arguments, stdin=b""):
    """Exit code, standard output and standard error of psws-agent."""
    done = subprocess.run(
        [BIN / "psws-agent", *map(str, arguments)], input=stdin, capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class Refuser:
    """A broker that takes every event and refuses it, with reasons."""

    def __init__(self, reasons):
        self.reasons = reasons
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as stream:
                length = struct.unpack(">I", stream.read(4))[0]
                ivorn = re.search(rb'ivorn="([^"]+)"', stream.read(length))[1].decode()
                answer = (
                    '<trn:Transport xmlns:trn="http://www.telescope-networks.org/xml/Transport/v1.1" version="1.0" '
                    f'role="nak"><Origin>{ivorn}</Origin><Response>ivo://strict/broker</Response>'
                    f"<Meta><Result>{self.reasons}</Result></Meta></trn:Transport>").encode()
                connection.sendall(struct.pack(">I", len(answer)) + answer)


def usage(checks, work):
    commands = ["run", "replay", "check-config", "cameras", "outbox", "simulate"]
    for command in [[]] + [[name] for name in commands] + [["outbox", name] for name in ("list", "show", "retry", "drop")]:
        code, output, _ = run(*command, "--help")
        checks.check(f"psws-agent {' '.join(command + ['--help'])} explains itself", code == 0 and "USAGE" in output)
    sky = recording(work / "sky.ser", minute=0, seconds=4, events=1)
    wrong = [
        [], ["replay"], ["replay", "--nonsense", sky], ["replay", "--target", "pluto", sky],
        ["replay", "--fps", "-1", sky], ["replay", "--fps", "nan", sky], ["replay", "--start", "yesterday", sky],
        ["replay", "--submit", "no-port", sky], ["run"], ["nonsense"],
    ]
    for arguments in wrong:
        code, output, error = run(*arguments)
        line = " ".join(map(str, arguments)).replace(str(work) + "/", "")
        # Without arguments there is nothing wrong yet: the help is shown.
        expected = 0 if not arguments else 2
        checks.check(f"psws-agent {line}: exit code {expected}", code == expected, f"{code} {error}")
        checks.check("  and says so in words, on standard error", not arguments or (error and not output), output)


def bad_recordings(checks, work):
    def one_message(name, *arguments, stdin=b""):
        code, output, error = run("replay", "--target", "sky", "--json", *arguments, stdin=stdin)
        lines = [line for line in error.splitlines() if line]
        checks.check(f"{name}: exit code 1 and one message", code == 1 and len(lines) == 1, f"{code} {error}")
        return output

    (work / "empty.ser").write_bytes(b"")
    (work / "picture.ser").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(1000))
    one_message("a recording that is missing", work / "missing.ser")
    one_message("an empty recording", work / "empty.ser")
    one_message("a directory", work)
    one_message("a picture called .ser", work / "picture.ser")
    one_message("an empty stream on standard input", "-")
    one_message("random bytes on standard input", "-", stdin=bytes(range(256)) * 100)
    sky = (work / "sky.ser").read_bytes()
    (work / "broken.ser").write_bytes(sky[: len(sky) * 8 // 10])
    code, output, error = run("replay", "--target", "sky", "--json", "--fps", "25", work / "broken.ser")
    last = error.splitlines()[-1] if error else ""
    checks.check("a recording that breaks off: exit code 1 and says where", code == 1 and "ends after" in last, error)
    output = output.splitlines()
    lines = [json.loads(line) for line in output]
    checks.check("  after its events and the summary", any(line.get("alert") for line in lines) and "summary" in lines[-1])


def refusals(checks, work):
    broker = Refuser("no such stream\nnot on Sundays")
    outbox = work / "outbox"
    code, _, error = run(
        "replay", "--target", "sky", "--submit", f"127.0.0.1:{broker.port}", "--outbox", outbox, work / "sky.ser")
    checks.check("a refusal is exit code 1, with the reasons", code == 1 and "no such stream" in error, error)
    code, output, _ = run("outbox", "list", "--directory", outbox)
    checks.check("outbox list shows the event as parked", code == 0 and output.startswith("parked"), output)
    name = output.split()[1] if output else "none"
    code, output, _ = run("outbox", "show", "--directory", outbox, name)
    checks.check(
        "outbox show tells each reason and the event",
        code == 0 and "refused: no such stream" in output and "refused: not on Sundays" in output
        and "<voe:VOEvent" in output, output)
    code, output, _ = run("outbox", "show", "--json", "--directory", outbox, name)
    checks.check("as JSON, too", code == 0 and json.loads(output)["refused"] == ["no such stream", "not on Sundays"])
    code, _, error = run("outbox", "show", "--directory", outbox, "nothing")
    checks.check("an entry that is not there: exit code 1", code == 1 and "there is no such entry" in error, error)
    code, output, _ = run("outbox", "retry", "--directory", outbox, name)
    checks.check("outbox retry lets it wait again", code == 0 and "waits to be sent" in output, output)
    code, _, _ = run("outbox", "drop", "--directory", outbox, name)
    code, output, error = run("outbox", "list", "--directory", outbox)
    checks.check("outbox drop removes it", code == 0 and not output and "Nothing waits" in error, output + error)


def signals(checks, work):
    cameras = {
        "a camera that is not there": ("{kind: v4l2, v4l2: {device: /dev/video-that-is-not-there}}", "opening the camera again"),
        "a simulated camera": ("{kind: simulated, simulated: {duration: 600 s}}", "watching "),
    }
    for name, (camera, line) in cameras.items():
        agent = Program(
            "psws-agent", "run", "--config", configuration(work / "agent.yaml", work / "outbox-signals", 1, camera))
        checks.check(f"{name}: the agent says so and goes on", agent.await_line(line) and agent.process.poll() is None, agent.text)
        number = signal.SIGTERM if "not" in name else signal.SIGINT
        began = time.monotonic()
        agent.send(number)
        code = agent.wait(10)
        seconds = time.monotonic() - began
        checks.check(
            f"{name}: {number.name} ends it with exit code 0", code == 0,
            f"{code} after {seconds:.1f} s\n{agent.text}")
    os.mkfifo(work / "silent.y4m")
    agent = Program("psws-agent", "run", "--config", configuration(
        work / "agent.yaml", work / "outbox-pipe", 1, f"{{kind: file, file: {{paths: [{work / 'silent.y4m'}]}}}}"))
    agent.await_line("watches sky")
    agent.send(signal.SIGTERM)
    agent.await_line("a second one ends at once")
    agent.send(signal.SIGTERM)
    checks.check("a pipe that nobody writes to: the second SIGTERM ends at once", agent.wait(5) == 143, agent.text)


def main():
    checks = Checks()
    with tempfile.TemporaryDirectory(prefix="psws-commands-") as directory:
        work = pathlib.Path(directory)
        usage(checks, work)
        bad_recordings(checks, work)
        refusals(checks, work)
        signals(checks, work)
    checks.finish()


if __name__ == "__main__":
    main()
