#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Real recordings with known truth through `psws-agent replay`: what is found, and what is found that is not there.

    Tests/Recordings/recordings.py [--data DIR] [--bin DIR] [--misses N] [--false-tracks N] [--golden | --write-golden]
                                   [NAME ...]

DIR has INDEX.tsv, ff/ (maximum, time of maximum, mean and deviation of 256 frames of a meteor camera, FITS), clips/
(videos) and truth/. It is --data, or recordings/ in $PSWS_SHARED/data, or in ../shared/data beside the repository;
without one the script says so and ends well. NAME keeps the recordings whose file name contains it.

A labelled meteor is found if at least two points, or 30 % of the points, of an alert's track lie within 15 pixels of
the truth within three frames. An alert that finds none is a false track. The exit code is 1 if more meteors are missed
or more false tracks made than allowed.

Needs python3 with numpy, and ffmpeg for the clips.
"""
import argparse
import collections
import json
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
GOLDEN = HERE / "golden.tsv"
REACH_PIXELS = 15
REACH_FRAMES = 3


# --- Pictures of 256 frames -------------------------------------------------------------------------------------------


def read_fits_images(path):
    """The images of a FITS file's extensions, one after the other, as 32-bit floats, with their names."""
    data = path.read_bytes()
    images = {}
    offset = 0
    while offset < len(data):
        cards = {}
        while True:
            block = data[offset : offset + 2880].decode("ascii")
            offset += 2880
            lines = [block[i : i + 80] for i in range(0, 2880, 80)]
            for line in lines:
                match = re.match(r"([A-Z0-9_-]+) *= *('(?:[^']*)'|[^/ ]+)", line)
                if match:
                    cards[match[1]] = match[2].strip("' ")
            if any(line.startswith("END ") for line in lines) or len(block) < 2880:
                break
        axes = [int(cards[f"NAXIS{i + 1}"]) for i in range(int(cards.get("NAXIS", 0)))]
        bits = int(cards.get("BITPIX", 8))
        count = math.prod(axes) if axes else 0
        size = count * abs(bits) // 8
        if cards.get("XTENSION", "").strip() == "BINTABLE":
            raise ValueError("is compressed")
        if count:
            kind = {8: "u1", 16: ">i2", 32: ">i4", -32: ">f4", -64: ">f8"}[bits]
            values = np.frombuffer(data, kind, count, offset).astype(np.float32)
            values = values * float(cards.get("BSCALE", 1)) + float(cards.get("BZERO", 0))
            images[cards.get("EXTNAME", str(len(images)))] = values.reshape(axes[::-1])
        offset += -(-size // 2880) * 2880
    return images


def animate(path, seed=0):
    """The 256 frames that a picture of maximum, its time, mean and deviation stands for.

    Each pixel is its maximum in the frame that it belongs to, and normally distributed noise below that in the others.
    """
    images = list(read_fits_images(path).values())
    maximum, frame_of_maximum, mean, deviation = images[:4]
    random = np.random.default_rng(seed)
    for number in range(256):
        frame = np.rint(mean + deviation * random.standard_normal(mean.shape, dtype=np.float32))
        frame = np.minimum(frame, np.maximum(maximum - 1, mean))
        frame = np.where(frame_of_maximum == number, maximum, frame)
        yield np.clip(frame, 0, 255).astype(np.uint8)


def write_y4m(frames, path, rate=25):
    with open(path, "wb") as file:
        for number, frame in enumerate(frames):
            if number == 0:
                file.write(b"YUV4MPEG2 W%d H%d F%d:1 Ip A1:1 Cmono\n" % (frame.shape[1], frame.shape[0], rate))
            file.write(b"FRAME\n" + frame.tobytes())


# --- Truth ------------------------------------------------------------------------------------------------------------


def truth_of_pictures(directory):
    """Frames and places of the meteors in all FTPdetectinfo files: {FITS file: [(frame, x, y), ...]}."""
    truth = {}
    for path in sorted(directory.glob("FTPdetectinfo*.txt")):
        if "manual" in path.name:
            continue
        name = None
        for line in path.read_text(errors="replace").splitlines():
            words = line.split()
            if len(words) == 1 and words[0].endswith(".fits"):
                name = words[0]
            elif name and len(words) == 9 and re.fullmatch(r"\d+\.\d+", words[0]):
                truth.setdefault(name, []).append(tuple(float(word) for word in words[:3]))
    return truth


def truth_of_clip(path):
    """Frames and places of a clip's meteor: [(frame, x, y), ...]."""
    lines = path.read_text().splitlines()[1:]
    return [tuple(float(word) for word in line.split(",")[:3]) for line in lines]


Recording = collections.namedtuple("Recording", "name path target truth")


def recordings(data):
    """All recordings of a directory, with their truth; without truth nothing may be found."""
    meteors = truth_of_pictures(data / "truth")
    rows = [line.split("\t") for line in (data / "INDEX.tsv").read_text().splitlines()]
    for row in rows[1:]:
        entry = dict(zip(rows[0], row))
        path = data / entry["file"]
        if path.suffix == ".fits":
            yield Recording(path.stem, path, "sky", meteors[path.name])
        else:
            isNegative = entry["ground_truth"].startswith("negative") or "negative" in entry["shows"]
            truth = [] if isNegative else truth_of_clip(data / "truth" / f"{path.stem}.csv")
            yield Recording(path.stem, path, "moon" if isNegative else "sky", truth)


# --- Running and scoring ----------------------------------------------------------------------------------------------


def prepare(recording, directory):
    """The recording as YUV4MPEG2."""
    video = pathlib.Path(directory) / f"{recording.name}.y4m"
    if recording.path.suffix == ".fits":
        write_y4m(animate(recording.path), video)
    else:
        subprocess.run(
            ["ffmpeg", "-v", "error", "-i", recording.path, "-vf", "format=gray", "-f", "yuv4mpegpipe", "-strict", "-1", video],
            check=True,
        )
    return video


def replay(agent, recording, video):
    """The events that the agent reports."""
    command = [agent, "replay", "--target", recording.target, "--start", "2026-01-01T00:00:00Z", "--json", video]
    result = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    return [line for line in lines if "summary" not in line]


def agrees(event, truth):
    """True if enough points of a track lie on the true one."""
    hits = sum(
        any(
            abs(point[0] - frame) <= REACH_FRAMES and math.hypot(point[1] - x, point[2] - y) <= REACH_PIXELS
            for frame, x, y in truth
        )
        for point in event["track"]
    )
    return hits >= 2 or hits >= 0.3 * len(event["track"])


def summary(recording, event):
    first, last = event["track"][0], event["track"][-1]
    return [recording.name, event["kind"], event["frame_first"], event["frame_last"]] + [
        round(value) for value in (*first[1:3], *last[1:3])
    ]


def differences(rows):
    """What differs from the golden file by more than three frames or twelve pixels."""
    golden = [line.split("\t") for line in GOLDEN.read_text().splitlines() if line and not line.startswith("#")]
    names = {row[0] for row in rows}

    def agree(row, line):
        # The ends of a track are its faintest spots, so that its length may change while it stays the same motion.
        frames = all(abs(row[i] - int(line[i])) <= 3 for i in (2, 3))
        places = all(abs(row[i] - int(line[i])) <= 12 for i in range(4, 8))
        return row[:2] == line[:2] and frames and places

    for line in golden:
        if line[0] in names and not any(agree(row, line) for row in rows):
            yield "golden, but not now: " + " ".join(line)
    for row in rows:
        if len(row) > 1 and not any(agree(row, line) for line in golden):
            yield "now, but not golden: " + " ".join(str(word) for word in row)


def data_directory(given):
    shared = pathlib.Path(os.environ.get("PSWS_SHARED", ROOT.parent / "shared"))
    return pathlib.Path(given) if given else shared / "data" / "recordings"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", help="directory with INDEX.tsv")
    parser.add_argument("--bin", default=os.environ.get("PSWS_BIN", ROOT / ".build" / "release"), help="where psws-agent is")
    parser.add_argument("--misses", type=int, default=1, help="meteors that may be missed (default: 1)")
    parser.add_argument("--false-tracks", type=int, default=1, help="false tracks allowed in total (default: 1)")
    parser.add_argument("--golden", action="store_true", help="compare the meteors with golden.tsv, too")
    parser.add_argument("--write-golden", action="store_true", help="write golden.tsv anew")
    parser.add_argument("names", nargs="*", help="parts of names of recordings; without any, all")
    options = parser.parse_args()
    data = data_directory(options.data)
    if not (data / "INDEX.tsv").exists():
        print(f"skipped: no recordings in {data}")
        return 0
    agent = pathlib.Path(options.bin) / "psws-agent"
    found = labelled = false = 0
    rows = []
    with tempfile.TemporaryDirectory() as directory:
        for recording in recordings(data):
            if options.names and not any(name in recording.name for name in options.names):
                continue
            video = prepare(recording, directory)
            events = replay(agent, recording, video)
            video.unlink()
            alerts = [event for event in events if event["alert"]]
            hits = [event for event in alerts if recording.truth and agrees(event, recording.truth)]
            labelled += bool(recording.truth)
            found += bool(hits)
            false += len(alerts) - len(hits)
            # What is false now is no standard for later.
            rows += [summary(recording, event) for event in hits] or [[recording.name]]
            state = "nothing to find" if not recording.truth else "found" if hits else "MISSED"
            others = collections.Counter(event["kind"] for event in events if not event["alert"])
            print(
                f"{recording.name}: {state}, {len(alerts) - len(hits)} false tracks, other reports: {dict(others)}", flush=True
            )
            for event in alerts:
                if event not in hits:
                    print("   false:", *summary(recording, event)[1:])
    print(f"found {found} of {labelled} meteors, {false} false tracks")
    if options.write_golden:
        lines = ["\t".join(str(word) for word in row) for row in rows if len(row) > 1]
        origin = [line for line in GOLDEN.read_text().splitlines() if line.startswith("#")] if GOLDEN.exists() else []
        GOLDEN.write_text("\n".join(origin + lines) + "\n")
    changes = list(differences(rows)) if options.golden else []
    print(*changes, sep="\n", end="\n" if changes else "")
    return 1 if labelled - found > options.misses or false > options.false_tracks or changes else 0


if __name__ == "__main__":
    sys.exit(main())
