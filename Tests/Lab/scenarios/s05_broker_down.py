# SPDX-License-Identifier: Apache-2.0
"""The broker is down while many events happen: all of them arrive when it is back, in order, once."""

EVENTS = 50
# Where the time is short, what can be seen without a machine comes last.
ALSO_SEEN_BY = "Tests/EndToEnd/crash.py"


def run(lab):
    # An hour of simulated camera, or the same number of events from a recording, as fast as it can be searched.
    if lab.is_full:
        lab.station.configure("sky", (
            f"{{kind: simulated, width: 160 px, height: 120 px, simulated: {{seed: {lab.chance.randrange(1000)}, "
            f"duration: 60 min, event_rate: {EVENTS * 1.5:.0f} /h, event_snr: 40, distractors: false}}}}"))
    else:
        lab.recording(
            "many.ser", "--target", "sky", "--width", 160, "--height", 120, "--fps", 25, "--seconds", 140,
            "--flashes", EVENTS + 12, "--snr-min", 60, "--snr-max", 80, "--start", "2026-03-01T00:00:00Z")
        # Little evidence of each: what is tried here is the sending.
        lab.station.configure(
            "sky", "{kind: file, file: {paths: [/lab/many.ser]}}",
            evidence="{frames_before: 1, frames_after: 1, margin: 2 px, minimum_side: 8 px}")
    lab.centre.program.kill()
    try:
        mark = lab.station.start(restarts=False)
        searched = lab.machine.await_journal("frames searched", lab.choose(400, 3700), mark)
        lab.expect(searched, "the agent ends its search without a broker")
        waiting = [entry.ivorn for entry in lab.station.outbox() if entry.state == "pending"]
        lab.expect(len(waiting) >= EVENTS, f"at least {EVENTS} events wait in the outbox", len(waiting))
        lab.expect(
            lab.machine.await_journal("could not be sent, next attempt in", 10, mark), "the journal says so")
    finally:
        lab.start_centre()
    arrived = lab.await_archived(len(waiting), 60)
    lab.expect(sorted(arrived) == sorted(waiting), "all arrive, once", f"{len(arrived)} of {len(waiting)}")
    lab.expect(arrived == waiting, "in the order in which they happened")
    result = lab.station.await_end(90)
    lab.expect(result == "success", "the agent ends cleanly", result)
    again = lab.accepted_again()
    lab.expect(not again, "no event was sent twice", again)
    return f"all {len(arrived)} events arrived when the broker was back, in order, once"
