// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import DetectionTrials

/// Which share of the events is found, against their signal to noise over the threshold of the ideal detector.
///
/// Everything is fitted and drawn against ρ/τ, so that frames of different sizes and rates can be put together.
struct CompletenessBench {
    /// Flashes of each family in white noise.
    let injections: Int
    /// Length of each disk's scene.
    let diskSeconds: Double
    /// Decides every random number.
    let seed: UInt64

    /// An injected event.
    private struct Trial: Sendable {
        /// ρ/τ.
        let strength: Double
        let isFound: Bool
        /// Width of the point spread; nil where all have the same.
        var sigmaPixels: Double?
    }

    /// Trials that are judged together.
    private struct Group: Sendable {
        var name: String
        let goal: Double
        let threshold: NoiseThreshold
        let sigmaPixels: Double
        var trials: [Trial] = []
        var detectorThreshold: Double
        var falseAlerts = 0
        /// What missed events of more than 1.3 τ were called instead.
        var excuses: [String: Int] = [:]

        /// Takes an event: found if there was an alert; else what was reported of it, if anything.
        mutating func add(
            strength: Double, isFound: Bool, otherReport: DetectedEvent?, sigmaPixels: Double? = nil
        ) {
            trials.append(Trial(strength: strength, isFound: isFound, sigmaPixels: sigmaPixels))
            guard !isFound, strength > 1.3 else { return }
            let excuse = otherReport.map { "\($0.kind.rawValue), \($0.reasons.last?.code ?? "")" }
            excuses[excuse ?? "not reported", default: 0] += 1
        }
    }

    /// Injects and fits.
    func run(jobs: Int) async throws -> BenchSection {
        let groups = try await ConcurrentTrials.run(FlashFamily.allCases, jobs: jobs) { try whiteNoise($0) }
        let disks = try await ConcurrentTrials.run([SceneConfiguration.Kind.moon, .jupiter], jobs: jobs) {
            try disk($0)
        }
        let (single, several) = (groups[0], groups.dropFirst())
        var together = groups[1]
        together.name = "2–64 frames, all"
        together.trials = several.flatMap(\.trials)
        together.falseAlerts = several.reduce(0) { $0 + $1.falseAlerts }
        together.excuses = several.reduce(into: [:]) { $0.merge($1.excuses, uniquingKeysWith: +) }
        return BenchSection(
            tables: [table(groups + [together] + disks), widths([single, together])],
            plots: [("completeness", plot([single, together] + disks))])
    }

    // MARK: - Trials

    private func whiteNoise(_ family: FlashFamily) throws -> Group {
        var trial = WhiteNoiseTrial(family: family, injections: injections, signalToNoise: 1...1, seed: seed)
        let threshold = trial.threshold.independent
        trial.signalToNoise = 0.55 * threshold...1.7 * threshold
        let outcome = try trial.run()
        var group = Group(
            name: family.rawValue, goal: family.goal, threshold: trial.threshold, sigmaPixels: 1.4,
            detectorThreshold: outcome.detectorThreshold, falseAlerts: outcome.falseAlerts.count)
        for recovery in outcome.recoveries {
            group.add(
                strength: recovery.flash.signalToNoise / threshold, isFound: recovery.alert != nil,
                otherReport: recovery.otherReport, sigmaPixels: recovery.flash.sigmaPixels)
        }
        return group
    }

    private func disk(_ kind: SceneConfiguration.Kind) throws -> Group {
        var trial = StandardTrials.restlessDisk(kind, seconds: diskSeconds, signalToNoise: 1...1, seed: seed)
        let yardstick = NoiseThreshold(
            pixelCount: trial.scene.width * trial.scene.height, framesPerSecond: trial.scene.framesPerSecond)
        let threshold = yardstick.independent
        trial = StandardTrials.restlessDisk(
            kind, seconds: diskSeconds, signalToNoise: 0.6 * threshold...2.2 * threshold, seed: seed)
        let outcome = try trial.run()
        var group = Group(
            name: "\(kind.rawValue) disk", goal: 1.25, threshold: yardstick,
            sigmaPixels: trial.scene.pointSpreadSigmaPixels, detectorThreshold: outcome.thresholdSigma,
            falseAlerts: outcome.falseAlerts.count)
        for recovery in outcome.recoveries {
            group.add(
                strength: recovery.truth.signalToNoise / threshold, isFound: recovery.alert != nil,
                otherReport: outcome.otherReports(of: recovery.truth).first)
        }
        return group
    }

    private func fit(_ trials: [Trial]) -> CompletenessFit? {
        CompletenessFit(trials.map { ($0.strength, $0.isFound) })
    }

    // MARK: - Tables and picture

    private func table(_ groups: [Group]) -> BenchTable {
        var table = BenchTable(
            name: "completeness", title: "Completeness against the ideal matched filter",
            columns: [
                .init(name: "events", heading: "events"), .init(name: "injections", heading: "injected"),
                .init(name: "found", heading: "found"), .init(name: "threshold", heading: "τ"),
                .init(name: "rho50", heading: "ρ50"), .init(name: "rho50_over_tau", heading: "ρ50/τ"),
                .init(name: "error", heading: "±"), .init(name: "goal", heading: "goal"),
                .init(name: "met", heading: "verdict"), .init(name: "rho90_over_tau", heading: "ρ90/τ"),
                .init(name: "rho50_over_field_tau", heading: "ρ50/τ field"),
                .init(name: "detector_threshold", heading: "detector's threshold"),
                .init(name: "false_alerts", heading: "false"),
            ])
        for group in groups {
            let fit = fit(group.trials)
            let threshold = group.threshold.independent
            let field = group.threshold.field(sigmaPixels: group.sigmaPixels)
            table.rows.append([
                .word(group.name), .count(group.trials.count), .count(group.trials.count(where: \.isFound)),
                .number(threshold), .number(fit.map { $0.half * threshold }), .number(fit?.half, decimals: 3),
                .number(fit?.halfError, decimals: 3), .number(group.goal), .verdict(fit.map { $0.half <= group.goal }),
                .number(fit?.ninetyPercent), .number(fit.map { $0.half * threshold / field }, decimals: 3),
                .number(group.detectorThreshold), .count(group.falseAlerts),
            ])
        }
        table.notes = [
            "ρ is the matched-filter signal to noise of the whole event. τ gives the ideal detector one false alarm an "
                + "hour in these frames, every pixel of every frame one trial (at 1920×1080 and 30 frames/s it is 6.8); "
                + "the field form counts the maxima of a smooth random field instead. ρ50 and ρ90 come from the maximum-"
                + "likelihood fit of Φ((ρ − ρ50)/w); for the ideal detector ρ50 = τ."
        ]
        for group in groups where !group.excuses.isEmpty {
            let words = group.excuses.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map {
                "\($0.key) \($0.value)×"
            }
            let bright = group.trials.count { $0.strength > 1.3 }
            table.notes.append(
                "\(group.name): of \(bright) above 1.3 τ missed: \(words.joined(separator: "; ")).")
        }
        return table
    }

    private func widths(_ groups: [Group]) -> BenchTable {
        var table = BenchTable(
            name: "completeness_by_width", title: "The same by the width of the point spread, white noise",
            columns: [
                .init(name: "events", heading: "events"), .init(name: "sigma_low", heading: "σ from"),
                .init(name: "sigma_high", heading: "σ to"), .init(name: "injections", heading: "injected"),
                .init(name: "rho50_over_tau", heading: "ρ50/τ"), .init(name: "error", heading: "±"),
                .init(name: "rho90_over_tau", heading: "ρ90/τ"),
            ])
        for group in groups {
            for (low, high) in [(0.8, 1.2), (1.2, 1.6), (1.6, 2.0)] {
                let trials = group.trials.filter { ($0.sigmaPixels ?? 0) >= low && ($0.sigmaPixels ?? 0) < high }
                let fit = fit(trials)
                table.rows.append([
                    .word(group.name), .number(low, decimals: 1), .number(high, decimals: 1), .count(trials.count),
                    .number(fit?.half, decimals: 3), .number(fit?.halfError, decimals: 3), .number(fit?.ninetyPercent),
                ])
            }
        }
        return table
    }

    private func plot(_ groups: [Group]) -> SVGPlot {
        let range = 0.5...2.2
        let steps = stride(from: range.lowerBound, through: range.upperBound, by: 0.01)
        let threshold = groups[0].threshold.independent
        let bound = steps.map {
            PlotSeries.Point(x: $0, y: NormalDistribution.cumulative(threshold * ($0 - 1)))
        }
        var plot = SVGPlot(
            title: "Completeness: found events against their strength",
            x: PlotAxis(title: "ρ/τ: signal to noise over the ideal threshold", range: range),
            y: PlotAxis(title: "share found", range: -0.03...1.03))
        plot.series.append(PlotSeries(name: "bound Φ(ρ − τ)", style: .line, isReference: true, points: bound))
        for group in groups {
            let width = 0.1
            let bins = Dictionary(grouping: group.trials) { Int(($0.strength / width).rounded(.down)) }
            let points = bins.keys.sorted().compactMap { key -> PlotSeries.Point? in
                guard let trials = bins[key], trials.count >= 4 else { return nil }
                let found = trials.count(where: \.isFound)
                let mean = trials.reduce(0) { $0 + $1.strength } / Double(trials.count)
                return PlotSeries.Point(
                    x: mean, y: Double(found) / Double(trials.count),
                    range: CountInterval.wilson(found: found, count: trials.count))
            }
            let name = group.name.replacing("_", with: " ")
            plot.series.append(PlotSeries(name: name, style: .points, points: points))
        }
        return plot
    }
}
