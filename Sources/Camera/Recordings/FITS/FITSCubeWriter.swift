// SPDX-License-Identifier: Apache-2.0

import CCFITSIO
import UTC

/// Writes frames, or the same part of each, as a FITS cube with a table of times.
///
/// The primary array has the axes column, row, frame; unsigned values of 8 bits, or of 16 bits by `BZERO` = 32768.
/// The first row of the array is the top row of the frames (`ROWORDER` = `TOP-DOWN`). `DATE-OBS` is the time of the
/// first frame. The binary table `TIMES` has one row a frame: `FRAME` (number in its stream), `UTC` (ISO 8601, middle
/// of the exposure, empty if unknown) and `SECONDS` since the first timed frame (NaN if unknown).
///
/// - Reference: FITS standard 4.0.
public final class FITSCubeWriter: RecordingWriter {
    /// Shape of the frames that are appended.
    public let format: FrameFormat
    /// The part of each frame that is written.
    public let region: PixelRegion

    private let file: FITSFile
    private let cards: [FITSCard]
    private var times: [(frame: Int, time: UTCInstant?)] = []
    private var isFinished = false

    /// Makes a new file.
    ///
    /// - Parameters:
    ///   - path: where; nothing may be there yet.
    ///   - format: shape of the frames.
    ///   - region: the part to write; nil for the whole frame.
    ///   - cards: further header lines, written in this order; they may replace `DATE-OBS`.
    /// - Throws: `CameraError` if the file cannot be made or a card is impossible.
    public init(
        path: String, format: FrameFormat, region: PixelRegion? = nil, cards: [FITSCard] = []
    ) throws(CameraError) {
        for card in cards { try card.check(place: path) }
        self.format = format
        self.region = region ?? PixelRegion(wholeOf: format)
        self.cards = cards
        let bits = Int32(8 * format.bytesPerSample)
        let (width, height) = (Int64(self.region.width), Int64(self.region.height))
        file = try FITSFile.create(path: path)
        do throws(CameraError) {
            try file.check(.inputOutput, "the cube cannot be made") {
                ccfitsio_create_cube($0, bits, width, height, 1)
            }
        } catch {
            file.discard()
            throw error
        }
    }

    deinit {
        if !isFinished { file.discard() }
    }

    /// Writes the region of a frame as the next plane.
    public func append(_ frame: Frame) throws(CameraError) {
        guard !isFinished else {
            throw CameraError(.inputOutput, place: file.path, message: "the cube is already finished")
        }
        guard frame.format == format else {
            throw CameraError(
                .damaged, place: "\(file.path), frame \(frame.index)", message: "the frames change their size or depth")
        }
        let plane = Int64(times.count)
        try frame.withBytes { (bytes) throws(CameraError) in
            for row in 0..<region.height {
                let first = ((region.row + row) * format.width + region.column) * format.bytesPerSample
                try file.check(.inputOutput, "plane \(plane) cannot be written") { [region, format] handle in
                    guard let source = bytes.baseAddress else { return 115 }
                    let samples = source + first
                    return format.bytesPerSample == 1
                        ? ccfitsio_write_uint8(
                            handle, plane, Int64(row), Int64(region.width),
                            samples.assumingMemoryBound(to: UInt8.self))
                        : ccfitsio_write_uint16(
                            handle, plane, Int64(row), Int64(region.width),
                            samples.assumingMemoryBound(to: UInt16.self))
                }
            }
        }
        times.append((frame.index, frame.time?.middleOfExposure))
    }

    /// Writes header and times and closes the file; without a single frame it is deleted.
    public func finish() throws(CameraError) {
        guard !isFinished else { return }
        isFinished = true
        do throws(CameraError) {
            guard !times.isEmpty else {
                throw CameraError(.damaged, place: file.path, message: "a cube needs at least one frame")
            }
            try writeHeader()
            try writeTimes()
        } catch {
            file.discard()
            throw error
        }
        try file.close()
    }

    private func writeHeader() throws(CameraError) {
        let bits = Int32(8 * format.bytesPerSample)
        let (width, height, planes) = (Int64(region.width), Int64(region.height), Int64(times.count))
        try file.check(.inputOutput, "the header cannot be written") {
            ccfitsio_resize_cube($0, bits, width, height, planes)
        }
        var all = [
            FITSCard("ROWORDER", .text("TOP-DOWN"), comment: "first row of the array is the top one"),
            FITSCard("TIMESYS", .text("UTC"), comment: "time scale"),
            FITSCard(
                "SATURATE", .integer(format.saturationLevel), unit: "adu", comment: "value of a saturated pixel"),
        ]
        if format.colorFilter != .none {
            all.append(
                FITSCard("BAYERPAT", .text(format.colorFilter.rawValue.uppercased()), comment: "order of the colours"))
        }
        if let first = times.lazy.compactMap(\.time).first {
            all.append(
                FITSCard(
                    "DATE-OBS", .text(first.fitsText), comment: "middle of exposure of the first timed frame"))
        }
        for card in all + cards { try card.write(to: file) }
    }

    private func writeTimes() throws(CameraError) {
        let rows = times
        try file.check(.inputOutput, "the table of times cannot be made") {
            ccfitsio_create_times($0, Int64(rows.count))
        }
        let start = rows.lazy.compactMap(\.time).first
        for (row, entry) in rows.enumerated() {
            let seconds = entry.time.flatMap { time in start.map { time.seconds(since: $0) } } ?? .nan
            let text = entry.time?.iso8601(fractionDigits: 9) ?? ""
            try file.check(.inputOutput, "the table of times cannot be written") {
                ccfitsio_write_time($0, Int64(row), Int64(entry.frame), text, seconds)
            }
        }
    }
}

extension UTCInstant {
    /// ISO 8601 as FITS wants it: microseconds and no `Z`.
    fileprivate var fitsText: String { String(iso8601(fractionDigits: 6).dropLast()) }
}
