# SPDX-License-Identifier: Apache-2.0
"""A box that follows the predictions of a centre: fetched, cited by its events, and made by itself when the line is down.

usage: forecast.py     PSWS_BIN holds the programs (default: .build/debug)
"""
import datetime
import json
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

from centre import BIN, Server, write_feed
from tally import Tally

CENTRE = """identity: ivo://psws.test/broker
data: {directory}/data
listen: {{submit_port: {port}, subscribe_port: 0}}
http: {{port: 0}}
predictions:
  feeds: [{{name: plasma, url: "file://{feed}"}}]
  rules:
    - {{name: wind, target: jupiter, where: v > 200 km/s, ahead: 2 d}}
"""

STATION = """target: jupiter
station: {{name: forecast, authority: psws.test, role: test, contact: {{title: Forecast test}}}}
site: {{name: Toulouse, longitude: 1.4833 deg, latitude: 43.5628 deg, height: 150 m}}
camera: {{kind: simulated, width: 192 px, height: 160 px, rate: 20 /s,
  simulated: {{duration: 25 s, event_rate: 30 /min, event_snr: 25, distractors: false}}}}
outbox: {{directory: {directory}/outbox}}
broker: {{host: 127.0.0.1, port: {port}}}
forecast: {{centre: "{products}", rule: wind, where: v > 200 km/s, false_alarms: 2 /h}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def agent(*arguments):
    return subprocess.run(
        [BIN / "psws-agent", *map(str, arguments)], capture_output=True, text=True, timeout=240)


def await_product(address, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return answer.headers, answer.read().decode()
        except urllib.error.HTTPError:
            time.sleep(0.3)
    raise SystemExit(f"there is no {address}")


def main():
    tally = Tally()
    check = tally.check
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        # Jupiter is reached in three weeks, and what recurs needs two rotations of the Sun before.
        write_feed(directory / "plasma.json", 20, days=130)
        port = free_port()
        (directory / "server.yaml").write_text(
            CENTRE.format(directory=directory, port=port, feed=directory / "plasma.json"))
        (directory / "data").mkdir()
        server = Server(directory, directory / "server.yaml")
        try:
            web = server.place(r"HTTP is at (http://\S+)")
            headers, table = await_product(f"{web}/products/wind-jupiter-latest.xml")
            check("the newest forecast has a name that stays, and is asked for anew each time",
                  headers["Cache-Control"] == "no-cache" and 'name="intervals"' in table, headers)
            ivorns = re.findall(r"<TD>(ivo://[^<]*)</TD>", table)
            check("it names the event of its interval", len(ivorns) == 1, table[-2000:])
            await_product(f"{web}/products/solar-wind-latest.txt")
            station = directory / "station.yaml"
            station.write_text(STATION.format(directory=directory, port=port, products=f"{web}/products/"))

            nothing = agent("forecast", "--config", station)
            check("before the first update there is none, and what to do", nothing.returncode == 1
                  and "psws-agent forecast --update" in nothing.stderr, nothing.stderr)
            update = agent("forecast", "--update", "--config", station)
            check("an update fetches it", update.returncode == 0 and update.stdout.startswith("fetched: jupiter")
                  and not update.stderr, update.stdout + update.stderr)
            report = json.loads(agent("forecast", "--json", "--config", station).stdout)
            check("the box knows the interval, its event, and that there is a campaign",
                  report["origin"] == "from the centre" and report["intervals"][0]["ivorn"] == ivorns[0]
                  and report["campaign"]["false_alarms_per_hour"] == 2, report)
            text = agent("forecast", "--config", station).stdout
            check("people read the same", ivorns[0] in text and "campaign        now" in text, text)
            doctor = agent("doctor", "--config", station).stdout
            check("the doctor looks after it", "ok       forecast: from the centre" in doctor, doctor)

            run = agent("run", "--config", station)
            check("a run over a simulated Jupiter is one of a campaign", run.returncode == 0
                  and "campaign begins: v > 200.0 km/s is predicted at jupiter" in run.stdout + run.stderr,
                  run.stdout + run.stderr)
            with urllib.request.urlopen(f"{web}/api/v1/events?event_type=fireball", timeout=10) as answer:
                events = json.load(answer)["events"]
            check("the centre has its events", len(events) >= 2, run.stdout + run.stderr)
            packets = []
            for event in events:
                request = urllib.request.Request(
                    f"{web}/api/v1/events/{urllib.parse.quote(event['ivorn'], safe='')}",
                    headers={"Accept": "application/xml"})
                packets.append(urllib.request.urlopen(request, timeout=10).read().decode())
            citation = f'<EventIVORN cite="followup">{ivorns[0]}</EventIVORN>'
            check("each cites the prediction", packets and all(citation in packet for packet in packets), packets)

            server.process.terminate()
            check("the centre ends", server.process.wait(30) == 0)
            kept = agent("forecast", "--update", "--config", station)
            check("with the line down a young forecast is kept, and why no newer came is said", kept.returncode == 0
                  and kept.stdout.startswith("kept: ") and "forecast.centre" in kept.stderr, kept.stdout + kept.stderr)
            stored = directory / "outbox.forecast.xml"
            old = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=8)
            stored.write_text(re.sub(
                r'name="issued" value="[^"]*"', f'name="issued" value="{old:%Y-%m-%dT%H:%M:%SZ}"', stored.read_text()))
            own = agent("forecast", "--update", "--config", station)
            check("an old one is replaced by one of the box's own", own.returncode == 0
                  and own.stdout.startswith("predicted: jupiter"), own.stdout + own.stderr)
            report = json.loads(agent("forecast", "--json", "--config", station).stdout)
            check("whose interval is still that of the event", report["origin"] == "predicted on this box"
                  and report["campaign"]["ivorn"] == ivorns[0], report)
        finally:
            server.process.kill()
    return tally.end()


if __name__ == "__main__":
    sys.exit(main())
