# SPDX-License-Identifier: Apache-2.0
"""Compares the manual pages with what the programs print and with the example configurations.

usage: compare.py BIN     from the root of the package; BIN holds psws-agent, psws-server and psws
"""
import pathlib
import re
import shutil
import subprocess
import sys

PAGES = {
    "psws-agent": pathlib.Path("Sources/psws-agent/Manual/psws-agent.1"),
    "psws-server": pathlib.Path("Sources/psws-server/Manual/psws-server.1"),
    "psws": pathlib.Path("Sources/psws/Manual/psws.1"),
}
CONFIGURATION_PAGE = pathlib.Path("Sources/psws-agent/Manual/psws-agent.yaml.5")
EXAMPLES = pathlib.Path("firmware-config")


class Tally:
    """Counts the checks and prints a line for each."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, sentence, holds, why=""):
        self.passed += holds
        self.failed += not holds
        print(("ok      " if holds else "FAILED  ") + sentence + (f": {why}" if why and not holds else ""))

    def same(self, sentence, program, page):
        """Both sets must be equal, and not empty by mistake."""
        missing, surplus = sorted(program - page), sorted(page - program)
        why = [f"not in the page: {', '.join(missing)}"] * bool(missing)
        why += [f"only in the page: {', '.join(surplus)}"] * bool(surplus)
        self.check(f"{sentence} ({len(program)})", not why, "; ".join(why))


def help_of(program, *subcommands):
    """What `PROGRAM help SUBCOMMAND…` prints."""
    result = subprocess.run([program, "help", *subcommands], capture_output=True, text=True, timeout=60)
    if result.returncode != 0:
        sys.exit(f"{program} help {' '.join(subcommands)}: exit code {result.returncode}\n{result.stderr}")
    return result.stdout


def part(text, title):
    """The lines of a help text below `TITLE:`, up to the next title."""
    match = re.search(rf"^{title}:\n(.*?)(?=^[A-Z]+:|\Z)", text, re.M | re.S)
    return match[1].splitlines() if match else []


def options_of_help(text):
    """The options in the left column, as `--config` and `-o`."""
    options = set()
    for line in part(text, "OPTIONS"):
        match = re.match(r"  (-.+?)(?:  |$)", line)
        if match:
            options |= set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", match[1]))
    return options


def subcommands_of_help(text):
    return [match[1] for line in part(text, "SUBCOMMANDS") if (match := re.match(r"  ([a-z][a-z-]*)", line))]


def all_subcommands(program, path=()):
    """Every path of subcommands with its help text."""
    text = help_of(program, *path)
    yield path, text
    for name in subcommands_of_help(text):
        yield from all_subcommands(program, (*path, name))


def sections_of_page(path, macro):
    """The tags of a page's lists, given by `macro`, below the subsection in which they stand; "" before the first."""
    sections, name = {"": set()}, ""
    for line in path.read_text().splitlines():
        if line.startswith(".Sh "):
            name = ""
        elif line.startswith(".Ss "):
            name = line[4:]
            sections[name] = set()
        elif line.startswith(".It "):
            sections[name] |= set(re.findall(rf"\b{macro} (\S+)", line))
    return sections


def dashed(tags):
    """`-config` and `o` as the command line has them."""
    return {"-" + tag for tag in tags}


def check_options(tally, binaries, program, page):
    sections = sections_of_page(page, "Fl")
    common = dashed(sections[""])
    documented = set()
    for path, text in all_subcommands(str(binaries / program)):
        name = " ".join(path)
        documented.add(name)
        if not subcommands_of_help(text):
            tally.check(f"{program}: {name} has its place in the page", name in sections)
        own = dashed(sections.get(name, set()))
        tally.same(f"{program}: options of '{name}'", options_of_help(text), own | common)
    gone = {name for name, tags in sections.items() if tags and name not in documented | {""}}
    tally.check(f"{program}: the page has no subcommand that is gone", not gone, ", ".join(sorted(gone)))


def keys_of_yaml(lines):
    """The keys of an example as dotted paths, those that are commented out included.

    Enough of YAML for the examples: block sections, and flow sections in one line. A comment is a key if it is one
    word before a colon and no sentence.
    """
    keys, levels = set(), []
    for line in lines:
        comment = re.match(r"( *)# ?( *)(.*)", line)
        if comment:
            line = comment[1] + comment[2] + comment[3]
            if line.endswith("."):
                continue
        match = re.match(r"( *)(?:- )?(?:(\{.*\})|([a-z][a-z0-9_]*):(?: +(.*))?)$", line)
        if not match:
            continue
        indent, flow, key, value = len(match[1]), match[2], match[3], match[4] or ""
        while levels and levels[-1][0] >= indent:
            levels.pop()
        prefix = [name for _, name in levels]
        if key:
            keys.add(".".join([*prefix, key]))
            levels.append((indent, key))
            continue
        keys |= {".".join([*prefix, name]) for name in re.findall(r"[{,] *([a-z][a-z0-9_]*): ", flow)}
    return keys


def keys_of_page(path):
    """The keys of a page as dotted paths."""
    keys = set()
    for section, tags in sections_of_page(path, "Cm").items():
        prefix = "" if section in ("", "top level") else section + "."
        keys |= {prefix + tag for tag in tags}
    return keys


def check_agent_configuration(tally):
    page = keys_of_page(CONFIGURATION_PAGE)
    examples = sorted(EXAMPLES.glob("*.yaml"))
    tally.check("there are example configurations", len(examples) >= 3)
    everything = set()
    for example in examples:
        keys = keys_of_yaml(example.read_text().splitlines())
        # There is no solar wind to be predicted for the Moon and the sky.
        has_forecast = "target: jupiter" in example.read_text().splitlines()
        wanted = page if has_forecast else {key for key in page if key.split(".")[0] != "forecast"}
        tally.same(f"{example.name}: keys, commented ones included", keys, wanted)
        everything |= keys
    # What the program reads, by the name of the key alone: the source does not spell out the paths.
    source = "".join(file.read_text() for file in pathlib.Path("Sources/Agent/Configuration").glob("*.swift"))
    pattern = r'\.(?:read|readIfPresent|section|sections|sectionIfPresent|list|dictionary)\(\s*"([a-z0-9_]+)"'
    tally.same("keys that the agent reads, by name", set(re.findall(pattern, source)), {key.split(".")[-1] for key in page})


def check_server_configuration(tally, binaries):
    text = help_of(str(binaries / "psws-server"), "run")
    block = re.search(r"with the defaults:\n(.*?)\n\n", text, re.S)
    tally.check("psws-server help run shows a configuration", block is not None)
    if not block:
        return
    lines = [line[2:] for line in block[1].splitlines()]
    page = keys_of_page(PAGES["psws-server"]) - {"run"}
    sections = {key for key in keys_of_yaml(lines) if any(key + "." in other for other in page)}
    tally.same("psws-server: keys of the configuration", keys_of_yaml(lines) - sections, page)


def check_form(tally):
    """mandoc finds no error, where it is installed."""
    if not shutil.which("mandoc"):
        print("skipped mandoc -T lint: mandoc is not installed")
        return
    for page in [*PAGES.values(), CONFIGURATION_PAGE]:
        result = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", str(page)], capture_output=True, text=True)
        tally.check(f"{page.name}: mandoc has nothing to say", not result.stdout, result.stdout.strip())


def main():
    binaries = pathlib.Path(sys.argv[1])
    tally = Tally()
    for program, page in PAGES.items():
        check_options(tally, binaries, program, page)
    check_agent_configuration(tally)
    check_server_configuration(tally, binaries)
    check_form(tally)
    print(f"{tally.passed} passed, {tally.failed} failed")
    sys.exit(1 if tally.failed else 0)


main()
