# SPDX-License-Identifier: Apache-2.0
"""Upgrade, remove and purge of the package keep and delete configuration and state as Debian's policy says."""

import shutil
import subprocess

from lab import NotYet
from pins import SimulatedPins
from station import UNIT

STATE = "/var/lib/psws-agent"
FORECAST = "psws-agent-forecast@psws-agent"
INSTALL = "DEBIAN_FRONTEND=noninteractive dpkg --force-confold -i"


def run(lab):
    machine, station = lab.machine, lab.station
    if not station.is_package:
        raise NotYet("there is no package to install (PSWS_DEB)")
    package = machine.output("dpkg-deb -f /lab/psws-agent.deb Package")
    previous = previous_version(lab)

    # The version before runs, with a configuration of its own and something in its outbox.
    machine.run(f"dpkg -P {package}", seconds=120)
    machine.run(f"{INSTALL} /lab/{previous}", seconds=120)
    station.configure("sky", (
        "{kind: simulated, width: 160 px, height: 120 px, "
        "simulated: {seed: 3, duration: 30 min, event_rate: 30 /min, event_snr: 60, distractors: false}}"))
    settings = machine.output(f"sha256sum {station.configuration_path}")
    mark = station.start()
    stored = machine.await_journal(r"(ivo://\S+) is in the outbox", 60, mark)
    lab.expect(stored, "the previous version stores an event")
    process = station.show("MainPID")

    mark = machine.mark()
    machine.run(f"{INSTALL} /lab/psws-agent.deb", seconds=120)
    lab.expect(machine.output(f"sha256sum {station.configuration_path}") == settings, "an upgrade keeps the configuration")
    lab.expect(machine.await_journal("watching ", 30, mark), "and the new version runs", station.show("ActiveState"))
    lab.expect(station.show("MainPID") not in ("0", process), "as a new process")
    check_forecast(lab)
    station.stop()
    lab.expect(machine.run(f"systemctl is-active -q {FORECAST}.timer", check=False).code != 0,
               "the timer of the forecast ends with the agent")
    lab.expect(stored[1] in [entry.ivorn for entry in station.outbox()], "an upgrade keeps the outbox")

    machine.run(f"systemctl start {UNIT}; dpkg -r {package}", seconds=120)
    lab.expect(machine.run("test -e /usr/bin/psws-agent", check=False).code != 0, "remove takes the program")
    lab.expect(machine.run("pgrep -x psws-agent", check=False).code != 0, "and ends it")
    lab.expect(machine.output(f"sha256sum {station.configuration_path}") == settings, "remove keeps the configuration")
    lab.expect(machine.run(f"grep -rqF '{stored[1]}' {STATE}", check=False).code == 0, "remove keeps the state")

    machine.run(f"dpkg -P {package}", seconds=120)
    lab.expect(machine.run(f"test -e {station.configuration_path}", check=False).code != 0, "purge takes the configuration")
    lab.expect(machine.run(f"test -e {STATE}", check=False).code != 0, "purge takes the state")
    rest = machine.run("dpkg -l | grep psws; find / -xdev -name '*psws*' -not -path '/lab/*' -not -path '/proc/*' "
                       "-not -path '/var/log/*' -not -path '/usr/src/*'", check=False).output
    lab.expect(not rest.strip(), "nothing of the package is left", rest)
    install_while_udev_works(lab)
    return "an upgrade keeps configuration and outbox and restarts, remove keeps both, purge leaves nothing"


def check_forecast(lab):
    """The timer comes with the agent, and its service can do what it is for with all that is closed to it."""
    machine = lab.machine
    lab.expect(machine.run(f"systemctl is-active -q {FORECAST}.timer", check=False).code == 0,
               "the agent brings the timer of its forecast along")
    path = lab.station.configuration_path
    machine.run(f"cp {path} {path}.kept && sed -i 's/^target: sky/target: jupiter/' {path} && "
                f"echo 'forecast: {{centre: \"https://127.0.0.1:1/products/\", rule: none}}' >>{path}")
    mark = machine.mark()
    started = machine.run(f"systemctl start {FORECAST}.service", check=False, seconds=120)
    machine.run(f"mv {path}.kept {path}")
    # It has fetched, which needs libcurl, and says that nobody answers; nothing is there to predict from.
    lab.expect(started.code != 0 and machine.await_journal("no measurements of the solar wind on this box", 15, mark),
               "the forecast's service runs, and says why there is none", machine.journal(mark)[-5:])
    lab.expect(machine.await_journal(r"127\.0\.0\.1:1/products/none-jupiter-latest\.xml: .*connect", 5, mark),
               "and that the centre cannot be reached", machine.journal(mark)[-5:])


def install_while_udev_works(lab):
    """Devices that appear while the package is half installed must not cost the agent its pins."""
    machine = lab.machine
    machine.run("userdel psws-agent; groupdel gpio", check=False)
    machine.run("dpkg --unpack /lab/psws-agent.deb", seconds=120)
    # It looks for changed rules at most every three seconds.
    lab.pause(4)
    machine.run("udevadm trigger --subsystem-match=mem && udevadm settle")
    machine.run("dpkg --configure psws-agent", seconds=120)
    pins = SimulatedPins(machine, ["any"])
    pins.create()
    owner = machine.output(f"stat -c '%G %a' /dev/{pins.chip}")
    pins.remove()
    lab.expect(owner == "gpio 660", "pins belong to the agent's group", owner)


def previous_version(lab):
    """The same package with an older version: its name in the exchange directory."""
    tree = lab.machine.directory / "previous"
    shutil.rmtree(tree, ignore_errors=True)
    subprocess.run(["dpkg-deb", "-R", lab.machine.exchange / "psws-agent.deb", tree], check=True)
    control = tree / "DEBIAN/control"
    lines = control.read_text().splitlines()
    control.write_text("\n".join("Version: 0.0.1~lab" if line.startswith("Version:") else line for line in lines) + "\n")
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-b", tree, lab.machine.exchange / "previous.deb"], check=True,
        stdout=subprocess.DEVNULL)
    shutil.rmtree(tree)
    return "previous.deb"
