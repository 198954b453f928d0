# SPDX-License-Identifier: Apache-2.0
"""Checks that the tables of psws are understood by STILTS, astropy and speasy, and theirs by psws; called by run.sh."""

import datetime
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import warnings

import numpy
from astropy.io.votable import parse, tree, validator  # noqa: F401  (validator: volint)
from astropy.io.votable import exceptions

PSWS = pathlib.Path(os.environ["PSWS_BIN"]).resolve() / "psws"
HOURS = 24 * 130
results = {"passed": 0, "failed": 0}


def check(sentence, holds, detail=""):
    """Prints one line for a check and counts it."""
    results["passed" if holds else "failed"] += 1
    print(("ok      " if holds else "FAILED  ") + sentence + (f" [{detail}]" if detail and not holds else ""), flush=True)
    return holds


def omni2(path):
    """An OMNI2 file with two streams that take turns."""
    first = datetime.datetime(2016, 1, 1)
    lines = []
    for hour in range(HOURS):
        time = first + datetime.timedelta(hours=hour)
        fast = hour // 80 % 3 == 0
        words = ["0"] * 55
        words[0:3] = [str(time.year), str(time.timetuple().tm_yday), str(time.hour)]
        words[12:15] = ["3.0", "-4.0" if fast else "4.0", "1.0"]
        words[22:27] = ["200000", "3.0", "600", "0.0", "0.0"] if fast else ["60000", "9.0", "380", "0.0", "0.0"]
        words[29:32] = ["10000", "0.5", "8"]
        lines.append(" ".join(words))
    path.write_text("\n".join(lines) + "\n")


def psws(*arguments):
    """Exit code, standard output and standard error of psws."""
    done = subprocess.run([PSWS, *map(str, arguments)], capture_output=True, timeout=300, check=False)
    return done.returncode, done.stdout, done.stderr.decode(errors="replace")


def made(path, *arguments):
    """What a command of psws prints, in a file."""
    code, output, error = psws(*arguments)
    path.write_bytes(output)
    check(f"psws {arguments[0]} makes {path.name}", code == 0 and output and not error, error)
    return path


def remarks_of_astropy(path):
    """What volint says, as lines; nothing for a file without a fault."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", exceptions.VOWarning)
        parse(path, verify="warn")
    return [str(item.message) for item in caught]


def own_tables(home):
    """Files of psws in the readers of the field."""
    omni2(home / "omni2.dat")
    common = ["propagate", "--target", "mars", "--from", "2016-04-01", "--to", "2016-04-20", home / "omni2.dat"]
    tables = {
        "series.vot": made(home / "series.vot", *common, "--format", "votable"),
        "series-binary2.vot": made(home / "series-binary2.vot", *common, "--format", "binary2"),
        "ensemble.vot": made(
            home / "ensemble.vot", *common, "--format", "votable", "--members", 4, "--member-cells", 4,
            "--where", "v > 450 km/s"),
    }
    search = ["intervals", "--where", "v > 450 km/s", "--hysteresis", "1"]
    tables["catalogue.vot"] = made(home / "catalogue.vot", *search, tables["ensemble.vot"])
    tables["timetable.vot"] = made(home / "timetable.vot", *search, "--format", "timetable", tables["series-binary2.vot"])
    for name, path in tables.items():
        check(f"astropy's volint has nothing to say about {name}", not (said := remarks_of_astropy(path)), said)
    if shutil.which("stilts"):
        for name, path in tables.items():
            done = subprocess.run(["stilts", "votlint", f"votable={path}"], capture_output=True, timeout=120, check=False)
            said = (done.stdout + done.stderr).decode(errors="replace").strip()
            check(f"STILTS votlint has nothing to say about {name}", done.returncode == 0 and not said, said[:300])
    else:
        print("SKIPPED STILTS votlint: the Debian package stilts is not installed", flush=True)
    text = parse(tables["series.vot"]).get_first_table().array
    packed = parse(tables["series-binary2.vot"]).get_first_table().array
    same = all(
        numpy.array_equal(numpy.asarray(text[name]), numpy.asarray(packed[name]))
        for name in text.dtype.names)
    check("astropy reads the same from text and from bytes", same and len(text) == 20 * 24)
    header = (tables["timetable.vot"]).read_bytes()
    check("the lines of the time table's description stand byte for byte", b"Name : PSWS mars v &gt; 450.0 km/s;\nMode : tao;\n" in header)
    with_speasy(tables)
    return tables


def with_speasy(tables):
    """The loaders that AMDA's users have."""
    try:
        os.environ.setdefault("SPEASY_SKIP_INIT_PROVIDERS", "amda,csa,ssc,cda,archive,uiowaephtool")
        from speasy.core.impex.utils import load_catalog, load_timetable
    except Exception as error:  # whatever keeps it from being imported
        print(f"SKIPPED speasy: it cannot be imported here ({error!r:.200})", flush=True)
        return
    table = load_timetable(str(tables["timetable.vot"]))
    expected = re.findall(r"<TR><TD>(.*?)</TD><TD>(.*?)</TD></TR>", tables["timetable.vot"].read_text())
    found = [(item.start_time.replace(tzinfo=None), item.stop_time.replace(tzinfo=None)) for item in table]
    check("speasy loads the time table, every begin and end", len(found) > 1 and [
        tuple(time.isoformat(timespec="milliseconds") for time in pair) for pair in found] == expected, found)
    check("  and its name", table.name.strip() == "PSWS mars v > 450.0 km/s", table.name)
    catalogue = load_catalog(str(tables["catalogue.vot"]))
    event = catalogue[0]
    check("speasy loads the catalogue with peak and probability", {"v_max", "prob", "quality"} <= set(event.meta), event.meta)


def their_tables(home, tables):
    """Files that astropy wrote, in psws."""
    search = ["intervals", "--where", "v > 450 km/s", "--format", "json"]
    code, expected, _ = psws(*search, tables["series.vot"])
    check("psws reads its own table", code == 0)
    table = parse(tables["series.vot"])
    for form in ["tabledata", "binary", "binary2"]:
        path = home / f"astropy-{form}.vot"
        table.to_xml(str(path), tabledata_format=form)
        code, output, error = psws(*search, path)
        check(f"psws finds the same intervals in what astropy wrote as {form}", code == 0 and output == expected, error)
    if shutil.which("stilts"):
        for form in ["binary", "binary2", "tabledata"]:
            path = home / f"stilts-{form}.vot"
            subprocess.run(
                ["stilts", "tcopy", f"in={tables['series.vot']}", "ifmt=votable", f"out={path}",
                 f"ofmt=votable-{form}-inline" if form != "tabledata" else "ofmt=votable-tabledata"],
                check=False, capture_output=True, timeout=120)
            code, output, error = psws(*search, path)
            same = re.search(rb'"intervals".*', output) and re.search(rb'"intervals".*', output)[0] == re.search(
                rb'"intervals".*', expected)[0]
            check(f"psws finds the same intervals in what STILTS wrote as {form}", code == 0 and same, error)
    cut = home / "cut.vot"
    cut.write_bytes(tables["series.vot"].read_bytes()[:20_000])
    code, output, error = psws(*search, cut)
    check("a table that breaks off is refused with its place", code == 1 and not output and re.search(r"cut.vot:\d+:\d+: P01", error), error)


def main():
    with tempfile.TemporaryDirectory(prefix="psws-tables-") as name:
        home = pathlib.Path(name)
        their_tables(home, own_tables(home))
    print(f"tables: {results['passed']} checks passed, {results['failed']} failed")
    sys.exit(1 if results["failed"] else 0)


if __name__ == "__main__":
    main()
