// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import DetectionTrials

/// How often nothing raises an alert.
struct FalseAlarmBench {
    /// What is watched.
    let kinds: [SceneConfiguration.Kind]
    /// What may be mistaken.
    let nuisances: [Nuisance]
    /// Columns and rows of the frames.
    let size: FrameSize
    /// Length of each scene; that of noise alone is four times as long, because the formula is held against it.
    let seconds: Double
    /// Decides every random number.
    let seed: UInt64

    /// Runs each nuisance of each target.
    func run(jobs: Int) async throws -> BenchSection {
        let trials = kinds.flatMap { kind in
            nuisances.map { nuisance in
                NuisanceTrial(
                    kind: kind, nuisance: nuisance, width: size.width, height: size.height,
                    seconds: nuisance == .gaussianNoise ? 4 * seconds : seconds, seed: seed)
            }
        }
        let outcomes = try await ConcurrentTrials.run(trials, jobs: jobs) { try $0.run() }
        return BenchSection(
            tables: [try rates(outcomes), confusion(outcomes)],
            plots: [("false-alarms", try plot(outcomes))])
    }

    private func rates(_ outcomes: [NuisanceOutcome]) throws -> BenchTable {
        var table = BenchTable(
            name: "false_alarms", title: "False alarms",
            columns: [
                .init(name: "target", heading: "target"), .init(name: "nuisance", heading: "nuisance"),
                .init(name: "minutes", heading: "minutes"), .init(name: "distractors", heading: "distractors"),
                .init(name: "alerts", heading: "alerts"), .init(name: "threshold", heading: "threshold"),
                .init(name: "tail_threshold", heading: "tail from"), .init(name: "tail_count", heading: "in tail"),
                .init(name: "tail_slope", heading: "slope"),
                .init(name: "alerts_10h", heading: "alerts in 10 h"),
                .init(name: "alerts_10h_limit", heading: "below (95 %)"),
                .init(name: "alerts_10h_1080p", heading: "in 10 h of 1920×1080"),
            ])
        var large: [SceneConfiguration.Kind: Double] = [:]
        for kind in [SceneConfiguration.Kind.moon, .jupiter] {
            large[kind] = try FalseAlarmBench.threshold(kind, width: 1920, height: 1080, ratePerHour: 1)
        }
        for outcome in outcomes {
            let ten = outcome.alertsInTenHours
            let scaled = large[outcome.kind].flatMap {
                outcome.alertsInTenHours(
                    pixelCount: 1920 * 1080, framesPerSecond: outcome.framesPerSecond, thresholdSigma: $0)
            }
            table.rows.append([
                .word(outcome.kind.rawValue), .word(outcome.nuisance.rawValue),
                .number(60 * outcome.hours, decimals: 1),
                .count(outcome.truth.count), .count(outcome.alerts.count), .number(outcome.thresholdSigma),
                .number(outcome.tail?.threshold), outcome.tail.map { .count($0.count) } ?? .number(nil),
                .number(outcome.tail?.slope), .number(ten.expected, decimals: 1), .number(ten.limit, decimals: 1),
                .number(scaled, decimals: 1),
            ])
        }
        table.notes = [
            "Goal: at most one alert in ten hours of each. Beside the station's detector a second one sees the same frames, "
                + "with a threshold that noise passes once a second; the signal to noise u of its alerts is the tail. "
                + "The squares of what Gaussian noise gives above a threshold u₀ are distributed as exp(−(u² − u₀²)/2): the "
                + "logarithm of the rate falls with the square of the threshold, by a slope of 0.5. A fatter tail has a "
                + "smaller slope, which is fitted from five alerts on; the rate at the station's threshold follows from "
                + "rate and slope, and for larger frames from their threshold and the number of pixels and frames. The "
                + "limit (95 %) takes the Poisson limit of the count and a slope 1.645 standard errors lower; with fewer "
                + "than five alerts in the tail a slope of 0.25, half of that of Gaussian noise, is taken. A sky's alerts "
                + "are tracks, whose threshold is another: there the limit is that of the counted alerts in the time "
                + "seen. Alerts that distractors raise are in the table below; rates and limits are those of the others."
        ]
        return table
    }

    private func confusion(_ outcomes: [NuisanceOutcome]) -> BenchTable {
        var table = BenchTable(
            name: "confusion", title: "What distractors were reported as",
            columns: [
                .init(name: "target", heading: "target"), .init(name: "nuisance", heading: "distractors"),
                .init(name: "count", heading: "number"), .init(name: "reported_as", heading: "reported as"),
            ])
        for outcome in outcomes where !outcome.truth.isEmpty {
            table.rows.append([
                .word(outcome.kind.rawValue), .word(outcome.nuisance.rawValue), .count(outcome.truth.count),
                .word(outcome.reportedAs.map { "\($0.name) \($0.count)" }.joined(separator: ", ")),
            ])
        }
        return table
    }

    /// What detectors with a low threshold report in Gaussian noise, alerts or not, and what their own field formula says.
    private func plot(_ outcomes: [NuisanceOutcome]) throws -> SVGPlot {
        var plot = SVGPlot(
            title: "False alarms of Gaussian noise against the threshold",
            x: PlotAxis(title: "threshold, σ", range: 4.5...7.5),
            y: PlotAxis(title: "false alarms an hour", range: 0.1...1e5, isLogarithmic: true))
        let noises = outcomes.filter { $0.nuisance == .gaussianNoise && $0.tail != nil }
        for outcome in noises {
            let width = outcome.kind == .jupiter ? size.height : size.width
            let line = try (-4...20).map { step in
                let rate = FalseAlarmBench.tenth(step)
                return PlotSeries.Point(
                    x: try FalseAlarmBench.threshold(
                        outcome.kind, width: width, height: size.height, ratePerHour: rate), y: rate)
            }
            plot.series.append(
                PlotSeries(
                    name: "\(outcome.kind.rawValue): field formula",
                    style: outcome.kind == .moon ? .line : .dashed, isReference: true, points: line))
        }
        for outcome in noises {
            guard let start = outcome.tail?.threshold else { continue }
            let points = stride(from: start, to: 7.5, by: 0.2).compactMap { threshold -> PlotSeries.Point? in
                let count = outcome.reportedSignalToNoise.count { $0 >= threshold }
                guard count > 0 else { return nil }
                let (number, error) = (Double(count), Double(count).squareRoot())
                return PlotSeries.Point(
                    x: threshold, y: number / outcome.hours,
                    range: max(number - error, 0.05) / outcome.hours...(number + error) / outcome.hours)
            }
            guard !points.isEmpty else { continue }
            plot.series.append(PlotSeries(name: "\(outcome.kind.rawValue): measured", style: .points, points: points))
        }
        return plot
    }

    /// The threshold that a detector sets itself for a rate of false alarms.
    private static func threshold(
        _ kind: SceneConfiguration.Kind, width: Int, height: Int, ratePerHour: Double
    ) throws -> Double {
        let scene = SceneConfiguration.preset(kind)
        var settings = DetectorConfiguration.standard(
            for: kind.observationTarget, framesPerSecond: scene.framesPerSecond)
        settings.falseAlarmsPerHour = ratePerHour
        guard let format = FrameFormat(width: width, height: height, bitsPerSample: 8) else { return .nan }
        return try Detector(configuration: settings, format: format).status.thresholdSigma
    }

    /// Ten to a fourth of a whole number.
    private static func tenth(_ fourths: Int) -> Double {
        var value = 1.0
        let factor = 1.778_279_410_038_923
        for _ in 0..<abs(fourths) { value *= factor }
        return fourths < 0 ? 1 / value : value
    }
}
