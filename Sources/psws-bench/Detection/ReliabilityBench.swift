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
        let predictions = try await ConcurrentTrials.run(mixtures, jobs: jobs) { try $0.run() }.flatMap { $0 }
        let reliability = ReliabilityDiagram(predictions)
        var table = BenchTable(
            name: "reliability", title: "Given probabilities against what was true",
            columns: [
                .init(name: "probability_low", heading: "from"), .init(name: "probability_high", heading: "to"),
                .init(name: "events", heading: "events"), .init(name: "mean_predicted", heading: "mean given"),
                .init(name: "observed", heading: "true"),
            ])
        for bin in reliability.bins {
            table.rows.append([
                .number(bin.range.lowerBound, decimals: 1), .number(bin.range.upperBound, decimals: 1),
                .count(bin.count), .number(bin.predicted), .number(bin.observed),
            ])
        }
        let score = reliability.brierScore.map { BenchText.decimal($0, 3) } ?? "–"
        table.notes = [
            "Moon, Jupiter and sky in equal parts, half of each under thin cloud; target events, satellites, particles and "
                + "aircraft take turns at 6 to 30 sigma, so that one in four things that happen is what is looked for. An "
                + "event is true if something of its kind was there. Events called other are left out. Brier score: \(score)."
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
                name: "simulated mixture", style: .points,
                points: reliability.bins.map {
                    PlotSeries.Point(
                        x: $0.predicted, y: $0.observed,
                        range: CountInterval.wilson(found: $0.trueCount, count: $0.count))
                }))
        return plot
    }
}
