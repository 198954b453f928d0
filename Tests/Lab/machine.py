# SPDX-License-Identifier: Apache-2.0
"""The observatory box as a QEMU machine: booting, commands in it, its journal, and its power switch."""

import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from guest_agent import CommandFailed, GuestAgent, MachineGone

BOOT_SECONDS = 300
# What a boot takes on a computer with two cores of its own, emulated. Where it takes longer, everything does.
USUAL_BOOT_SECONDS = 25
# Under which address a machine of QEMU's user networking sees the host.
HOST_ADDRESS = "10.0.2.2"


def accelerator(image):
    """`kvm` if a kernel really boots with it, `tcg` (emulation) else; PSWS_LAB_ACCELERATOR decides beforehand."""
    asked = os.environ.get("PSWS_LAB_ACCELERATOR")
    if asked:
        return asked
    known = image / "accelerator"
    if not known.exists():
        known.write_text("kvm" if _kvm_boots(image) else "tcg")
    return known.read_text()


def _kvm_boots(image):
    """/dev/kvm may be there and yet hang or lack what a kernel needs."""
    if not os.access("/dev/kvm", os.R_OK | os.W_OK):
        return False
    try:
        done = subprocess.run(
            ["qemu-system-x86_64", "-accel", "kvm", "-cpu", "max", "-m", "512", "-nodefaults", "-display", "none",
             "-serial", "stdio", "-no-reboot", "-kernel", image / "vmlinuz", "-append", "console=ttyS0 panic=-1"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20, check=False)
    except subprocess.TimeoutExpired:
        return False
    # Without a disk it panics, which is as far as it has to come.
    return b"Kernel panic - not syncing: VFS" in done.stdout


class Machine:
    """One machine with its disk, its exchange directory and its logs; it may boot many times."""

    def __init__(self, image, disk, directory):
        self.image = pathlib.Path(image)
        self.disk = disk
        self.directory = pathlib.Path(directory)
        # What lies here is in /lab in the machine, and the other way round.
        self.exchange = self.directory / "exchange"
        self.exchange.mkdir(parents=True, exist_ok=True)
        self.accelerator = accelerator(self.image)
        self.boots = 0
        # By how much waits in the machine are stretched on a busy computer; promises are not.
        self.patience = 1.0
        self.process = None
        self.agent = None
        self.logs = None
        # A socket's path has to be short, whatever the length of the build directory's.
        self.sockets = pathlib.Path(tempfile.mkdtemp(prefix="psws-lab-"))

    # --- Power -------------------------------------------------------------------------------------------------------

    def boot(self, disk_options=None):
        """Switches the machine on and waits until it takes commands: the seconds that took."""
        began = time.monotonic()
        self.boots += 1
        self.logs = self.directory / f"boot-{self.boots:02}"
        self.logs.mkdir(parents=True)
        for name in ("agent", "qmp"):
            (self.sockets / name).unlink(missing_ok=True)
        accelerator = ["-accel", "kvm" if self.accelerator == "kvm" else "tcg,thread=multi,tb-size=512"]
        command = [
            "qemu-system-x86_64", *accelerator, "-machine", "q35,sata=off,smbus=off,vmport=off,i8042=off",
            "-cpu", "max", "-smp", "2", "-m", "768", "-nodefaults",
            "-display", "none", "-no-reboot", "-rtc", "base=utc,clock=host",
            "-kernel", self.image / "vmlinuz", "-initrd", self.image / "initrd",
            "-append", "root=/dev/vda ro console=ttyS0 panic=-1 net.ifnames=0 mitigations=off quiet loglevel=5 "
                       "systemd.show_status=no",
            *(disk_options or self.disk.plain_options()),
            "-serial", f"file:{self.logs}/console.log",
            "-qmp", f"unix:{self.sockets}/qmp,server=on,wait=off",
            "-device", "virtio-serial-pci",
            "-chardev", f"socket,id=agent,path={self.sockets}/agent,server=on,wait=off",
            "-device", "virtserialport,chardev=agent,name=org.qemu.guest_agent.0",
            "-chardev", f"file,id=journal,path={self.logs}/journal.log",
            "-device", "virtconsole,chardev=journal",
            "-netdev", "user,id=network", "-device", "virtio-net-pci,netdev=network,id=card",
            "-virtfs", f"local,path={self.exchange},mount_tag=lab,security_model=none",
            "-device", "virtio-rng-pci",
        ]
        with open(self.logs / "qemu.log", "wb") as log:
            self.process = subprocess.Popen(
                list(map(str, command)), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        while not (self.sockets / "agent").exists():
            self._must_run()
            time.sleep(0.02)
        self.agent = GuestAgent(self.sockets / "agent")
        if not self.agent.synchronise(BOOT_SECONDS):
            self._must_run()
            raise MachineGone(f"the machine has not booted after {BOOT_SECONDS} s, see {self.logs}/console.log")
        # Commands are taken early; scenarios want a machine that is up.
        self.run("systemctl is-system-running --wait", seconds=BOOT_SECONDS, check=False)
        self.run("mountpoint -q /lab || mount /lab")
        seconds = time.monotonic() - began
        self.patience = max(1.0, seconds / USUAL_BOOT_SECONDS)
        return seconds

    def shut_down(self):
        """Switches the machine off as its operator would."""
        self.agent.start("systemctl poweroff")
        try:
            self.process.wait(BOOT_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise MachineGone(f"the machine did not shut down within {BOOT_SECONDS} s") from None
        self.agent.close()

    def kill(self):
        """Takes the power away. Nothing in the machine can do anything any more."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        if self.agent:
            self.agent.close()

    def remove(self):
        """Ends the machine for good."""
        self.kill()
        shutil.rmtree(self.sockets, ignore_errors=True)

    def _must_run(self):
        if self.process.poll() is not None:
            raise MachineGone(f"QEMU has ended:\n{(self.logs / 'qemu.log').read_text(errors='replace')}")

    # --- Commands ----------------------------------------------------------------------------------------------------

    def run(self, command, seconds=60, check=True, text=""):
        """Runs a shell command in the machine as root: its Result."""
        number = self.agent.start(command, text)
        result = self.agent.finish(number, seconds * self.patience)
        if result is None:
            raise CommandFailed(f"in the machine: {command}\nhas not ended after {seconds} s")
        if check and result.code:
            raise CommandFailed(f"in the machine: {command}\nexit code {result.code}: {result.text}")
        return result

    def output(self, command, seconds=60):
        return self.run(command, seconds).output.strip()

    def start(self, command):
        """Starts a shell command in the machine and does not wait for it: its number for `finish`."""
        return self.agent.start(command)

    def finish(self, number, seconds=60):
        result = self.agent.finish(number, seconds * self.patience)
        if result is None:
            raise CommandFailed(f"a command in the machine has not ended after {seconds} s")
        return result

    def write(self, path, text):
        """Writes a text file in the machine."""
        self.run(f"mkdir -p $(dirname {path}) && cat >{path}", text=text)

    def await_command(self, command, seconds, interval=0.2):
        """Repeats a command until it succeeds: its Result, None if it does not in time."""
        deadline = time.monotonic() + seconds * self.patience
        while time.monotonic() < deadline:
            result = self.run(command, check=False)
            if result.code == 0:
                return result
            time.sleep(interval)
        return None

    def clock_offset(self):
        """What is added to the machine's monotonic clock, in seconds, to get its wall clock."""
        return float(self.output(
            "python3 -c 'from time import *; print(clock_gettime(CLOCK_REALTIME) - clock_gettime(CLOCK_MONOTONIC))'"))

    # --- Journal -----------------------------------------------------------------------------------------------------

    def journal(self, since=0):
        """What the machine has written to its journal in this boot, line by line, from a `mark` on."""
        text = (self.logs / "journal.log").read_bytes().decode(errors="replace")
        return text.replace("\r", "").splitlines()[since:]

    def mark(self):
        """The place in the journal at which the next line will stand."""
        return len(self.journal())

    def await_journal(self, pattern, seconds, since=0):
        """The first match of a pattern in a line of the journal; None if there is none in time."""
        deadline = time.monotonic() + seconds * self.patience
        expression = re.compile(pattern)
        while True:
            for line in self.journal(since):
                match = expression.search(line)
                if match:
                    return match
            if time.monotonic() > deadline or self.process.poll() is not None:
                return None
            time.sleep(0.05)

    # --- Devices -----------------------------------------------------------------------------------------------------

    def qmp(self, command, **arguments):
        """One command to QEMU itself."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self.sockets / "qmp"))
            stream = connection.makefile("rw")
            stream.readline()
            for request in ({"execute": "qmp_capabilities"}, {"execute": command, "arguments": arguments}):
                stream.write(json.dumps(request) + "\n")
                stream.flush()
                answer = {"event": None}
                while "event" in answer:
                    answer = json.loads(stream.readline())
        if "error" in answer:
            raise CommandFailed(f"QEMU: {command}: {answer['error']}")
        return answer["return"]

    def network(self, is_up):
        """Plugs the network cable in or out."""
        self.qmp("set_link", name="card", up=is_up)
