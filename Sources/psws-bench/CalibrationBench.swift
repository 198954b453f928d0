// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Camera
import Console
import Detection
import DetectionTrials
import JSON

/// `psws-bench calibrate`: from simulated trials to the coefficients of the events' probabilities.
struct CalibrationBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Fit the probabilities of events to simulated trials, and check them on others.",
        discussion: """
            Simulates what happens before each target, far more often than in nature; weighs each report by how often \
            the like happens in nature; fits a model for each kind of report; and prints how well its probabilities \
            come true on as many scenes with other seeds (reliability diagram). With --swift it prints the table for \
            Sources/Detection/Classification/CalibrationTable.swift instead. To be run again when classifiers change.
            """)

    @Option(help: "Scenes of each target to fit to, and as many to check with.")
    var scenes: UInt64 = 4

    @Option(help: "Seconds of each scene.")
    var seconds = 60.0

    @Option(help: "First seed.")
    var seed: UInt64 = 1

    @Flag(help: "Print the coefficients as Swift.")
    var swift = false

    @Flag(help: "Print JSON, one object a model and one for the reliability diagram of each target.")
    var json = false

    func run() async throws {
        let fitted = try await examples(seeds: seed..<(seed + scenes))
        let grouped = Dictionary(grouping: fitted, by: \.subject)
        let calibration = ProbabilityCalibration(models: grouped.mapValues(CalibrationFit.model))
        if swift {
            let command = "psws-bench calibrate --swift --scenes \(scenes) --seconds \(seconds) --seed \(seed)"
            StandardOutput.write(CalibrationSource(calibration: calibration, examples: grouped, command: command).text)
            return
        }
        let checked = try await examples(seeds: (seed + scenes)..<(seed + 2 * scenes))
        for (subject, model) in calibration.models.sorted(by: { $0.key.name < $1.key.name }) {
            report(subject, model, grouped[subject] ?? [])
        }
        for target in ObservationTarget.allCases {
            let members = checked.filter { $0.subject.target == target }
            report(target, ReliabilityDiagram(members.map { $0.prediction(by: calibration) }), count: members.count)
        }
    }

    private func examples(seeds: Range<UInt64>) async throws -> [CalibrationExample] {
        let seconds = seconds
        let targets = ObservationTarget.allCases
        return try await ConcurrentTrials.run(targets, jobs: targets.count) { target in
            try CalibrationTrials.examples(target, seconds: seconds, seeds: seeds)
        }.flatMap { $0 }
    }

    private func report(
        _ subject: ProbabilityCalibration.Subject, _ model: ProbabilityModel, _ examples: [CalibrationExample]
    ) {
        let right = examples.count(where: \.isTrue)
        if json {
            StandardOutput.write(
                JSONText.object([
                    ("model", .string(subject.name)), ("examples", .integer(examples.count)),
                    ("right", .integer(right)),
                    ("true_per_hour", .number(model.trueReportsPerHour)),
                    ("false_per_hour", .number(model.falseReportsPerHour)), ("intercept", .number(model.intercept)),
                    ("weights", .array(model.weights.map { .number($0) })),
                ]).description)
        } else {
            let wrong = Dictionary(grouping: examples.filter { !$0.isTrue }) { $0.cause?.rawValue ?? "nothing" }
            let causes = wrong.map { "\($0.value.count) \($0.key)" }.sorted().joined(separator: ", ")
            StandardOutput.write(
                "\(subject.name): \(right) of \(examples.count) right\(causes.isEmpty ? "" : ", wrong: " + causes); "
                    + "in nature \(Rounded(model.trueReportsPerHour)) right and \(Rounded(model.falseReportsPerHour)) "
                    + "wrong an hour; b \(Rounded(model.intercept)), "
                    + "w \(model.weights.map { "\(Rounded($0))" }.joined(separator: " "))")
        }
    }

    private func report(_ target: ObservationTarget, _ diagram: ReliabilityDiagram, count: Int) {
        if json {
            let bins = diagram.bins.map { bin in
                JSONText.object([
                    ("count", .integer(bin.count)), ("weight", .number(bin.weight)),
                    ("predicted", .number(bin.predicted)), ("observed", .number(bin.observed)),
                    ("observed_error", .number(bin.observedError)),
                ])
            }
            StandardOutput.write(
                JSONText.object([
                    ("reliability", .string(target.rawValue)), ("reports", .integer(count)),
                    ("calibration_error", .number(diagram.calibrationError)),
                    ("brier_score", diagram.brierScore.map { .number($0) } ?? .null), ("bins", .array(bins)),
                ]).description)
        } else {
            StandardOutput.write(
                "\(target.rawValue), other seeds: \(count) reports, calibration error "
                    + "\(Rounded(diagram.calibrationError)), Brier score \(Rounded(diagram.brierScore ?? .nan))")
            for bin in diagram.bins {
                StandardOutput.write(
                    "  said \(Rounded(bin.predicted)), came true \(Rounded(bin.observed)) ± "
                        + "\(Rounded(bin.observedError)) (\(bin.count) reports)")
            }
        }
    }
}

/// The table of coefficients as Swift source.
private struct CalibrationSource {
    let calibration: ProbabilityCalibration
    let examples: [ProbabilityCalibration.Subject: [CalibrationExample]]
    let command: String

    var text: String {
        let entries = calibration.models.sorted { $0.key.name < $1.key.name }.map { subject, model in
            let members = examples[subject] ?? []
            let weights = model.weights.map { "\(Rounded($0))" }.joined(separator: ", ")
            return """
                        // \(members.count(where: \.isTrue)) of \(members.count) reports were right.
                        Subject(.\(subject.target), .\(subject.kind)): ProbabilityModel(
                            intercept: \(Rounded(model.intercept)), weights: [\(weights)],
                            trueReportsPerHour: \(Rounded(model.trueReportsPerHour)),
                            falseReportsPerHour: \(Rounded(model.falseReportsPerHour))),
                """
        }
        return """
            // SPDX-License-Identifier: Apache-2.0

            extension ProbabilityCalibration {
                /// The calibration in use, made by `\(command)`.
                ///
                /// The scenes are `CalibrationTrials`, the prior rates `NaturalRates.standard`; the weights belong to excess,
                /// frames, misfit, drift and disturbance, in this order.
                public static let standard = ProbabilityCalibration(models: [
            \(entries.joined(separator: "\n"))
                ])
            }
            """
    }
}

extension ProbabilityCalibration.Subject {
    /// Target and kind, for tables.
    fileprivate var name: String { "\(target.rawValue)/\(kind.rawValue)" }
}

/// A number with four significant digits.
private struct Rounded: CustomStringConvertible {
    let description: String

    init(_ value: Double) {
        guard value != 0, value.isFinite else {
            description = "\(value)"
            return
        }
        var factor = 1.0
        while abs(value) * factor < 1000, factor < 1e9 { factor *= 10 }
        description = "\((value * factor).rounded() / factor)"
    }
}
