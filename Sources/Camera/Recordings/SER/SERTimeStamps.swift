// SPDX-License-Identifier: Apache-2.0

import UTC

/// The time stamps behind the frames of a SER recording, and what they say together.
struct SERTimeStamps {
    /// Stamps in the file, one a frame from the first frame on.
    let count: Int
    /// First valid stamp.
    private(set) var first: UTCInstant?
    /// Frames per second: the inverse of the median interval, or of the average interval where the two agree within
    /// a fifth (the average is not disturbed by coarse clocks, the median not by gaps); nil without two stamps.
    private(set) var framesPerSecond: Double?
    /// Stamps that are earlier than the one before.
    private(set) var backwardCount = 0
    /// Stamps that are not a date.
    private(set) var invalidCount = 0

    private let file: InputFile
    private let offset: Int

    /// Looks at the stamps, of which there may be none.
    init(file: InputFile, offset: Int, count: Int) throws(CameraError) {
        self.file = file
        self.offset = offset
        self.count = count
        try scan()
    }

    /// The stamp of a frame; nil if the frame has none or it is not a date.
    func instant(ofFrame index: Int) throws(CameraError) -> UTCInstant? {
        guard index < count else { return nil }
        return SERTimeStamps.instants(try file.bytes(count: 8, at: offset + 8 * index)).first ?? nil
    }

    private mutating func scan() throws(CameraError) {
        var intervals: [Double] = []
        var last: UTCInstant?
        var validCount = 0
        let blockLength = 8192
        for block in stride(from: 0, to: count, by: blockLength) {
            let bytes = try file.bytes(count: 8 * min(blockLength, count - block), at: offset + 8 * block)
            for instant in SERTimeStamps.instants(bytes) {
                guard let instant else {
                    invalidCount += 1
                    continue
                }
                if let last {
                    let interval = instant.seconds(since: last)
                    if interval < 0 { backwardCount += 1 }
                    // Enough for a median, and a bound on memory.
                    if interval > 0, intervals.count < 1 << 16 { intervals.append(interval) }
                }
                if first == nil { first = instant }
                last = instant
                validCount += 1
            }
        }
        guard let first, let last, !intervals.isEmpty else { return }
        let median = intervals.sorted()[intervals.count / 2]
        let average = last.seconds(since: first) / Double(validCount - 1)
        framesPerSecond = 1 / (abs(average - median) < median / 5 ? average : median)
    }

    private static func instants(_ bytes: [UInt8]) -> [UTCInstant?] {
        bytes.withUnsafeBytes { bytes in
            (0..<bytes.count / 8).map {
                UTCInstant(serTicks: Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self)))
            }
        }
    }
}

extension UTCInstant {
    /// Ticks of 100 ns from 0001-01-01 to 1970-01-01.
    private static let ticksBefore1970: Int64 = 621_355_968_000_000_000

    /// The instant of a SER time stamp: ticks of 100 ns since 0001-01-01; nil for 0 and for dates outside 1900...2261,
    /// which no recorder means. The two highest bits, where .NET keeps the kind of time zone, do not count.
    init?(serTicks: Int64) {
        let ticks = serTicks & 0x3FFF_FFFF_FFFF_FFFF
        let (nanoseconds, overflow) = (ticks - UTCInstant.ticksBefore1970).multipliedReportingOverflow(by: 100)
        guard !overflow, nanoseconds >= -2_208_988_800_000_000_000 else { return nil }
        self.init(nanosecondsSince1970: nanoseconds)
    }

    /// The instant as a SER time stamp, to 100 ns.
    var serTicks: Int64 { UTCInstant.ticksBefore1970 + nanosecondsSince1970 / 100 }
}
