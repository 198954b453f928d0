# SPDX-License-Identifier: Apache-2.0
"""Checks that psws, psws-agent and psws-server understand Comet and voevent-parse; called by run.sh."""

import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time

import comet
import voeventparse

WAIT_SECONDS = 30
BINARIES = pathlib.Path(os.environ["PSWS_BIN"]).resolve()
SCRIPTS = pathlib.Path(sys.executable).parent
SCHEMA = pathlib.Path(comet.__file__).parent / "schema" / "VOEvent-v2.0.xsd"

results = {"passed": 0, "failed": 0}
children = []


def check(sentence, holds, detail=""):
    """Prints one line for a check and counts it."""
    results["passed" if holds else "failed"] += 1
    print(("ok      " if holds else "FAILED  ") + sentence + (f" [{detail}]" if detail and not holds else ""), flush=True)


def wait_for(condition):
    """The condition's value as soon as it is true, or its last value when time is up."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not (value := condition()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return value


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(log, *command, cwd):
    """Starts a program whose output goes to a file."""
    with open(log, "wb") as output:
        child = subprocess.Popen(
            [str(part) for part in command], stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=cwd)
    children.append(child)
    return child


def run(*command, cwd):
    """Runs a program to its end: its exit code and its output."""
    try:
        done = subprocess.run(
            [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL, cwd=cwd, timeout=WAIT_SECONDS)
    except subprocess.TimeoutExpired as late:
        return -1, f"no end within {late.timeout} s"
    return done.returncode, done.stdout.decode(errors="replace")


def says(log, pattern):
    """True if a program has printed what the pattern matches."""
    return lambda: re.search(pattern, log.read_text(errors="replace") if log.exists() else "")


def saved(folder, packet):
    """True if a file in the folder holds exactly the packet."""
    return lambda: folder.exists() and any(file.read_bytes() == packet for file in folder.iterdir() if file.is_file())


def comet_daemon(home, name, *options):
    """Starts a Comet with its own memory of seen events."""
    events = home / f"{name}-db"
    events.mkdir()
    log = home / f"{name}.log"
    start(
        log, SCRIPTS / "twistd", "--nodaemon", f"--pidfile={home / name}.pid", "comet", "--verbose",
        f"--local-ivo=ivo://comet.interop/{name}", f"--eventdb={events}", "--broadcast-test-interval=0", *options,
        cwd=home)
    return log


def with_ivorn(packet, change):
    """The packet as another event: its ivorn changed by a function."""
    return re.sub(rb'ivorn="([^"]*)"', lambda match: b'ivorn="' + change(match.group(1)) + b'"', packet, count=1)


def main(packet_path):
    packet = packet_path.read_bytes()
    ivorn = re.search(rb'ivorn="([^"]*)"', packet).group(1).decode()
    with tempfile.TemporaryDirectory(prefix="psws-interop-") as name:
        home = pathlib.Path(name)
        own_copy = home / "event.xml"  # comet-sendvo opens its file for writing too
        own_copy.write_bytes(packet)
        with_our_server(home, own_copy, packet, ivorn)
        with_comet_broker(home, own_copy, packet, ivorn)
        with_upstreams(home, packet)
        with_readers(own_copy, ivorn, home)
        with_our_agent(home)


def with_our_server(home, event, packet, ivorn):
    """Comet as author and as subscriber of psws-server."""
    log = home / "psws-server.log"
    server = start(
        log, BINARIES / "psws-server", "run", "--submit-port", "0", "--subscribe-port", "0", "--http-port", "0",
        "--data", home / "data", "--verbose", cwd=home)
    if not wait_for(says(log, r"events are kept in")):
        check("psws-server starts", False, log.read_text())
        return
    submit = re.search(r"authors connect to 127\.0\.0\.1:(\d+)", log.read_text()).group(1)
    subscribe = re.search(r"subscribers connect to 127\.0\.0\.1:(\d+)", log.read_text()).group(1)
    kept = home / "comet-kept"
    unwanted = with_ivorn(packet, lambda old: old + b"-unwanted")
    comet_daemon(
        home, "reader", f"--remote=127.0.0.1:{subscribe}", "--save-event", f"--save-event-directory={kept}",
        "--filter=/*[local-name()='VOEvent' and not(contains(@ivorn, '-unwanted'))]")
    check(
        "a Comet subscriber connects to psws-server and names its filter",
        wait_for(says(log, r"filters=1 identity=ivo://comet.interop/reader")), log.read_text())

    def sendvo(file):
        return run(sys.executable, SCRIPTS / "comet-sendvo", "--host=127.0.0.1", f"--port={submit}", f"--file={file}",
                   cwd=home)

    (home / "unwanted.xml").write_bytes(unwanted)
    code, output = sendvo(home / "unwanted.xml")
    check("comet-sendvo submits to psws-server and is acknowledged", code == 0, output)
    code, output = sendvo(event)
    check("a second event from comet-sendvo is acknowledged", code == 0, output)
    code, output = sendvo(event)
    check("the same bytes again are acknowledged, not refused", code == 0, output)
    check("the Comet subscriber keeps the event byte for byte", wait_for(saved(kept, packet)))
    check("the filter kept the unwanted event back", not saved(kept, unwanted)())
    check("the Comet subscriber acknowledges the event", wait_for(says(log, "subscriber acknowledged an event")))

    code, output = run(BINARIES / "psws", "listen", f"127.0.0.1:{subscribe}", "--resume-after", "2026-01-01T00:00:00Z",
                       "--count", "2", cwd=home)
    lines = [line for line in output.splitlines() if "bytes" in line]
    check("psws listen --resume-after gets what it missed, in order",
          code == 0 and len(lines) == 2 and ivorn + "-unwanted" in lines[0] and ivorn in lines[1], output)

    (home / "bad.xml").write_bytes(with_ivorn(packet.replace(b"</Who>", b"<Whom/></Who>"), lambda old: old + b"-bad"))
    code, output = sendvo(home / "bad.xml")
    check("an event that breaks the schema is refused with a reason that comet-sendvo shows",
          code == 1 and "Whom" in output, output)

    server.terminate()
    check("psws-server ends cleanly on SIGTERM", server.wait(WAIT_SECONDS) == 0)


def with_comet_broker(home, event, packet, ivorn):
    """psws as author and as subscriber of a Comet broker, and Comet downstream of it."""
    submit, subscribe = free_port(), free_port()
    log = comet_daemon(
        home, "broker", "--receive", "--broadcast", f"--receive-port={submit}", f"--broadcast-port={subscribe}")
    wait_for(says(log, r"starting on \d+(?s:.*)starting on \d+"))
    ours, theirs = home / "psws-kept", home / "downstream-kept"
    listener_log = home / "listen.log"
    listener = start(
        listener_log, BINARIES / "psws", "listen", f"127.0.0.1:{subscribe}", "--count", "1", "--save", ours, cwd=home)
    comet_daemon(home, "downstream", f"--remote=127.0.0.1:{subscribe}", "--save-event",
                 f"--save-event-directory={theirs}")
    check("psws listen and a Comet subscriber connect to a Comet broker",
          wait_for(says(log, r"New subscriber(?s:.*)New subscriber")) and wait_for(says(listener_log, "listening to")),
          log.read_text())
    code, output = run(BINARIES / "psws", "send", event, f"127.0.0.1:{submit}", cwd=home)
    check("psws send submits to a Comet broker and is acknowledged",
          code == 0 and f"acknowledged {ivorn}" in output, output)
    check("psws listen keeps the event byte for byte", wait_for(saved(ours, packet)))
    check("the Comet subscriber behind the Comet broker keeps it too", wait_for(saved(theirs, packet)))
    check("Comet hears the acknowledgements of both", wait_for(says(log, r"Ack received(?s:.*)Ack received")))
    try:
        ended = listener.wait(WAIT_SECONDS)
    except subprocess.TimeoutExpired:
        ended = None
    check("psws listen --count 1 ends by itself", ended == 0, listener_log.read_text())
    code, output = run(BINARIES / "psws", "send", event, f"127.0.0.1:{submit}", cwd=home)
    check("psws send tells Comet's refusal of the same bytes with its reason",
          code == 1 and "refused" in output and "Previously seen" in output, output)


def server_with_upstream(home, name, *upstreams):
    """A psws-server that subscribes to other brokers: the process, its log, its ports for authors and subscribers."""
    configuration, log = home / f"{name}.yaml", home / f"{name}.log"
    listed = "".join(f"  - {{host: 127.0.0.1, port: {port}}}\n" for port in upstreams)
    configuration.write_text(
        f"identity: ivo://psws.interop/{name}\ndata: {home / name}\nlisten: {{submit_port: 0, subscribe_port: 0}}\n"
        + (f"upstreams:\n{listed}" if upstreams else ""))
    server = start(log, BINARIES / "psws-server", "run", "--config", configuration, "--http-port", "0", cwd=home)
    if not wait_for(says(log, r"events are kept in")):
        check(f"psws-server {name} starts", False, log.read_text())
    ports = re.findall(r"connect to 127\.0\.0\.1:(\d+)", log.read_text())
    return server, log, *ports


def with_upstreams(home, packet):
    """A Comet broker, a psws-server behind it, and another behind that: events come through, and not in circles."""
    submit, subscribe = free_port(), free_port()
    log = comet_daemon(
        home, "upstream", "--receive", "--broadcast", f"--receive-port={submit}", f"--broadcast-port={subscribe}")
    wait_for(says(log, r"starting on \d+(?s:.*)starting on \d+"))
    _, first_log, first_submit, first_subscribe = server_with_upstream(home, "first", subscribe)
    second, second_log, *_ = server_with_upstream(home, "second", first_subscribe, subscribe)
    connected = wait_for(says(first_log, r"upstream=\S+.* connected")) and wait_for(
        says(second_log, r"upstream=\S+.* connected(?s:.*)upstream=\S+.* connected"))
    check("a psws-server subscribes to Comet, and another one to both", connected, second_log.read_text())
    for number, port in enumerate((submit, first_submit)):
        changed = with_ivorn(packet, lambda old: old + b"-up-%d" % number)
        event = home / f"up-{number}.xml"
        event.write_bytes(changed)
        run(BINARIES / "psws", "send", event, f"127.0.0.1:{port}", cwd=home)
        ivorn = re.search(rb'ivorn="([^"]*)"', changed).group(1).decode()
        accepted = f"ivorn={re.escape(ivorn)} .*event accepted"
        check(f"event {number} reaches both servers",
              wait_for(says(first_log, accepted)) and wait_for(says(second_log, accepted)), second_log.read_text())
    second.terminate()
    check("a server with upstreams ends cleanly", second.wait(WAIT_SECONDS) == 0)
    code, output = run(BINARIES / "psws-server", "archive", "check", "--data", home / "second", cwd=home)
    check("what came by two ways is kept once, and the archive is sound", code == 0 and "2 events" in output, output)
    code, output = run(
        BINARIES / "psws-server", "archive", "export", "--data", home / "second", home / "second.tar", cwd=home)
    code, output = run("tar", "-xf", home / "second.tar", cwd=home)
    packets = [file.read_bytes() for file in (home / "events").glob("*.xml")] if code == 0 else []
    check("tar finds the packets in an export, byte for byte",
          packet.replace(b"-1\"", b"-1-up-0\"", 1) in packets and len(packets) == 2, output)


def with_our_agent(home):
    """The agent's own event at a Comet broker, and at a Comet subscriber behind it."""
    scene = home / "scene.ser"
    code, output = run(BINARIES / "psws-agent", "simulate", "--target", "moon", "--seconds", "12", "--flashes", "1",
                       "--snr-min", "20", "-o", scene, cwd=home)
    check("psws-agent simulates a lunar flash", code == 0, output)
    submit, subscribe = free_port(), free_port()
    log = comet_daemon(
        home, "box-broker", "--receive", "--broadcast", f"--receive-port={submit}", f"--broadcast-port={subscribe}")
    wait_for(says(log, r"starting on \d+(?s:.*)starting on \d+"))
    kept = home / "box-kept"
    comet_daemon(home, "box-reader", f"--remote=127.0.0.1:{subscribe}", "--save-event",
                 f"--save-event-directory={kept}")
    wait_for(says(log, "New subscriber"))
    code, output = run(BINARIES / "psws-agent", "replay", "--target", "moon", "--submit", f"127.0.0.1:{submit}",
                       "--outbox", home / "outbox", scene, cwd=home)
    sent = list((home / "outbox" / "sent").glob("*/event.xml"))
    check("a Comet broker acknowledges the agent's event", code == 0 and len(sent) == 1, output)
    if not sent:
        return
    packet = sent[0].read_bytes()
    check("the agent's event arrives at a Comet subscriber byte for byte", wait_for(saved(kept, packet)))
    with_readers(sent[0], re.search(rb'ivorn="([^"]*)"', packet).group(1).decode(), home)


def with_readers(event, ivorn, home):
    """Other people's readers."""
    try:
        with open(event, "rb") as file:
            read = voeventparse.load(file)
        check("voevent-parse reads the event", read.attrib["ivorn"] == ivorn)
        check("voevent-parse says that it is valid", voeventparse.valid_as_v2_0(read))
    except Exception as error:
        check("voevent-parse reads the event", False, str(error))
    code, output = run("xmllint", "--nonet", "--noout", "--schema", SCHEMA, event, cwd=home)
    check("xmllint says that it is valid by the VOEvent 2.0 schema", code == 0, output)


if __name__ == "__main__":
    try:
        main(pathlib.Path(sys.argv[1]).resolve())
    finally:
        for child in children:
            child.kill()
            child.wait()
    print(f"{results['passed']} passed, {results['failed']} failed")
    sys.exit(1 if results["failed"] else 0)
