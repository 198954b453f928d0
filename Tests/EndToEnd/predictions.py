# SPDX-License-Identifier: Apache-2.0
"""A centre that predicts: a feed that changes, and what a subscriber hears of it.

usage: predictions.py     PSWS_BIN holds the programs (default: .build/debug)
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

from centre import BIN, Server, write_feed
from tally import Tally

CONFIGURATION = """identity: ivo://psws.test/broker
data: {directory}/data
listen: {{submit_port: 0, subscribe_port: 0}}
http: {{port: 0}}
predictions:
  every: 10 s
  products_url: https://psws.test/products
  feeds: [{{name: plasma, url: "file://{feed}"}}]
  rules:
    - {{name: pressure, target: earth, where: pdyn > 5 nPa, ahead: 1 d, retract_after: 1}}
"""

def param(packet, name):
    match = re.search(rf'<Param [^>]*name="{name}"[^>]*?value="([^"]*)"', packet)
    return match and match[1]


def await_files(directory, count, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        files = sorted(directory.glob("*.xml"), key=lambda file: file.stat().st_mtime)
        if len(files) >= count:
            return [file.read_text() for file in files]
        time.sleep(0.2)
    return [file.read_text() for file in sorted(directory.glob("*.xml"))]


def main():
    tally = Tally()
    check = tally.check
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        feed = directory / "plasma.json"
        write_feed(feed, 40)
        configuration = directory / "server.yaml"
        configuration.write_text(CONFIGURATION.format(directory=directory, feed=feed))
        (directory / "data").mkdir()
        trial = subprocess.run(
            [BIN / "psws-server", "predict", "--config", configuration], capture_output=True, text=True, timeout=120)
        check("a trial says what would be published", trial.returncode == 0
              and "feed plasma: 2160 measurements" in trial.stdout
              and "rule pressure: 1 intervals; 1 new" in trial.stdout, trial.stdout + trial.stderr)
        server = Server(directory, configuration)
        listener = None
        try:
            port = server.place(r"subscribers connect to \S+:(\d+)")
            web = server.place(r"HTTP is at (http://\S+)")
            received = directory / "received"
            listener = subprocess.Popen(
                [BIN / "psws", "listen", f"127.0.0.1:{port}", "--save", received, "--resume-after", "0"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            events = await_files(received, 1)
            check("a compression in the feed becomes a prediction", len(events) == 1
                  and 'role="prediction"' in events[0] and param(events[0], "event_status") == "onset", events)
            write_feed(feed, 90)
            events = await_files(received, 2)
            check("a stronger one supersedes it", len(events) == 2 and param(events[1], "event_status") == "update"
                  and 'cite="supersedes"' in events[1], events[1:])
            time.sleep(12)
            check("the same again is no news", len(list(received.glob("*.xml"))) == 2)
            write_feed(feed, 5)
            events = await_files(received, 3)
            check("one that is gone is taken back", len(events) == 3 and param(events[2], "event_status") == "retraction"
                  and 'cite="retraction"' in events[2], events[2:])
            url = param(events[0], "url") or ""
            check("the series has an address", url.startswith("https://psws.test/products/pressure-earth-"), url)
            with urllib.request.urlopen(f"{web}/products/{url.rsplit('/', 1)[-1]}", timeout=10) as answer:
                table = answer.read().decode()
            check("it is a VOTable that the centre serves", "<VOTABLE" in table and "pdyn_npa" in table)
            with urllib.request.urlopen(f"{web}/metrics", timeout=10) as answer:
                figures = answer.read().decode()
            check("the metrics tell how predictions do", "psws_server_prediction_good 1" in figures, figures)
            for name in ("..%2Fpredictions.sqlite", "%2e%2e", "x.xml"):
                try:
                    urllib.request.urlopen(f"{web}/products/{name}", timeout=10)
                    check(f"{name} is no product", False)
                except urllib.error.HTTPError as error:
                    check(f"{name} is no product", error.code in (400, 404), error.code)
            server.process.terminate()
            check("the server ends cleanly", server.process.wait(30) == 0)
        finally:
            server.process.kill()
            if listener:
                listener.kill()
    return tally.end()


if __name__ == "__main__":
    sys.exit(main())
