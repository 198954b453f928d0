# SPDX-License-Identifier: Apache-2.0
"""What the tests of whole programs have in common: the real programs on loopback, their journals, and a tally of checks."""

import os
import pathlib
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("PSWS_BIN", ROOT / ".build/debug")).resolve()


class Checks:
    """Prints a line a check and counts."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, name, holds, detail=""):
        if holds:
            self.passed += 1
            print(f"ok      {name}", flush=True)
        else:
            self.failed += 1
            print(f"FAILED  {name}" + (f": {detail}" if detail else ""), flush=True)
        return holds

    def finish(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed or not self.passed else 0)


class Program:
    """A program that runs, with everything that it has written so far."""

    def __init__(self, name, *arguments, cwd=None, stdin=subprocess.DEVNULL):
        self.process = subprocess.Popen(
            [str(BIN / name), *map(str, arguments)], cwd=cwd, stdin=stdin,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.lines = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.decode(errors="replace").rstrip("\n"))

    @property
    def text(self):
        return "\n".join(self.lines)

    def await_line(self, pattern, seconds=20):
        """The first match of a pattern in a line; None if there is none in time."""
        deadline = time.monotonic() + seconds
        while True:
            ended = self.process.poll() is not None and not self.reader.is_alive()
            for line in list(self.lines):
                match = re.search(pattern, line)
                if match:
                    return match
            if ended or time.monotonic() > deadline:
                return None
            time.sleep(0.02)

    def wait(self, seconds=60):
        """The exit code; a program that does not end in time is killed and gives None."""
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            return None
        self.reader.join(5)
        return code

    def send(self, number):
        if self.process.poll() is None:
            self.process.send_signal(number)

    def kill(self):
        self.send(signal.SIGKILL)
        self.process.wait()
        self.reader.join(5)


class Centre:
    """psws-server with its archive."""

    def __init__(self, directory):
        self.data = pathlib.Path(directory) / "centre"
        self.ports = (0, 0)
        self.program = None

    def start(self, *options):
        self.program = Program(
            "psws-server", "run", "--data", self.data, "--submit-port", self.ports[0], "--subscribe-port", self.ports[1],
            "--http-port", 0, *options)
        submit = self.program.await_line(r"authors connect to [\d.]+:(\d+)")
        subscribe = self.program.await_line(r"subscribers connect to [\d.]+:(\d+)")
        if not (submit and subscribe):
            raise SystemExit("psws-server does not start:\n" + self.program.text)
        self.ports = (int(submit[1]), int(subscribe[1]))

    def archive(self):
        """Every event in the archive as (ivorn, packet), in the order in which it came."""
        paths = [path for path in self.data.rglob("*") if path.suffix in (".sqlite", ".db", ".sqlite3")]
        if len(paths) != 1:
            raise SystemExit(f"the archive is not one database: {paths}")
        with sqlite3.connect(paths[0]) as database:
            return list(database.execute("SELECT ivorn, packet FROM event ORDER BY sequence"))


class OutboxFiles:
    """An outbox as an operator sees it: directories and files."""

    def __init__(self, path):
        self.path = pathlib.Path(path)

    def entries(self, state):
        """Ivorns of the entries of a state by name, oldest first."""
        found = {}
        for entry in sorted((self.path / state).glob("*")):
            match = re.search(r"ivo://\S+", (entry / "entry.txt").read_text())
            found[entry.name] = match[0] if match else ""
        return found

    def ivorns(self):
        """Every ivorn in the outbox, those that are there twice twice."""
        return [ivorn for state in ("pending", "parked", "sent") for ivorn in self.entries(state).values()]


def configuration(path, outbox, port, camera):
    """Writes the configuration of a station that watches the sky."""
    pathlib.Path(path).write_text(
        f"""target: sky
station: {{name: crash, authority: psws.test, stream: meteors, role: test, contact: {{title: End-to-end test}}}}
site: {{name: Toulouse, longitude: 1.4833 deg, latitude: 43.5628 deg, height: 150 m}}
camera: {camera}
outbox: {{directory: {outbox}}}
broker: {{host: 127.0.0.1, port: {port}, retry_first: 0.2 s, retry_maximum: 0.5 s}}
""")
    return path


def recording(path, minute, seconds=13, events=4):
    """Simulates a sky whose meteors begin in this minute: the same picture at another time."""
    start = f"2026-03-{1 + minute // 1440:02}T{minute // 60 % 24:02}:{minute % 60:02}:00Z"
    subprocess.run(
        [BIN / "psws-agent", "simulate", "--target", "sky", "--width", "160", "--height", "120", "--seconds",
         str(seconds), "--flashes", str(events), "--snr-min", "60", "--snr-max", "80", "--start", start, "-o", path],
        check=True, stdout=subprocess.DEVNULL)
    return path
