# SPDX-License-Identifier: Apache-2.0
"""A centre for the tests that predict: the programs, a feed of solar wind, and the server."""
import datetime
import json
import os
import pathlib
import re
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("PSWS_BIN", ROOT / ".build/debug")).resolve()


def write_feed(path, density, days=90):
    """The older form of SWPC's JSON: a quiet wind, whose last twelve hours have this density."""
    now = datetime.datetime.now(datetime.timezone.utc).replace(minute=0, second=0, microsecond=0)
    rows = [["time_tag", "density", "speed", "temperature"]]
    for hour in range(24 * days, 0, -1):
        stamp = (now - datetime.timedelta(hours=hour - 1)).strftime("%Y-%m-%d %H:%M:%S.000")
        rows.append([stamp, str(density if hour <= 12 else 5), "400", "80000"])
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps(rows))
    temporary.replace(path)


class Server:
    """A running psws-server."""

    def __init__(self, directory, configuration):
        self.log = open(f"{directory}/server.log", "w+")
        self.process = subprocess.Popen(
            [BIN / "psws-server", "run", "--config", configuration], stdout=self.log, stderr=self.log)

    def text(self):
        return pathlib.Path(self.log.name).read_text()

    def place(self, pattern, seconds=30):
        """What the log says of a place, as soon as it does."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if match := re.search(pattern, self.text()):
                return match[1]
            time.sleep(0.1)
        raise SystemExit(f"the server says nothing of {pattern}:\n{self.text()}")
