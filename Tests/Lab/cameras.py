# SPDX-License-Identifier: Apache-2.0
"""The machine's virtual cameras."""

import shlex

from guest_agent import CommandFailed


class Vivid:
    """The kernel's virtual camera: test pictures, faults on demand, and a plug."""

    device = "/dev/video10"

    def __init__(self, machine):
        self.machine = machine

    def plug_in(self):
        """Brings the camera, with noise for a picture: frames that differ, as those of a real camera do."""
        loaded = self.machine.run("test -d /sys/bus/platform/drivers/vivid", check=False).code == 0
        self.machine.run(
            "echo vivid.0 >/sys/bus/platform/drivers/vivid/bind" if loaded else "modprobe vivid")
        self.machine.run(f"udevadm settle; test -c {self.device}")
        self.control("test_pattern", 21)
        self.control("osd_text_mode", 2)

    def unplug(self):
        """Takes the camera away while it is open, as a hand that pulls its cable."""
        self.machine.run("echo vivid.0 >/sys/bus/platform/drivers/vivid/unbind")

    def remove(self):
        self.machine.run("modprobe -r vivid", check=False)

    def control(self, name, value):
        self.machine.run(f"v4l2-ctl -d {self.device} -c {name}={value}")


class Loopback:
    """A camera that shows a recording."""

    device = "/dev/video20"

    def __init__(self, machine):
        self.machine = machine

    def plug_in(self):
        self.machine.run("modprobe v4l2loopback && udevadm settle")

    def play(self, recording, rate, wait="", times=None):
        """Begins to show a recording that lies in the exchange directory; see play.py."""
        command = f"/lab/guest/play.py {self.device} /lab/{shlex.quote(recording)} --rate {rate}"
        command += f" --wait {wait}" if wait else ""
        command += f" --times {times}" if times else ""
        self.show(command)

    def show(self, command):
        """Begins to show what a Python program of the guest directory writes."""
        self.machine.run("systemctl reset-failed player.service 2>/dev/null; "
                         f"systemd-run -q --unit=player.service -p Nice=-5 python3 {command}")
        # A reader that comes before the first frame finds no format.
        shows = self.machine.await_command(f"v4l2-ctl -d {self.device} --get-fmt-video | grep -q GREY", 20)
        if shows is None:
            raise CommandFailed(f"the player shows nothing: {self.machine.output('systemctl status player.service')}")

    def go_on(self):
        """Plays on from where it waits."""
        self.machine.run("systemctl kill -s HUP player.service")

    def freeze(self):
        self.machine.run("systemctl kill -s USR1 player.service")

    def thaw(self):
        self.machine.run("systemctl kill -s USR2 player.service")

    def stop(self):
        self.machine.run("systemctl stop player.service", check=False)

    def remove(self):
        self.stop()
        self.machine.run("modprobe -r v4l2loopback", check=False)
