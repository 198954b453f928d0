// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Camera
import Console
import DetectionTrials
import JSON

/// `psws-bench acceptance`: what must not break, as one number of misses and one of false alerts for each target.
struct AcceptanceBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acceptance",
        abstract: "Minutes of simulated video of each target: clear events found, hardly a false alert.",
        discussion: """
            Each target is watched for --minutes in its usual scene: noise, hot and flickering pixels, seeing, \
            scintillation, drifting transparency, satellites and cosmic rays (one about every ten seconds), and a \
            target event about every ten seconds. Nine of ten events above 12 sigma must be found (of the whole event, \
            for an ideal matched filter; meteors, which must be linked frame by frame, above 24), and there may be \
            one false alert in three minutes at most. All misses and false alerts are listed.

            Exit code 0 if that holds, 1 if not.
            """)

    @Option(help: "Minutes of video of each target.")
    var minutes = 3.0

    @Option(help: "Seed of the scenes.")
    var seed: UInt64 = 1

    @Flag(help: "Print JSON, one object a target.")
    var json = false

    func run() async throws {
        let (minutes, seed) = (minutes, seed)
        let kinds = SceneConfiguration.Kind.allCases
        let reports = try await ConcurrentTrials.run(kinds, jobs: kinds.count) { kind in
            let trial = StandardTrials.acceptance(kind, seconds: 60 * minutes, seed: seed)
            return AcceptanceReport(kind: kind, minutes: minutes, outcome: try trial.run())
        }
        for report in reports { StandardOutput.write(json ? report.json : report.text) }
        guard reports.allSatisfy(\.isAccepted) else { throw ExitCode.failure }
    }
}

/// What became of one target's scene.
struct AcceptanceReport: Sendable {
    let kind: SceneConfiguration.Kind
    let minutes: Double
    let outcome: TrialOutcome

    /// Signal to noise from which on nine of ten events must be found.
    private var clear: Double { kind == .sky ? 24 : 12 }

    private var clearOnes: [Recovery] { outcome.recoveries.filter { $0.truth.signalToNoise >= clear } }
    private var faintOnes: [Recovery] { outcome.recoveries.filter { $0.truth.signalToNoise < clear } }
    private var clearFound: Int { clearOnes.count { $0.alert != nil } }
    private var faintFound: Int { faintOnes.count { $0.alert != nil } }

    var isAccepted: Bool {
        10 * clearFound >= 9 * clearOnes.count && 3 * Double(outcome.falseAlerts.count) <= max(minutes, 3)
    }

    var text: String {
        var lines = [
            "\(kind.rawValue): \(clearFound) of \(clearOnes.count) clear and \(faintFound) of \(faintOnes.count) faint events found, "
                + "\(outcome.falseAlerts.count) false alerts in \(minutes) min (\(outcome.frames) frames): "
                + (isAccepted ? "accepted" : "NOT ACCEPTED")
        ]
        for missed in outcome.recoveries where missed.alert == nil {
            let truth = missed.truth
            let place = truth.peak.map { " at (\(Int($0.x.rounded())), \(Int($0.y.rounded())))" } ?? ""
            lines.append(
                "  missed: \(truth.kind.rawValue) in frames \(truth.frameFirst)–\(truth.frameLast)\(place), signal to noise "
                    + "\(tenths(truth.signalToNoise))")
            lines += outcome.otherReports(of: truth).map { event in
                "    reported as \(event.kind.rawValue) in frames \(event.frameFirst)–\(event.frameLast), signal to noise "
                    + "\(tenths(event.signalToNoise)): \(event.reasons.map(\.code).joined(separator: ", "))"
            }
        }
        for event in outcome.falseAlerts {
            lines.append(
                "  false: \(event.kind.rawValue) in frames \(event.frameFirst)–\(event.frameLast) "
                    + "at (\(Int(event.x.rounded())), \(Int(event.y.rounded()))), signal to noise \(tenths(event.signalToNoise)): "
                    + event.reasons.map(\.code).joined(separator: ", "))
        }
        return lines.joined(separator: "\n")
    }

    var json: String {
        JSONText.object([
            ("target", .string(kind.rawValue)), ("minutes", .number(minutes)), ("frames", .integer(outcome.frames)),
            ("clear", .integer(clearOnes.count)), ("clear_found", .integer(clearFound)),
            ("faint", .integer(faintOnes.count)), ("faint_found", .integer(faintFound)),
            ("false_alerts", .integer(outcome.falseAlerts.count)), ("accepted", .boolean(isAccepted)),
        ]).description
    }

    private func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
