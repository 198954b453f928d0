// SPDX-License-Identifier: Apache-2.0

public import UTC

/// Finds the intervals of a series in which a condition holds.
///
/// The hours are joined by straight lines. A condition begins to hold where the last of its comparisons is fulfilled, and
/// ends where the first that it needs falls back beyond its threshold with hysteresis.
public struct IntervalSearch: Sendable, Hashable {
    /// What must hold.
    public let condition: WindCondition
    /// How the intervals are cut.
    public let settings: IntervalSettings

    /// A search.
    ///
    /// - Throws: `impossibleValue` for settings out of range.
    public init(_ condition: WindCondition, settings: IntervalSettings = IntervalSettings()) throws(PropagationError) {
        try settings.check()
        self.condition = condition
        self.settings = settings
    }

    /// An hour that has all values.
    private struct Sample {
        let hour: PredictedHour
        let values: [Double]
        var seconds: Double { hour.time.secondsSince1970 }
    }

    private struct Span {
        var start: Double, stop: Double
        var isOpenAtStart: Bool, isOpenAtStop: Bool
    }

    /// The intervals in the order of time. The hours must rise; what is missing or not finite is missing.
    public func intervals(in hours: [PredictedHour]) -> [WindInterval] {
        let samples = hours.compactMap { hour -> Sample? in
            let values = condition.comparisons.compactMap { $0.quantity.value(hour) }
            return values.count == condition.comparisons.count ? Sample(hour: hour, values: values) : nil
        }
        guard let first = samples.first, let last = samples.last else { return [] }
        var spans = spans(of: samples)
        for index in spans.indices {
            // An interval that runs into the end of the series may have begun earlier or go on.
            spans[index].isOpenAtStart = spans[index].start <= first.seconds
            spans[index].isOpenAtStop = spans[index].stop >= last.seconds
        }
        return merged(spans).filter { $0.stop - $0.start >= settings.minimumHours * 3600 }
            .map { interval($0, samples: samples) }
    }

    private func spans(of samples: [Sample]) -> [Span] {
        var spans: [Span] = []
        var start: Double?
        // Bridging so many hours allows one more between two values.
        let longest = Double(settings.bridgedHours + 1) * 3600 + 1
        func close(_ time: Double) {
            if let begin = start {
                spans.append(Span(start: begin, stop: time, isOpenAtStart: false, isOpenAtStop: false))
            }
            start = nil
        }
        if holds(samples[0].values, isOn: false) { start = samples[0].seconds }
        for (before, after) in zip(samples, samples.dropFirst()) {
            if after.seconds - before.seconds > longest {
                close(before.seconds)
                if holds(after.values, isOn: false) { start = after.seconds }
                continue
            }
            for (from, to) in pieces(before, after) {
                let middle = values(before, after, part: (from + to) / 2)
                let isOn = start != nil
                let time = before.seconds + from * (after.seconds - before.seconds)
                if holds(middle, isOn: isOn) != isOn {
                    if isOn { close(time) } else { start = time }
                }
            }
        }
        close(samples[samples.count - 1].seconds)
        return spans
    }

    /// Parts of the way between two samples in which no comparison changes, either threshold taken.
    private func pieces(_ before: Sample, _ after: Sample) -> [(Double, Double)] {
        var cuts = [0.0, 1.0]
        for (index, comparison) in condition.comparisons.enumerated() {
            let a = before.values[index]
            let b = after.values[index]
            for threshold in [comparison.threshold, comparison.releaseThreshold(hysteresis: settings.hysteresis)]
            where (a - threshold) * (b - threshold) < 0 {
                cuts.append((threshold - a) / (b - a))
            }
        }
        cuts.sort()
        return zip(cuts, cuts.dropFirst()).filter { $1 > $0 }.map { ($0, $1) }
    }

    private func values(_ before: Sample, _ after: Sample, part: Double) -> [Double] {
        zip(before.values, after.values).map { $0 + part * ($1 - $0) }
    }

    private func holds(_ values: [Double], isOn: Bool) -> Bool {
        condition.holds { index in
            let comparison = condition.comparisons[index]
            let threshold =
                isOn ? comparison.releaseThreshold(hysteresis: settings.hysteresis) : comparison.threshold
            return comparison.holds(values[index], threshold: threshold)
        }
    }

    private func merged(_ spans: [Span]) -> [Span] {
        var result: [Span] = []
        for span in spans {
            if let last = result.last, span.start - last.stop <= settings.mergeGapHours * 3600 {
                result[result.count - 1].stop = span.stop
                result[result.count - 1].isOpenAtStop = span.isOpenAtStop
            } else {
                result.append(span)
            }
        }
        return result
    }

    private func interval(_ span: Span, samples: [Sample]) -> WindInterval {
        let inside = samples.filter { $0.seconds >= span.start && $0.seconds <= span.stop }
        let leading = condition.comparisons[0]
        // An interval between two samples has none inside; the nearest stands for it.
        let nearest = samples.min { abs($0.seconds - span.start) < abs($1.seconds - span.start) }
        let judged = inside.isEmpty ? nearest.map { [$0] } ?? [] : inside
        let peak = judged.max { a, b in
            leading.relation.isUpward ? a.values[0] < b.values[0] : a.values[0] > b.values[0]
        }
        return WindInterval(
            start: UTCInstant(secondsSince1970: span.start), stop: UTCInstant(secondsSince1970: span.stop),
            isOpenAtStart: span.isOpenAtStart, isOpenAtStop: span.isOpenAtStop, peak: peak?.values[0] ?? .nan,
            peakTime: peak?.hour.time ?? UTCInstant(secondsSince1970: span.start),
            mean: judged.reduce(0) { $0 + $1.values[0] } / Double(max(judged.count, 1)),
            quality: judged.map(\.hour.quality).min() ?? 0,
            probability: judged.compactMap { $0.hour.spread?.probability }.max(),
            angleDegrees: judged.map { abs($0.hour.angleDegrees) }.max() ?? .nan)
    }
}
