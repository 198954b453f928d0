#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The centre over HTTP, from outside: events in and out byte for byte, the stream over a restart, hostile requests,
metrics as Prometheus reads them, and the whole interface against its own description. Called by run.sh.

environment: PSWS_BIN          directory of the programs (.build/debug)
"""

import json
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Support"))
from harness import BIN, ROOT, Checks, Program

from prometheus_client.openmetrics.parser import text_string_to_metric_families

HERE = pathlib.Path(__file__).resolve().parent
PACKET = (ROOT / "Tests/Interop/flash.xml").read_bytes()
checks = Checks()
check = checks.check


def packet(number):
    """A valid packet under the author's authority."""
    return PACKET.replace(b"ivo://psws.interop/flashes#station1", b"ivo://psws.interop/flashes#http%d" % number)


class Server:
    """psws-server with a configuration of its own, which may be started again on the same port."""

    def __init__(self, directory, token):
        self.configuration = pathlib.Path(directory, "server.yaml")
        self.data = pathlib.Path(directory, "data")
        self.port = 0
        self.write(f"  tokens:\n    - {{author: Tester, sha256: {token['sha256']}, authorities: [psws.interop]}}\n")

    def write(self, http):
        self.configuration.write_text(
            f"data: {self.data}\nlisten: {{submit_port: 0, subscribe_port: 0}}\nhttp:\n"
            f"  limits: {{request_timeout: 2 s, idle_timeout: 3 s, header_size: 8 KiB}}\n{http}")

    def start(self):
        self.program = Program("psws-server", "run", "--config", self.configuration, "--http-port", self.port)
        found = self.program.await_line(r"HTTP is at http://127\.0\.0\.1:(\d+)")
        if not found:
            raise SystemExit("psws-server does not start:\n" + self.program.text)
        self.port = int(found[1])
        self.url = f"http://127.0.0.1:{self.port}"

    def ask(self, path, data=None, **headers):
        """Status, headers and body."""
        request = urllib.request.Request(
            self.url + path, data, {name.replace("_", "-"): value for name, value in headers.items()})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def submit(self, body, token):
        return self.ask("/api/v1/events", body, Authorization=f"Bearer {token}", Content_Type="application/xml")

    def raw(self, request, seconds=10):
        """What comes back for bytes that need not be HTTP, until the server closes; None if it does not."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as connection:
            try:
                connection.sendall(request)
                answer = b""
                while part := connection.recv(65536):
                    answer += part
                return answer
            except TimeoutError:
                return None
            except ConnectionError:
                return b""


class Stream:
    """A client that follows the events."""

    def __init__(self, server, **headers):
        request = urllib.request.Request(
            server.url + "/api/v1/stream", headers={name.replace("_", "-"): value for name, value in headers.items()})
        self.answer = urllib.request.urlopen(request, timeout=20)

    def next(self):
        """The next event as (id, data)."""
        identifier = None
        for line in self.answer:
            text = line.decode().rstrip("\n")
            if text.startswith("id: "):
                identifier = int(text[4:])
            elif text.startswith("data: "):
                return identifier, json.loads(text[6:])
        return None, None


def events(server, token):
    """Submit, read, refuse."""
    status, headers, body = server.submit(packet(1), token)
    check("a packet is taken with a token", status == 201, body)
    status, _, back = server.ask(headers["Location"])
    check("and comes back byte for byte", status == 200 and back == packet(1))
    status, _, body = server.submit(packet(1), token)
    check("a resend is a success", status == 200 and json.loads(body)["sequence"] == 1, body)
    status, headers, body = server.submit(packet(2).replace(b'role="test"', b'role="x"'), token)
    problem = json.loads(body)
    check("a refusal is a problem with its reasons",
          status == 422 and headers["Content-Type"] == "application/problem+json" and problem["reasons"], body)
    status, _, _ = server.submit(packet(2), "psws_guess")
    check("another token is not known", status == 401)
    status, _, body = server.ask("/api/v1/events/" + urllib.parse.quote("ivo://psws.interop/flashes#none", safe=""))
    check("an event that is not there is not found", status == 404, body)


def stream(server, token):
    """The stream over a restart."""
    follower = Stream(server, Last_Event_ID="0")
    last, data = follower.next()
    check("the stream begins with what is asked for", last == 1 and data["ivorn"].endswith("#http1-2026-03-01T21:14:05-1"), data)
    server.submit(packet(2), token)
    last, _ = follower.next()
    check("and goes on with what comes", last == 2)
    stalled = socket.create_connection(("127.0.0.1", server.port))
    stalled.sendall(b"GET /api/v1/stream HTTP/1.1\r\nHost: x\r\n\r\n")
    before = time.monotonic()
    server.program.send(signal.SIGTERM)
    code = server.program.wait(30)
    check("the server ends cleanly though clients follow the stream",
          code == 0 and time.monotonic() - before < 20, (code, server.program.text))
    stalled.close()
    server.start()
    server.submit(packet(3), token)
    server.submit(packet(4), token)
    follower = Stream(server, Last_Event_ID=str(last))
    seen = [follower.next()[0], follower.next()[0]]
    check("a client that comes back after a restart misses nothing", seen == [3, 4], seen)
    server.program.kill()
    server.start()
    follower = Stream(server, Last_Event_ID="3")
    check("nor after the server was killed", follower.next()[0] == 4)


def hostile(server):
    """Requests that no client makes by mistake."""
    head = b"GET /health HTTP/1.1\r\nHost: x\r\n"
    answer = server.raw(head + b"A: " + b"a" * 20_000 + b"\r\n\r\n")
    check("a head that is too large is refused", answer is not None and not answer.startswith(b"HTTP/1.1 200"), answer)
    answer = server.raw(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")
    check("what is no HTTP is refused", answer is not None and not answer.startswith(b"HTTP/1.1 200"), answer)
    check("a head that never ends is not waited for", server.raw(head) is not None)
    body = b"POST /api/v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n<voe"
    answer = server.raw(body)
    check("nor a body that never ends", answer is not None and b" 401 " in answer, answer)
    for path in ("/api/v1/events/..%2f..%2fetc%2fpasswd", "/api/v1/events/%00", "/api/v1/events/%FF",
                 "/api/v1/events?cursor=" + "9" * 6000, "/api/v1/events?limit=-1", "/" + "a" * 6000):
        status, _, _ = server.ask(path)
        check(f"{path[:40]} is refused", status in (400, 404), status)
    status, _, _ = server.ask("/api/v1/events", Accept=";;q=, /, xml")
    check("a bad Accept is passed over", status == 200, status)


def operation(server, token):
    """Health, metrics, and tokens that are taken back."""
    status, _, body = server.ask("/health")
    health = json.loads(body)
    check("health is good", status == 200 and health["status"] == "ok" and health["archive"]["writable"], body)
    check("and knows the streams", health["streams"][0]["stream"] == "ivo://psws.interop/flashes", body)
    _, headers, body = server.ask("/metrics")
    families = {family.name: family for family in text_string_to_metric_families(body.decode())}
    check("Prometheus reads the metrics", "psws_server_events_stored" in families
          and headers["Content-Type"].startswith("application/openmetrics-text"), sorted(families))
    server.write("  tokens: []\n")
    server.program.send(signal.SIGHUP)
    server.program.await_line("lists and limits of the configuration are in force")
    status, _, _ = server.submit(packet(5), token)
    check("a token that is taken back is not known after SIGHUP", status == 401, status)
    check("no token is in the log", "psws_" not in server.program.text.replace("psws_server", ""))


def description(server, token):
    """The whole interface against what it says of itself. The stream has no end, which no such test can wait for."""
    result = subprocess.run(
        [pathlib.Path(sys.executable).parent / "schemathesis", "--config-file", HERE / "schemathesis.toml", "run",
         server.url + "/api/v1/openapi.json", "--exclude-path", "/api/v1/stream", "--max-examples", "25", "--seed", "1",
         "-H", f"Authorization: Bearer {token}", "--suppress-health-check", "filter_too_much", "--no-color"],
        capture_output=True, text=True, timeout=80, cwd=server.data)
    check("the interface is as it describes itself", result.returncode == 0, result.stdout + result.stderr)
    check("and the server has outlived that", server.ask("/health")[0] == 200)


def main():
    with tempfile.TemporaryDirectory() as directory:
        made = subprocess.run(
            [BIN / "psws-server", "token", "--json", "--author", "Tester", "--authority", "psws.interop"],
            capture_output=True, text=True, timeout=60, check=True)
        token = json.loads(made.stdout)
        server = Server(directory, token)
        server.start()
        try:
            events(server, token["token"])
            stream(server, token["token"])
            hostile(server)
            description(server, token["token"])
            operation(server, token["token"])
            server.program.send(signal.SIGTERM)
            check("the server ends with exit code 0", server.program.wait(30) == 0)
        finally:
            server.program.kill()
    checks.finish()


main()
