// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Camera
import Console
import UTC

/// `psws-agent simulate`: a recording whose truth is known, for trying out a set-up without a sky.
struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Make a recording of a simulated scene with known flashes.",
        discussion: """
            Draws the Moon, Jupiter or the night sky as a camera at a telescope records it, with noise, pixel faults \
            and seeing, and lets things happen: flashes to be found, and satellites and cosmic rays to be told \
            from them. Writes a SER or YUV4MPEG2 file by the ending of its name. The same options give the same \
            recording, bit for bit.

            Beside SCENE.ser stand SCENE.truth.csv with a row for each event (kind, frames, times, place, \
            matched-filter signal to noise, flux) and SCENE.tracks.csv with a row for each frame of each event.

            Example, and what the detector makes of it:
              psws-agent simulate --target moon --seconds 20 --flashes 3 -o scene.ser
              psws-agent replay --target moon --json scene.ser
            """)

    @Option(help: "What the camera looks at: moon, jupiter or sky.")
    var target: SceneConfiguration.Kind = .moon

    @Option(help: "Length of the recording in seconds.")
    var seconds: Double = 20

    @Option(
        name: [.customLong("flashes"), .customLong("events")],
        help: "Number of events to be found: flashes on the Moon, fireballs on Jupiter, meteors in the sky.")
    var flashes = 3

    @Option(help: "Number of events that must not be taken for them: satellites, cosmic rays, insects.")
    var distractors = 0

    @Option(help: "Least signal to noise of an event, for an ideal matched filter over all its frames.")
    var snrMin: Double = 12

    @Option(help: "Greatest signal to noise of an event.")
    var snrMax: Double = 30

    @Option(help: "Decides every random number of the scene.")
    var seed: UInt64 = 1

    @Option(help: "Columns of a frame; as usual for the target if not given.")
    var width: Int?

    @Option(help: "Rows of a frame; as usual for the target if not given.")
    var height: Int?

    @Option(help: "Frames per second; as usual for the target if not given.")
    var fps: Double?

    @Option(help: "Bits of a sample, 8 to 16.")
    var bits = 8

    @Option(help: "Optical depth of passing clouds; 0 is a clear sky, 1 is thick.")
    var clouds: Double = 0

    @Option(help: ArgumentHelp("Start of the recording, UTC.", valueName: "iso8601"))
    var start: UTCInstant = .defaultSceneStart

    @Option(
        name: [.short, .long],
        help: "Recording to write, ending in .ser or .y4m; - writes YUV4MPEG2 to standard output, without truth.")
    var output: String

    func validate() throws {
        guard (0...10_000).contains(flashes), (0...10_000).contains(distractors) else {
            throw ValidationError("The numbers of flashes and distractors must be 0 to 10000.")
        }
        guard snrMin > 0, snrMin <= snrMax, snrMax.isFinite else {
            throw ValidationError("The signal to noise must be positive, with --snr-min not above --snr-max.")
        }
    }

    func run() throws {
        let recording = try SceneRecording.write(configuration, to: output)
        // Results go to standard output only where the recording itself does not.
        guard output != SceneRecording.standardOutput else { return }
        StandardOutput.write("\(recording.path): \(recording.frameCount) frames")
        for event in recording.truth {
            let ratio = (event.signalToNoise * 10).rounded() / 10
            StandardOutput.write(
                "  \(event.kind.rawValue) in frames \(event.frameFirst)-\(event.frameLast), signal to noise \(ratio)")
        }
        if let events = recording.eventsPath { StandardOutput.write("\(events): the truth, a row for each event") }
        if let tracks = recording.tracksPath {
            StandardOutput.write("\(tracks): the truth, a row for each frame of each event")
        }
    }

    /// The scene that the options describe.
    private var configuration: SceneConfiguration {
        var scene = SceneConfiguration.preset(
            target, width: width, height: height, framesPerSecond: fps, durationSeconds: seconds, bitsPerSample: bits,
            seed: seed)
        scene.start = start
        scene.atmosphere.cloudOpticalDepth = clouds
        scene.atmosphere.cloudGlowElectronsPerPixel = 40 * min(clouds, 1)
        scene.inject(count: flashes, signalToNoise: snrMin...snrMax, kinds: [target.flashKind], seed: seed)
        scene.inject(
            count: distractors, signalToNoise: snrMin...snrMax, kinds: [.satellite, .cosmicRay, .insect],
            seed: seed &+ 1)
        return scene
    }
}
