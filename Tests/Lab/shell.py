#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs a command as root in a machine that run.py --keep has left running.

  python3 Tests/Lab/shell.py SOCKET COMMAND
"""

import sys

from guest_agent import GuestAgent

if len(sys.argv) != 3:
    sys.exit(__doc__)
agent = GuestAgent(sys.argv[1])
result = agent.finish(agent.start(sys.argv[2]), 600)
print(result.output, end="")
print(result.errors, end="", file=sys.stderr)
sys.exit(result.code)
