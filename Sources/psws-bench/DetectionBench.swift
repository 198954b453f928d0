// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Camera
import DetectionTrials

/// `psws-bench detection`: how much of what happens is found, and how much is found that did not happen.
struct DetectionBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detection",
        abstract: "Completeness, false alerts and errors of measurement on simulated scenes.")

    @Option(help: "Seconds of each simulated scene.")
    var seconds = 120.0

    @Option(help: "Seed of the scenes; the same seed gives the same table.")
    var seed: UInt64 = 1

    @Flag(help: "Print JSON, one object a line, instead of a table.")
    var json = false

    func run() throws {
        for kind in SceneConfiguration.Kind.allCases {
            for range in [5.0...7.0, 7.0...9.0, 9.0...12.0, 12.0...20.0] {
                let factor = kind == .sky ? 2.0 : 1.0
                let scaled = (range.lowerBound * factor)...(range.upperBound * factor)
                let outcome = try StandardTrials.injection(
                    kind, seconds: seconds, signalToNoise: scaled, seed: seed
                ).run()
                printCompleteness(kind, scaled, outcome)
            }
        }
        for kind in SceneConfiguration.Kind.allCases {
            for distractor in [SceneEvent.Kind?.none, .satellite, .cosmicRay, .aircraft, .insect, .lightning] {
                let outcome = try StandardTrials.distraction(
                    kind, by: distractor, seconds: seconds, seed: seed
                ).run()
                printFalseAlerts(kind, distractor?.rawValue ?? "nothing", outcome)
            }
            let outcome = try StandardTrials.cloud(kind, seconds: seconds, seed: seed).run()
            printFalseAlerts(kind, "thin_cloud", outcome)
        }
    }

    private func printCompleteness(
        _ kind: SceneConfiguration.Kind, _ range: ClosedRange<Double>, _ outcome: TrialOutcome
    ) {
        let recoveries = outcome.recoveries
        let found = recoveries.filter { $0.alert != nil }
        let place = DetectionBench.median(found.compactMap(\.placeErrorPixels))
        let ratio = DetectionBench.median(found.compactMap(\.signalToNoiseRatio))
        let flux = DetectionBench.median(found.compactMap { $0.fluxRatio(gain: outcome.gain) })
        if json {
            print(
                "{\"test\": \"completeness\", \"target\": \"\(kind.rawValue)\", \"rho_low\": \(range.lowerBound), "
                    + "\"rho_high\": \(range.upperBound), \"events\": \(recoveries.count), \"found\": \(found.count), "
                    + "\"false_alerts\": \(outcome.falseAlerts.count), \"threshold\": \(outcome.thresholdSigma), "
                    + "\"place_error_px\": \(DetectionBench.json(place)), \"snr_ratio\": \(DetectionBench.json(ratio)), "
                    + "\"flux_ratio\": \(DetectionBench.json(flux))}")
        } else {
            print(
                "\(kind.rawValue): ρ \(range.lowerBound)…\(range.upperBound): \(found.count) of \(recoveries.count) found, "
                    + "\(outcome.falseAlerts.count) false; median place error \(DetectionBench.text(place)) px, "
                    + "ρ/true \(DetectionBench.text(ratio)), flux/true \(DetectionBench.text(flux))")
        }
    }

    private func printFalseAlerts(_ kind: SceneConfiguration.Kind, _ distractor: String, _ outcome: TrialOutcome) {
        let count = outcome.falseAlerts.count
        let hours = Double(outcome.frames) / outcome.framesPerSecond / 3600
        if json {
            print(
                "{\"test\": \"false_alerts\", \"target\": \"\(kind.rawValue)\", \"distractor\": \"\(distractor)\", "
                    + "\"hours\": \(hours), \"false_alerts\": \(count)}")
        } else {
            print("\(kind.rawValue), \(distractor): \(count) false alerts in \(DetectionBench.text(hours * 60)) min")
        }
    }

    private static func median(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.sorted()[values.count / 2]
    }

    private static func text(_ value: Double?) -> String {
        value.map { "\(($0 * 100).rounded() / 100)" } ?? "–"
    }

    private static func json(_ value: Double?) -> String { value.map { "\($0)" } ?? "null" }
}
