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
            tables: [rates(outcomes), confusion(outcomes)],
            plots: [("false-alarms", plot(outcomes))])
    }

    private func rates(_ outcomes: [NuisanceOutcome]) -> BenchTable {
        var table = BenchTable(
            name: "false_alarms", title: "False alarms",
            columns: [
                .init(name: "target", heading: "target"), .init(name: "nuisance", heading: "nuisance"),
                .init(name: "minutes", heading: "minutes"), .init(name: "distractors", heading: "distractors"),
                .init(name: "alerts", heading: "alerts"), .init(name: "tail_count", heading: "in tail"),
                .init(name: "tail_slope", heading: "slope"),
                .init(name: "alerts_10h", heading: "alerts in 10 h"),
                .init(name: "alerts_10h_limit", heading: "below (95 %)"),
                .init(name: "alerts_10h_1080p", heading: "in 10 h of 1920×1080"),
            ])
        for outcome in outcomes {
            let ten = outcome.alertsInTenHours
            let scaled = outcome.alertsInTenHours(
                pixelCount: 1920 * 1080, framesPerSecond: outcome.framesPerSecond)
            table.rows.append([
                .word(outcome.kind.rawValue), .word(outcome.nuisance.rawValue),
                .number(60 * outcome.hours, decimals: 1),
                .count(outcome.truth.count), .count(outcome.alerts.count),
                outcome.tail.map { .count($0.count) } ?? .number(nil),
                .number(outcome.tail?.slope), .number(ten.expected, decimals: 1), .number(ten.limit, decimals: 1),
                .number(scaled, decimals: 1),
            ])
        }
        table.notes = [
            "Goal: at most one alert in ten hours of each. Beside the station's detector, which promises one false alarm of "
                + "pure noise an hour, a second one sees the same frames and promises one a second; its alerts are the "
                + "tail. Each carries the rate r at which noise makes its like. Where the promise R is kept, alerts of "
                + "at most r come r times an hour: the logarithm of their number falls with that of r with a slope of "
                + "1. A fatter tail has a smaller slope, which is fitted from five alerts on; the rate under the "
                + "station's promise follows from number and slope, and for larger frames from their pixels. The limit "
                + "(95 %) takes the Poisson limit of the count and a slope 1.645 standard errors lower; with fewer than "
                + "five alerts in the tail a slope of a half is taken. A sky's alerts are tracks, whose threshold is "
                + "another: there the limit is that of the counted alerts in the time seen. Alerts that distractors raise "
                + "are in the table below; rates and limits are those of the others. Gaussian noise itself may make the "
                + "promised ten."
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

    /// Alerts of a detector that promises one false alarm a second, against the rate at which noise makes their like.
    private func plot(_ outcomes: [NuisanceOutcome]) -> SVGPlot {
        let range = 1.0...1e4
        var plot = SVGPlot(
            title: "False alarms of Gaussian noise: promised and made",
            x: PlotAxis(title: "promised an hour", range: range, isLogarithmic: true),
            y: PlotAxis(title: "alerts an hour", range: range, isLogarithmic: true))
        plot.series.append(
            PlotSeries(
                name: "as promised", style: .line, isReference: true,
                points: [range.lowerBound, range.upperBound].map { PlotSeries.Point(x: $0, y: $0) }))
        for outcome in outcomes where outcome.nuisance == .gaussianNoise {
            guard var promised = outcome.tail?.promisedPerHour else { continue }
            var points: [PlotSeries.Point] = []
            while promised >= range.lowerBound {
                let count = outcome.tailRatesPerHour.count { $0 <= promised }
                if count > 0 {
                    let (number, error) = (Double(count), Double(count).squareRoot())
                    points.append(
                        PlotSeries.Point(
                            x: promised, y: number / outcome.hours,
                            range: max(number - error, 0.05) / outcome.hours...(number + error) / outcome.hours))
                }
                promised /= 2
            }
            guard !points.isEmpty else { continue }
            plot.series.append(PlotSeries(name: "\(outcome.kind.rawValue): made", style: .points, points: points))
        }
        return plot
    }
}
