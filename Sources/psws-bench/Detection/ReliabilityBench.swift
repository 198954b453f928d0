// SPDX-License-Identifier: Apache-2.0

import Camera
import DetectionTrials

/// Given probabilities against what was true.
struct ReliabilityBench {
    /// Length of each target's clear and cloudy scene.
    let seconds: Double
    /// Decides every random number.
    let seed: UInt64

    /// Runs the mixtures and sorts what was reported.
    func run(jobs: Int) async throws -> BenchSection {
        let mixtures = SceneConfiguration.Kind.allCases.flatMap { kind in
            // An even seed has a clear sky, an odd one thin cloud.
            (0..<UInt64(2)).map { MixedTrial(kind: kind, size: 240, seconds: seconds / 2, seed: 2 &* seed &+ $0) }
        }
        let reports = try await ConcurrentTrials.run(mixtures, jobs: jobs) { try $0.run() }.flatMap { $0 }
        let reliability = ReliabilityDiagram(reports.map { $0.prediction(by: .standard) })
        var table = BenchTable(
            name: "reliability", title: "Given probabilities against what was true",
            columns: [
                .init(name: "probability_low", heading: "from"), .init(name: "probability_high", heading: "to"),
                .init(name: "events", heading: "events"), .init(name: "true_events", heading: "of them true"),
                .init(name: "mean_predicted", heading: "mean given"),
                .init(name: "observed", heading: "true in nature"), .init(name: "observed_error", heading: "±"),
            ])
        for bin in reliability.bins {
            table.rows.append([
                .number(bin.range.lowerBound, decimals: 1), .number(bin.range.upperBound, decimals: 1),
                .count(bin.count), .count(bin.trueCount), .number(bin.predicted), .number(bin.observed),
                .number(bin.observedError),
            ])
        }
        let score = reliability.brierScore.map { BenchText.decimal($0, 3) } ?? "–"
        table.notes = [
            "Moon, Jupiter and sky in equal parts, half of each under thin cloud, in other scenes than those that the "
                + "probabilities were fitted to; target events, satellites, particles and aircraft take turns at 6 to 30 "
                + "sigma. A probability is that of a night, so each report counts as often as the like happens in nature "
                + "(`NaturalRates`), and one that nothing explains as often as it came in the simulated time. Events called "
                + "other are left out. Calibration error: \(BenchText.decimal(reliability.calibrationError, 3)); Brier score: "
                + "\(score)."
        ]
        return BenchSection(tables: [table], plots: [("reliability", plot(reliability))])
    }

    private func plot(_ reliability: ReliabilityDiagram) -> SVGPlot {
        var plot = SVGPlot(
            title: "Reliability: is an event what it is said to be?",
            x: PlotAxis(title: "given probability", range: 0...1.03),
            y: PlotAxis(title: "share that was true", range: -0.03...1.03))
        plot.series.append(
            PlotSeries(
                name: "perfectly reliable", style: .line, isReference: true,
                points: [PlotSeries.Point(x: 0, y: 0), PlotSeries.Point(x: 1, y: 1)]))
        plot.series.append(
            PlotSeries(
                name: "simulated scenes, weighted by nature", style: .points,
                points: reliability.bins.map {
                    PlotSeries.Point(
                        x: $0.predicted, y: $0.observed,
                        range: max(0, $0.observed - $0.observedError)...min(1, $0.observed + $0.observedError))
                }))
        return plot
    }
}
