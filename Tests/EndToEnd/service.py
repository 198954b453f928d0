# SPDX-License-Identifier: Apache-2.0
"""The programs under a service manager: what they tell it while they start, work, reload and end, and what the doctor says.

usage: service.py     PSWS_BIN holds the programs (default: .build/debug)
"""
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

from tally import Tally

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("PSWS_BIN", ROOT / ".build/debug")).resolve()

STATION = """target: sky
station: {{name: service, authority: psws.test, role: test, contact: {{title: Service test}}}}
site: {{name: Toulouse, longitude: 1.4833 deg, latitude: 43.5628 deg, height: 150 m}}
camera: {{kind: simulated, width: {width} px, height: 64 px, rate: 20 /s,
  simulated: {{duration: 1 h, event_rate: 0 /min, distractors: false}}}}
outbox: {{directory: {outbox}}}
broker: {{host: 127.0.0.1, port: {port}}}
"""

tally = Tally()
check = tally.check


class Managed:
    """A program with a service manager that listens to it."""

    def __init__(self, directory, *command, watchdog_seconds=3):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        path = f"{directory}/{command[0]}.notify"
        self.socket.bind(path)
        self.runtime = pathlib.Path(directory, command[0] + ".run")
        self.runtime.mkdir()
        environment = dict(
            os.environ, NOTIFY_SOCKET=path, WATCHDOG_USEC=str(int(watchdog_seconds * 1e6)),
            RUNTIME_DIRECTORY=str(self.runtime))
        environment.pop("WATCHDOG_PID", None)
        self.log = open(f"{directory}/{command[0]}.log", "w+")
        self.process = subprocess.Popen(
            [BIN / command[0], *map(str, command[1:])], env=environment, stdout=self.log, stderr=self.log)

    def hears(self, pattern, seconds=30):
        """The first message from now on that matches; None if there is none in time."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                message = self.socket.recv(8192).decode()
            except TimeoutError:
                return None
            if match := re.search(pattern, message):
                return match
        return None

    def writes(self, text, seconds=30):
        """Whether the program's log comes to contain a text."""
        deadline = time.monotonic() + seconds
        while text not in self.text() and time.monotonic() < deadline:
            time.sleep(0.1)
        return text in self.text()

    def ends(self, seconds=30):
        """Asks for the end: the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)

    def text(self):
        self.log.flush()
        return pathlib.Path(self.log.name).read_text()


def agent(directory):
    configuration = pathlib.Path(directory, "agent.yaml")
    good = STATION.format(width=64, outbox=f"{directory}/outbox", port=9)
    configuration.write_text(good)
    service = Managed(directory, "psws-agent", "run", "--config", configuration)
    try:
        check("the agent says that it is ready", service.hears("^READY=1"))
        check("it feeds the watchdog", service.hears("^WATCHDOG=1"))
        check("it says what it does, and how fast", service.hears(r"^STATUS=watching simulated sky.*, \d+\.\d frames/s"))
        check("its metrics stand in the runtime directory", (service.runtime / "psws-agent.prom").is_file())

        configuration.write_text(good.replace("target: sky", "target: mars") + "foo: 1\n")
        service.process.send_signal(signal.SIGHUP)
        check("a reload is announced", service.hears(r"^RELOADING=1\nMONOTONIC_USEC=\d+$"))
        check("and its end, although the file has mistakes", service.hears("^READY=1"))
        check("all its mistakes are in the log", all(key in service.text() for key in ("error: target", "error: foo")))
        check("the agent goes on", service.process.poll() is None and service.hears("^WATCHDOG=1"))

        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        configuration.write_text(good.replace("width: 64", "width: 96") + f"metrics: {{port: {port}}}\n")
        service.process.send_signal(signal.SIGHUP)
        check("a good file is applied", service.hears("^RELOADING=1") and service.hears("^READY=1"))
        check("its frames have the new size", service.writes("96 × 64 pixels"), service.text())
        check("the camera is another one then", service.hears(r"^STATUS=watching.* frames/s"))
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            figures = answer.read().decode()
        check("its metrics are served over HTTP", "psws_frames_total " in figures and figures.endswith("# EOF\n"), figures)

        configuration.write_text(good + "pins: {rain: {line: no-such-line}}\n")
        service.process.send_signal(signal.SIGHUP)
        check("a file with pins that are not there is announced", service.hears("^RELOADING=1") and service.hears("^READY=1"))
        check("and the log says why", service.writes("pins.rain") and service.writes("the one before goes on"))
        check("the configuration before goes on", service.hears(r"^STATUS=watching.* frames/s"))

        process = service.process
        process.send_signal(signal.SIGSTOP)
        while service.hears("", 1):
            pass
        check("stopped, it feeds nobody", not service.hears("^WATCHDOG=1", 3))
        process.send_signal(signal.SIGCONT)
        check("let go, it feeds again", service.hears("^WATCHDOG=1"))
        code = service.ends()
        check("it says that it ends, with exit code 0", service.hears("^STOPPING=1") and code == 0, code)
    finally:
        service.process.kill()
    return configuration


def doctor(configuration):
    result = subprocess.run(
        [BIN / "psws-agent", "doctor", "--json", "--config", configuration], capture_output=True, text=True, timeout=60)
    findings = [json.loads(line) for line in result.stdout.splitlines()]
    verdicts = {finding["subject"]: finding["verdict"] for finding in findings}
    check("the doctor has looked at everything", {"configuration", "camera", "outbox", "disk", "broker", "clock"} <= set(verdicts))
    check("a broker that is not there has failed", verdicts.get("broker") == "failed" and result.returncode == 1)
    check("what is not well has a remedy", all(finding["remedy"] for finding in findings if finding["verdict"] != "ok"))
    configuration.write_text("target: mars\n")
    result = subprocess.run(
        [BIN / "psws-agent", "doctor", "--config", configuration], capture_output=True, text=True, timeout=60)
    check("mistakes of a configuration are failures", result.returncode == 1 and "error: target" in result.stdout)


def reload_server(directory, service, configuration, good):
    """Lists and limits are read again on SIGHUP; mistakes change nothing; nobody is disconnected."""
    port = int(re.search(r"subscribers connect to [\d.]+:(\d+)", service.text())[1])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as subscriber:
        subscriber.recv(1000)
        configuration.write_text(good + "acess: {}\nlimits: {authors: none}\n")
        service.process.send_signal(signal.SIGHUP)
        check("the server announces a reload and its end", service.hears("^RELOADING=1") and service.hears("^READY=1"))
        text = service.text()
        check("all mistakes are in its log", "acess" in text and "limits.authors" in text and "not applied" in text, text)
        configuration.write_text(good + "access: {subscribers: [192.0.2.0/24]}\n")
        service.process.send_signal(signal.SIGHUP)
        check("a good file is read, too", service.hears("^RELOADING=1") and service.hears("^READY=1"))
        with socket.create_connection(("127.0.0.1", port), timeout=10) as another:
            check("who may not connect any more is turned away", another.recv(1000) == b"")
        subscriber.settimeout(0.2)
        try:
            still = subscriber.recv(1) != b""
        except TimeoutError:
            still = True
        check("who was there stays", still)
    result = subprocess.run(
        [BIN / "psws-server", "check-config", configuration], capture_output=True, text=True, timeout=60)
    check("check-config finds no mistake in it", result.returncode == 0, result.stderr)
    configuration.write_text("limits: {authors: none}\nfoo: 1\n")
    result = subprocess.run(
        [BIN / "psws-server", "run", "--check", "--config", configuration], capture_output=True, text=True, timeout=60)
    mistakes = re.findall(r"server\.yaml:\d+:\d+: error: ", result.stderr)
    check("run --check finds each mistake, with its place", result.returncode == 1 and len(mistakes) == 2, result.stderr)


def server(directory):
    configuration = pathlib.Path(directory, "server.yaml")
    good = f"data: {directory}/data\nlisten: {{submit_port: 0, subscribe_port: 0}}\nhttp: {{port: 0}}\n"
    configuration.write_text(good)
    service = Managed(directory, "psws-server", "run", "--config", configuration)
    try:
        check("the server says that it is ready", service.hears("^READY=1"))
        check("and where it is found", service.hears(r"^STATUS=authors on 127\.0\.0\.1:\d+, subscribers on"))
        check("it feeds the watchdog, again and again", service.hears("^WATCHDOG=1") and service.hears("^WATCHDOG=1"))
        port = re.search(r"authors connect to [\d.]+:(\d+)", service.text())[1]
        configuration = pathlib.Path(directory, "doctor.yaml")
        configuration.write_text(STATION.format(width=64, outbox=f"{directory}/outbox", port=port))
        result = subprocess.run(
            [BIN / "psws-agent", "doctor", "--config", configuration], capture_output=True, text=True, timeout=60)
        check("the doctor finds it", re.search("^ok +broker:", result.stdout, re.M), result.stdout)
        check("and nothing that has failed", result.returncode == 0, result.stdout)
        reload_server(directory, service, pathlib.Path(directory, "server.yaml"), good)
        code = service.ends()
        check("it ends with exit code 0", code == 0, code)
    finally:
        service.process.kill()


with tempfile.TemporaryDirectory() as directory:
    doctor(agent(directory))
    server(directory)
sys.exit(tally.end())
