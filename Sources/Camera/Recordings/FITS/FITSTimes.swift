// SPDX-License-Identifier: Apache-2.0

import CCFITSIO
import UTC

/// When the images of a FITS file were exposed, as its keywords say.
///
/// Middle of the exposure of the first image: `DATE-AVG`; or `DATE-BEG`, `DATE-OBS` (with `TIME-OBS` if it is a date
/// alone) or `MJD-OBS`, which mean the start of the exposure, plus half of `EXPTIME` or `EXPOSURE`, or half way to
/// `DATE-END`. The further images of a cube follow by the table `TIMES` that `FITSCubeWriter` writes, by `CDELT3` where
/// the third axis is one of time, or evenly until `DATE-END`. The error is half the last decimal of the text, plus half
/// the image interval where the exposure is unknown.
///
/// - Reference: FITS standard 4.0, section 9.
struct FITSTimes {
    /// Exposure of one image in seconds.
    private(set) var exposureSeconds: Double?
    /// Interval of the images of a cube in seconds.
    private(set) var intervalSeconds: Double?
    /// Middle of the exposure of the first image.
    private(set) var first: UTCInstant?
    /// What is odd, for the operator.
    private(set) var notice: String?

    private var resolutionSeconds = 0.0
    private var isMiddleKnown = false
    /// Times of the images of a cube from its table, as far as they are there.
    private var table: [UTCInstant?] = []

    /// Reads the keywords and the table.
    init(_ image: FITSImage) {
        exposureSeconds = (image.number("EXPTIME") ?? image.number("EXPOSURE")).flatMap { $0 >= 0 ? $0 : nil }
        if let scale = image.text("TIMESYS"), !["UTC", "GMT", "UT", "UT1"].contains(scale.uppercased()) {
            notice = "times in \(scale) instead of UTC are not used"
            return
        }
        table = FITSTimes.table(of: image)
        readFirst(image)
        if image.planeCount > 1 { readInterval(image) }
        if let tableStart = table.first, let tableStart { first = tableStart }
    }

    /// The time of an image of the file; nil if unknown.
    ///
    /// - Parameter framesPerSecond: rate for a cube that does not say its own.
    func time(ofPlane plane: Int, framesPerSecond: Double?) -> FrameTime? {
        let interval = intervalSeconds ?? framesPerSecond.map { 1 / $0 }
        if plane < table.count, let instant = table[plane] {
            return FrameTime(middleOfExposure: instant, uncertaintySeconds: nil, origin: .recordedPerFrame)
        }
        guard let first else { return nil }
        let uncertainty: Double? =
            isMiddleKnown ? resolutionSeconds : interval.map { resolutionSeconds + $0 / 2 }
        if plane == 0 {
            return FrameTime(middleOfExposure: first, uncertaintySeconds: uncertainty, origin: .recordedPerFrame)
        }
        guard let interval else { return nil }
        return FrameTime(
            middleOfExposure: first.advanced(bySeconds: Double(plane) * interval), uncertaintySeconds: uncertainty,
            origin: .recordedStartAndRate)
    }

    private mutating func readFirst(_ image: FITSImage) {
        if let average = image.text("DATE-AVG"), let instant = UTCInstant(iso8601: average), image.planeCount == 1 {
            first = instant
            isMiddleKnown = true
            resolutionSeconds = FITSTimes.resolution(of: average)
            return
        }
        guard let start = start(image) else { return }
        // In a cube the exposure of one image cannot be longer than what the interval leaves; readInterval sees to it.
        if let exposureSeconds {
            isMiddleKnown = true
            first = start.advanced(bySeconds: exposureSeconds / 2)
        } else if image.planeCount == 1, let end = image.text("DATE-END").flatMap({ UTCInstant(iso8601: $0) }),
            end > start
        {
            isMiddleKnown = true
            exposureSeconds = end.seconds(since: start)
            first = start.advanced(bySeconds: end.seconds(since: start) / 2)
        } else {
            first = start
        }
    }

    private mutating func start(_ image: FITSImage) -> UTCInstant? {
        for keyword in ["DATE-BEG", "DATE-OBS"] {
            guard var text = image.text(keyword) else { continue }
            if text.utf8.count == 10, let timeOfDay = image.text("TIME-OBS") ?? image.text("UT") {
                text += "T" + timeOfDay
            }
            if let instant = UTCInstant(iso8601: text) {
                resolutionSeconds = FITSTimes.resolution(of: text)
                return instant
            }
        }
        // A double of days keeps the microsecond in our century.
        return image.number("MJD-OBS").map { UTCInstant(secondsSince1970: ($0 - 40_587) * 86_400) }
    }

    private mutating func readInterval(_ image: FITSImage) {
        let unit = image.text("CUNIT3")?.lowercased()
        let isTimeAxis =
            unit.map { ["s", "sec", "ms"].contains($0) } ?? ["TIME", "UTC"].contains(image.text("CTYPE3") ?? "")
        let step = image.number("CDELT3").map { unit == "ms" ? $0 / 1000 : $0 }
        if isTimeAxis, let step, step > 0, step < 1e6 {
            intervalSeconds = step
        } else if let last = table.last, let last, let first = table.first, let first, last > first {
            intervalSeconds = last.seconds(since: first) / Double(table.count - 1)
        } else if let end = image.text("DATE-END").flatMap({ UTCInstant(iso8601: $0) }), let start = start(image),
            end > start
        {
            intervalSeconds = end.seconds(since: start) / Double(image.planeCount)
        }
        // An exposure longer than the interval is that of the whole cube.
        if let interval = intervalSeconds, let exposure = exposureSeconds, exposure > 1.01 * interval {
            exposureSeconds = nil
            isMiddleKnown = false
            first = start(image)
        }
    }

    /// Half of the last decimal of a date's seconds.
    private static func resolution(of text: String) -> Double {
        guard let point = text.firstIndex(of: ".") else { return text.utf8.count > 10 ? 0.5 : 43_200 }
        var step = 0.5
        for _ in text[point...].dropFirst().prefix(9).prefix(while: \.isNumber) { step /= 10 }
        return step
    }

    /// The column `UTC` of the table `TIMES`, at most one entry an image and a million altogether.
    private static func table(of image: FITSImage) -> [UTCInstant?] {
        guard image.planeCount > 1 else { return [] }
        let times = image.withTable("TIMES") { file -> [UTCInstant?] in
            var rows: Int64 = 0
            var column: Int32 = 0
            var isText: Int32 = 0
            guard file.status({ ccfitsio_row_count($0, &rows) }) == 0,
                file.status({ ccfitsio_column($0, "UTC", &column, &isText) }) == 0, isText != 0
            else { return [] }
            var times: [UTCInstant?] = []
            var value = [CChar](repeating: 0, count: Int(CCFITSIO_VALUE_SIZE))
            for row in 0..<min(rows, Int64(image.planeCount), 1 << 20) {
                guard file.status({ ccfitsio_table_text($0, column, row, &value) }) == 0 else { break }
                times.append(UTCInstant(iso8601: value.zeroTerminatedText.filter { $0 != " " }))
            }
            return times
        }
        return times ?? []
    }
}
