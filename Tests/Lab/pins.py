# SPDX-License-Identifier: Apache-2.0
"""Virtual pins: a chip of gpio-sim whose lines the host pulls and reads."""

CONFIGURATION = "/sys/kernel/config/gpio-sim/lab"


class SimulatedPins:
    """A chip with named lines; the order of the names is that of the lines."""

    def __init__(self, machine, names):
        self.machine = machine
        self.names = names
        self.chip = None
        self.directory = None

    def create(self):
        lines = "".join(
            f"mkdir {CONFIGURATION}/bank0/line{number} && echo {name} >{CONFIGURATION}/bank0/line{number}/name && "
            for number, name in enumerate(self.names))
        self.machine.run(
            "modprobe gpio-sim && { mountpoint -q /sys/kernel/config || mount -t configfs none /sys/kernel/config; } && "
            f"mkdir -p {CONFIGURATION}/bank0 && echo {len(self.names)} >{CONFIGURATION}/bank0/num_lines && "
            f"{lines} echo 1 >{CONFIGURATION}/live && udevadm settle")
        self.chip = self.machine.output(f"cat {CONFIGURATION}/bank0/chip_name")
        device = self.machine.output(f"cat {CONFIGURATION}/dev_name")
        self.directory = f"/sys/devices/platform/{device}/{self.chip}"

    def remove(self):
        self.machine.run(
            f"if [ -d {CONFIGURATION} ]; then echo 0 >{CONFIGURATION}/live; rmdir {CONFIGURATION}/bank0/line* "
            f"{CONFIGURATION}/bank0 {CONFIGURATION}; fi", check=False)

    def offset(self, name):
        return self.names.index(name)

    def pull(self, name, is_high):
        """Pulls an input as a switch does."""
        self.machine.run(
            f"echo {'pull-up' if is_high else 'pull-down'} >{self.directory}/sim_gpio{self.offset(name)}/pull")

    def is_driven_high(self, name):
        """What a line is at, whoever drives it."""
        return self.machine.output(f"cat {self.directory}/sim_gpio{self.offset(name)}/value") == "1"
