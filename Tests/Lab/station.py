# SPDX-License-Identifier: Apache-2.0
"""psws-agent as a service in the machine: installing, configuring, starting, and what its outbox holds."""

import collections
import json
import pathlib
import re
import shutil

from machine import HOST_ADDRESS

HERE = pathlib.Path(__file__).resolve().parent
UNIT = "psws-agent.service"
OUTBOX = "/var/lib/psws-agent/outbox"

STORED = re.compile(r"(ivo://\S+) is in the outbox")

Entry = collections.namedtuple("Entry", "state ivorn")


class Station:
    """The product on the machine, with the broker that it reports to."""

    def __init__(self, machine, broker_port):
        self.machine = machine
        self.broker_port = broker_port
        self.is_package = False
        self.configuration_path = "/etc/psws-agent/psws-agent.yaml"

    # --- Installing --------------------------------------------------------------------------------------------------

    def install_package(self, deb):
        """Installs the package; it starts nothing that the scenarios do not start."""
        shutil.copyfile(deb, self.machine.exchange / "psws-agent.deb")
        self.machine.run("DEBIAN_FRONTEND=noninteractive dpkg -i /lab/psws-agent.deb", seconds=180)
        self.machine.run(f"systemctl stop {UNIT}", check=False)
        self.is_package = True
        self.find_configuration()

    def find_configuration(self):
        """Asks the unit which file it reads."""
        command = self.machine.output(f"systemctl show -P ExecStart {UNIT}")
        found = re.search(r"--config[ =](\S+)", command)
        if not found:
            raise SystemExit(f"lab: {UNIT} names no configuration: {command}")
        self.configuration_path = found[1].strip('"')

    def install_on_trial(self, agent):
        """Without a package: the program alone, with a unit that is good enough for the scenarios."""
        shutil.copyfile(agent, self.machine.exchange / "psws-agent")
        shutil.copyfile(HERE / "trial" / UNIT, self.machine.exchange / UNIT)
        self.machine.run(
            "install -m 755 /lab/psws-agent /usr/bin/psws-agent && "
            f"install -m 644 /lab/{UNIT} /etc/systemd/system/{UNIT} && "
            "adduser --system --group --no-create-home --home /var/lib/psws-agent psws-agent >/dev/null && "
            "systemctl daemon-reload", seconds=120)

    # --- Configuring and running -------------------------------------------------------------------------------------

    def configure(self, target, camera, **sections):
        """Writes the configuration: a target, the text of the section `camera`, and of further sections."""
        further = "".join(f"{name}: {text}\n" for name, text in {
            "outbox": f"{{directory: {OUTBOX}, minimum_free: 16 MiB, hard_floor: 8 MiB}}",
            "broker": f"{{host: {HOST_ADDRESS}, port: {self.broker_port}, retry_first: 0.5 s, retry_maximum: 2 s}}",
            **sections}.items())
        self.machine.write(self.configuration_path, (
            f"target: {target}\n"
            "station: {name: lab, authority: psws.test, stream: lab, role: test, contact: {title: Observatory box}}\n"
            "site: {name: Toulouse, longitude: 1.4833 deg, latitude: 43.5628 deg, height: 150 m}\n"
            f"camera: {camera}\n{further}"))

    def watch(self, device, target="sky", rate=25, size=None, **sections):
        """Configures a video device as camera; without a size the camera's own."""
        pixels = f"width: {size[0]} px, height: {size[1]} px, " if size else ""
        self.configure(
            target, f"{{kind: v4l2, {pixels}rate: {rate} /s, v4l2: {{device: {device}, formats: [GREY]}}}}", **sections)

    def start(self, restarts=True):
        """Starts the service: the mark in the journal before its first line.

        restarts: False for a recording, which ends by itself, whatever the unit does then.
        """
        drop_in = f"/run/systemd/system/{UNIT}.d/lab.conf"
        policy = "rm -f" if restarts else f"mkdir -p $(dirname {drop_in}) && printf '[Service]\\nRestart=no\\n' >"
        mark = self.machine.mark()
        self.machine.run(
            f"{policy} {drop_in} && systemctl daemon-reload && systemctl reset-failed {UNIT}; systemctl start {UNIT}",
            seconds=120)
        return mark

    def restart(self):
        """Stops and starts the service: the mark in the journal before its first line."""
        self.stop()
        return self.start()

    def stop(self):
        self.machine.run(f"systemctl stop {UNIT}", seconds=120, check=False)

    def await_end(self, seconds):
        """Waits until the service has ended by itself: systemd's result, `success` or a reason."""
        if self.machine.await_command(f"! systemctl is-active -q {UNIT}", seconds) is None:
            return "still running"
        return self.machine.output(f"systemctl show -P Result {UNIT}")

    def clean(self):
        """Stops the service and forgets what it has stored."""
        self.stop()
        self.machine.run(f"rm -rf {OUTBOX}; systemctl reset-failed {UNIT}", check=False)

    def show(self, name):
        """A property of the unit, such as MainPID or NRestarts."""
        return self.machine.output(f"systemctl show -P {name} {UNIT}")

    # --- Looking inside ----------------------------------------------------------------------------------------------

    def own_kib(self):
        """Memory that the agent has to itself, in KiB; pages of its files come and go as the kernel likes."""
        return int(self.machine.output(f"awk '/^RssAnon/ {{print $2}}' /proc/{self.show('MainPID')}/status"))

    def metrics(self):
        """The agent's metrics by name, without labels."""
        text = self.machine.output("cat /run/psws-agent/psws-agent.prom")
        fields = [line.split() for line in text.splitlines() if not line.startswith("#")]
        return {field[0]: float(field[1]) for field in fields if len(field) >= 2}

    def outbox(self):
        """Every entry of the outbox, in the order of its time."""
        lines = self.machine.output(f"psws-agent outbox list --all --json --directory {OUTBOX}").splitlines()
        entries = sorted((json.loads(line) for line in lines), key=lambda entry: entry["name"])
        return [Entry(entry["state"], entry["ivorn"]) for entry in entries]

    def stored(self, since=0):
        """The events of which the journal says that they are in the outbox."""
        return [match[1] for line in self.machine.journal(since) for match in STORED.finditer(line)]
