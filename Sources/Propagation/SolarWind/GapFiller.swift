// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Fills what was not measured, by three rules: over at most 6 h a straight line; over at most three days a line whose
/// weight falls with exp(−t/24 h) from its ends, and else what came a rotation of the Sun earlier; beyond, that alone.
struct GapFiller {
    /// Longest gap in hours that a line spans.
    static let lineHours = 6
    /// Longest gap in hours in which a line counts at all.
    static let blendHours = 72
    /// The Sun's rotation as the Earth sees it, 27.2753 d, in hours.
    static let rotationHours = 27.2753 * 24
    /// Hours after which the wind has forgotten by a factor e what it was.
    private static let memoryHours = 24.0

    /// How each hour came about.
    enum Origin: Sendable {
        case measured, interpolated, blended, recurrent, unknown
    }

    /// The origin of each hour of the series that was filled last.
    private(set) var origins: [Origin] = []
    /// Quality of each hour of that series, 0…1.
    private(set) var quality: [Double] = []

    /// Fills a series; `usual` stands where nothing is known.
    mutating func fill(_ series: inout [Double], usual: Double) {
        let count = series.count
        origins = series.map { $0.isNaN ? .unknown : .measured }
        quality = series.map { $0.isNaN ? 0 : HourlyWind.measured }
        let known = series.filter { !$0.isNaN }
        let mean = known.isEmpty ? usual : known.reduce(0, +) / Double(known.count)
        var index = 0
        while index < count {
            guard series[index].isNaN else {
                index += 1
                continue
            }
            let end = series[index...].firstIndex { !$0.isNaN } ?? count
            fillGap(index..<end, of: &series, mean: mean)
            index = end
        }
    }

    private mutating func fillGap(_ gap: Range<Int>, of series: inout [Double], mean: Double) {
        let before = gap.lowerBound > 0 ? series[gap.lowerBound - 1] : nil
        let after = gap.upperBound < series.count ? series[gap.upperBound] : nil
        for hour in gap {
            let fromBefore = hour - gap.lowerBound + 1
            let fromAfter = gap.upperBound - hour
            let line: Double?
            let distance: Int
            // A gap with one end is as long as the way to that end.
            let length: Int
            switch (before, after) {
            case (let before?, let after?):
                line = before + (after - before) * Double(fromBefore) / Double(fromBefore + fromAfter)
                distance = min(fromBefore, fromAfter)
                length = gap.count
            case (let before?, nil): (line, distance, length) = (before, fromBefore, fromBefore)
            case (nil, let after?): (line, distance, length) = (after, fromAfter, fromAfter)
            case (nil, nil): (line, distance, length) = (nil, .max, .max)
            }
            let (earlier, earlierQuality) = recurrence(hour, of: series)
            let base = earlier ?? mean
            if let line, length <= GapFiller.lineHours {
                series[hour] = line
                mark(hour, .interpolated, HourlyWind.interpolated)
            } else if let line, length <= GapFiller.blendHours {
                let weight = exp(-Double(distance) / GapFiller.memoryHours)
                series[hour] = weight * line + (1 - weight) * base
                mark(hour, .blended, HourlyWind.blended * max(weight, earlierQuality))
            } else {
                series[hour] = base
                mark(hour, earlier == nil ? .unknown : .recurrent, HourlyWind.recurrent * earlierQuality)
            }
        }
    }

    private mutating func mark(_ hour: Int, _ origin: Origin, _ value: Double) {
        origins[hour] = origin
        quality[hour] = value
    }

    /// The value a rotation earlier, and how well that is known.
    private func recurrence(_ hour: Int, of series: [Double]) -> (Double?, Double) {
        let position = Double(hour) - GapFiller.rotationHours
        guard position >= 0 else { return (nil, 0) }
        let index = Int(position)
        let part = position - Double(index)
        guard origins[index] != .unknown, origins[index + 1] != .unknown else { return (nil, 0) }
        return (
            series[index] + part * (series[index + 1] - series[index]), min(quality[index], quality[index + 1])
        )
    }
}
