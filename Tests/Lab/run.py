#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The lab: the observatory box as a virtual machine with virtual cameras and pins, put through what happens to it.

  python3 Tests/Lab/run.py [--full] [--only 2,6] [--minutes N] [--seed N] [--keep]

  --full   the scenarios as long as they are meant, some hours; without it the short form, some minutes
  --only   the numbers of the scenarios to run
  --minutes  no scenario begins after so many minutes; those left out are named, and are such as other tests show
             without a machine, too, if possible
  --seed   decides every random moment (each run another one, which it prints)
  --keep   leave the machine running at the end, and say how to look inside

environment: PSWS_DEB     the package to install (the newest in .build/deb); without one
             PSWS_AGENT   the program that is installed with a unit for trials (.build/release/psws-agent)
             PSWS_BIN     where psws-server is (.build/debug)
             PSWS_LAB_ACCELERATOR   kvm or tcg, if the machine is not to find out by itself

Logs of the last run are in .build/lab/last. Exit code 1 if a scenario failed; 0 with a loud line on a computer without
QEMU, without root, or without Debian's packages.
"""

import argparse
import fcntl
import importlib
import os
import pathlib
import random
import shutil
import subprocess
import sys
import time
import traceback

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "Tests/Support")]

import build_image
from disk import Disk
from guest_agent import CommandFailed, MachineGone
from harness import Centre
from lab import Failed, Lab, NotYet
from machine import Machine
from station import Station

LAST = ROOT / ".build/lab/last"
NEEDED = ["qemu-system-x86_64", "qemu-img", "mmdebstrap", "mke2fs"]


def scenarios(only):
    """The modules of the scenarios by number: scenarios/s02_lunar_flash.py is number 2, «lunar flash»."""
    for path in sorted((HERE / "scenarios").glob("s[0-9][0-9]_*.py")):
        number = int(path.stem[1:3])
        if not only or number in only:
            yield number, path.stem[4:].replace("_", " "), importlib.import_module(f"scenarios.{path.stem}")


def skip_reason():
    """Why this computer cannot have the lab; None if it can."""
    missing = [name for name in NEEDED if not shutil.which(name)]
    if missing:
        return f"{', '.join(missing)} missing: make lab-deps"
    if os.geteuid() != 0:
        return "the machine's disk is made by root: sudo make lab"
    return None


def product():
    """The package or the program to install, and the agent's program for the host."""
    made = sorted((ROOT / ".build/deb").glob("psws-agent_*.deb"), key=lambda path: path.stat().st_mtime)
    deb = os.environ.get("PSWS_DEB") or (made[-1] if made and not os.environ.get("PSWS_AGENT") else None)
    if deb:
        unpacked = LAST / "package"
        subprocess.run(["dpkg-deb", "-x", deb, unpacked], check=True)
        return pathlib.Path(deb).resolve(), unpacked / "usr/bin/psws-agent"
    agent = pathlib.Path(os.environ.get("PSWS_AGENT", ROOT / ".build/release/psws-agent")).resolve()
    if not agent.exists():
        raise SystemExit(f"lab: neither PSWS_DEB nor {agent}: make deb, or make release")
    print(f"lab: no package given (PSWS_DEB): {agent.name} is installed with a unit for trials", flush=True)
    return None, agent


def copy_for_guest(machine):
    """What runs in the machine on our behalf lies in its /lab."""
    shutil.copytree(HERE / "guest", machine.exchange / "guest", dirs_exist_ok=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 16))
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    reason = skip_reason()
    if reason:
        print(f"SKIPPED  the lab has not run: {reason}", flush=True)
        return 0

    began = time.monotonic()
    try:
        image = build_image.image()
    except build_image.Unavailable as reason:
        print(f"SKIPPED  the lab has not run: {reason}", flush=True)
        return 0
    lock = open(LAST.with_suffix(".lock"), "w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SystemExit("lab: another run is going on in this directory") from None
    shutil.rmtree(LAST, ignore_errors=True)
    LAST.mkdir(parents=True)
    deb, host_agent = product()
    machine = Machine(image, Disk.copy(image / "disk.raw", LAST / "disk.raw"), LAST)
    centre = Centre(LAST)
    failed = True
    try:
        copy_for_guest(machine)
        centre.start("--verbose")
        seconds = machine.boot()
        print(f"lab: the machine has booted in {seconds:.0f} s ({machine.accelerator}), seed {options.seed}", flush=True)
        station = Station(machine, centre.ports[0])
        if deb:
            station.install_package(deb)
        else:
            station.install_on_trial(host_agent)
        lab = Lab(machine, station, centre, host_agent, options.full, options.seed)
        only = {int(number) for number in options.only.split(",") if number}
        chosen = list(scenarios(only))
        if options.minutes < float("inf"):
            chosen.sort(key=lambda scenario: hasattr(scenario[2], "ALSO_SEEN_BY"))
        failed = run(lab, chosen, began, 60 * options.minutes)
        if options.keep:
            machine.agent.close()
            input(f"lab: the machine is left running: Tests/Lab/shell.py {machine.sockets}/agent COMMAND. Enter ends it. ")
    finally:
        machine.remove()
        if centre.program:
            centre.program.kill()
        # Everything but the logs: the disk is large, and a new run makes it anew.
        for name in ("disk.raw", "disk.overlay", "disk.writes", "exchange", "package"):
            path = LAST / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return 1 if failed else 0


def run(lab, modules, began, budget_seconds):
    """Runs the scenarios, a line each; true if one failed.

    One that fails is tried once more, for all of this has a clock in it and the computer may have been busy; that it
    was is said. A promise that is broken is broken twice.
    """
    counts = {"ok": 0, "FAILED": 0, "not yet": 0, "left out": 0}
    for number, name, module in modules:
        start = time.monotonic()
        if start - began > budget_seconds:
            verdict, sentence = "left out", "its time has gone to those before"
        else:
            verdict, sentence = attempt(lab, number, module)
            if verdict == "FAILED":
                print(f"failed   lab {number:02} {name}: {sentence}; once more", flush=True)
                verdict, sentence = attempt(lab, number, module)
        counts[verdict] += 1
        print(f"{verdict:8} lab {number:02} {name}: {sentence} ({time.monotonic() - start:.0f} s)", flush=True)
    print(", ".join(f"{count} {'passed' if verdict == 'ok' else verdict.lower()}" for verdict, count in counts.items())
          + f", {time.monotonic() - began:.0f} s", flush=True)
    return counts["FAILED"] > 0 or counts["ok"] == 0


def attempt(lab, number, module):
    """Runs one scenario: its verdict and a sentence."""
    mark = lab.machine.mark()
    try:
        lab.begin_scenario()
        return "ok", module.run(lab)
    except NotYet as missing:
        return "not yet", str(missing)
    except (Failed, CommandFailed, MachineGone, TimeoutError) as failure:
        with open(lab.machine.directory / f"failure-{number:02}.txt", "w", encoding="utf-8") as file:
            file.write(traceback.format_exc() + "\nthe machine's journal in this scenario:\n")
            file.write("\n".join(lab.machine.journal(mark if mark <= lab.machine.mark() else 0)))
        if lab.machine.process.poll() is not None:
            lab.machine.boot()
        return "FAILED", f"{failure}\n        see {file.name}"


if __name__ == "__main__":
    sys.exit(main())
