# SPDX-License-Identifier: Apache-2.0
"""What every scenario is given: the machine, the station on it, the centre outside, and judgement."""

import csv
import pathlib
import random
import re
import subprocess
import time

from cameras import Loopback, Vivid


ACCEPTED_AGAIN = re.compile(r"event accepted again.*?ivorn=(ivo://\S+)")


class Failed(Exception):
    """Something does not hold."""


class NotYet(Exception):
    """The product does not have yet what the scenario is about."""


class Lab:
    """One run of the lab."""

    def __init__(self, machine, station, centre, host_agent, is_full, seed):
        self.machine = machine
        self.station = station
        self.centre = centre
        self.host_agent = host_agent
        self.is_full = is_full
        self.chance = random.Random(seed)
        self.vivid = Vivid(machine)
        self.loopback = Loopback(machine)
        self._archived = 0
        self._said = 0

    def expect(self, holds, sentence, detail=""):
        """Ends the scenario if something does not hold that should."""
        if not holds:
            raise Failed(f"not so: {sentence}" + (f" [{detail}]" if str(detail) else ""))

    def choose(self, short, full):
        """A length of this run: the short or the full one."""
        return full if self.is_full else short

    def begin_scenario(self):
        """A machine without cameras, a station without events, and an archive whose events do not count."""
        self.station.clean()
        self.loopback.remove()
        self.vivid.remove()
        self._archived = len(self.centre.archive())
        self._said = len(self.centre.program.lines)

    def archived(self):
        """Identifiers of the events that came to the centre in this scenario, in the order in which they came."""
        return [ivorn for ivorn, _ in self.centre.archive()[self._archived:]]

    def packets(self):
        """The events that came in this scenario, byte for byte."""
        return [packet for _, packet in self.centre.archive()[self._archived:]]

    def await_archived(self, count, seconds):
        """Waits until the centre has so many events, and gives them."""
        deadline = time.monotonic() + seconds * self.machine.patience
        while len(self.archived()) < count and time.monotonic() < deadline:
            time.sleep(0.1)
        return self.archived()

    def start_centre(self):
        """Starts a centre that was stopped, with its archive."""
        self.centre.start("--verbose")
        self._said = 0

    def accepted_again(self):
        """Events of this scenario that the broker was sent although it had them."""
        lines = self.centre.program.lines[self._said:]
        return [match[1] for line in lines for match in ACCEPTED_AGAIN.finditer(line)]

    def found(self, pattern, since=0):
        """What the first group of a pattern finds in the machine's journal of this boot."""
        return [match[1] for line in self.machine.journal(since) for match in pattern.finditer(line)]

    def recording(self, name, *options):
        """Simulates a recording into the exchange directory: where it lies on the host."""
        path = pathlib.Path(self.machine.exchange) / name
        subprocess.run(
            [self.host_agent, "simulate", *map(str, options), "-o", path], check=True, stdout=subprocess.DEVNULL)
        return path

    @staticmethod
    def truth(recording):
        """The events in a simulated recording, in the order of their frames."""
        with open(pathlib.Path(recording).with_suffix(".truth.csv"), encoding="utf-8") as file:
            events = list(csv.DictReader(line for line in file if not line.startswith("#")))
        for event in events:
            for key in ("frame_first", "frame_peak", "frame_last"):
                event[key] = int(event[key])
        return sorted(events, key=lambda event: event["frame_first"])

    def shown(self):
        """When the player has shown each frame, the last time: seconds of the machine's monotonic clock."""
        lines = self.machine.output("cat /run/times").splitlines()
        return {int(frame): int(nanoseconds) / 1e9 for frame, nanoseconds in map(str.split, lines)}

    def pause(self, seconds):
        """Lets the machine go on for a while."""
        time.sleep(seconds)
