# SPDX-License-Identifier: Apache-2.0
"""Counts checks and prints a line for each."""


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, sentence, holds, detail=""):
        self.passed += bool(holds)
        self.failed += not holds
        why = f": {detail}" if detail and not holds else ""
        print(("ok      " if holds else "FAILED  ") + sentence + why, flush=True)

    def end(self):
        """Prints the sums; the exit code."""
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0
