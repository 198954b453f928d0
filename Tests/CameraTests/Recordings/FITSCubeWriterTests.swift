// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing
import UTC

@testable import Camera

@Suite struct FITSCubeWriterTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// The header cards of the first block of a file, without trailing blanks.
    private func cards(_ path: String) throws -> [String] {
        let bytes = try contents(path)
        return stride(from: 0, to: min(bytes.count, 5760), by: 80).map { place in
            var card = String(decoding: bytes[place..<place + 80], as: UTF8.self)
            while card.last == " " { card.removeLast() }
            return card
        }
    }

    @Test(arguments: [8, 12, 16]) func `What is written is read, with times`(bits: Int) throws {
        let format = try #require(FrameFormat(width: 20, height: 10, bitsPerSample: bits))
        let start = try #require(UTCInstant(iso8601: "2026-03-01T21:14:05.250Z"))
        let region = try #require(PixelRegion(column: 3, row: 2, width: 7, height: 5, within: format))
        let path = directory.file("cube.fits")
        let writer = try FITSCubeWriter(
            path: path, format: format, region: region,
            cards: [
                FITSCard("OBJECT", .text("Moon é"), comment: "target"),
                FITSCard("EXPTIME", .real(0.02), unit: "s", comment: "exposure"),
                FITSCard("PEAKIDX", .integer(-42)), FITSCard("ALERT", .logical(true)),
            ])
        // Unevenly spaced: only a table of times can keep that.
        let offsets = [0, 0.02, 0.06]
        for (index, offset) in offsets.enumerated() {
            let time = start.advanced(bySeconds: offset)
            try writer.append(makeFrame(format, index: 100 + index, time: time, value: gradient(format, index: index)))
        }
        try writer.finish()

        let header = try cards(path)
        #expect(header.contains { $0.hasPrefix("OBJECT  = 'Moon ?  '") })
        #expect(header.contains { $0.hasPrefix("EXPTIME =") && $0.contains("0.02 / [s] exposure") })
        #expect(header.contains { $0.hasPrefix("PEAKIDX =") && $0.hasSuffix("-42") })
        #expect(header.contains { $0.hasPrefix("ALERT   =") && $0.hasSuffix("T") })
        #expect(header.contains { $0.hasPrefix("DATE-OBS= '2026-03-01T21:14:05.250000'") })
        #expect(header.contains { $0.hasPrefix("SATURATE=") && $0.contains("\(format.saturationLevel) /") })

        let source = try FITSRecording(paths: [path])
        #expect(source.description.frameCount == 3)
        let (frames, error) = drain(source)
        #expect(error == nil)
        for (index, frame) in frames.enumerated() {
            let whole = makeFrame(format, value: gradient(format, index: index))
            #expect(samples(frame) == (2..<7).flatMap { row in (3..<10).map { whole[$0, row] } })
            #expect(frame.time?.middleOfExposure == start.advanced(bySeconds: offsets[index]))
            #expect(frame.time?.origin == .recordedPerFrame)
        }
    }

    @Test func `A cube longer than the library's buffers keeps every plane in its place`() throws {
        let format = try #require(FrameFormat(width: 64, height: 50, bitsPerSample: 16))
        let path = directory.file("long.fits")
        let writer = try FITSCubeWriter(path: path, format: format)
        for index in 0..<70 {
            try writer.append(makeFrame(format, index: index) { column, row in index * 100 + row + column })
        }
        try writer.finish()
        // Blocks of 2880 bytes: one header, 448 000 bytes of samples, a header and 70 rows of 46 bytes of the table.
        #expect(try contents(path).count == 2880 * (1 + 156 + 1 + 2))
        let (frames, error) = drain(try FITSRecording(paths: [path]))
        #expect(error == nil)
        #expect(frames.count == 70)
        for frame in frames { #expect(frame[63, 49] == frame.index * 100 + 112) }
    }

    @Test func `Frames without a time leave their rows empty`() throws {
        let format = try #require(FrameFormat(width: 2, height: 2, bitsPerSample: 8))
        let path = directory.file("untimed.fits")
        let writer = try FITSCubeWriter(path: path, format: format)
        for index in 0..<2 { try writer.append(makeFrame(format, index: index) { _, _ in index }) }
        try writer.finish()
        let frames = drain(try FITSRecording(paths: [path])).frames
        #expect(frames.map { $0[1, 1] } == [0, 1])
        #expect(frames.allSatisfy { $0.time == nil })
    }

    @Test func `A file that is there is not overwritten`() throws {
        let path = try directory.write([1, 2, 3], to: "there.fits")
        let format = try #require(FrameFormat(width: 2, height: 2, bitsPerSample: 8))
        #expect(throws: CameraError.self) { try FITSCubeWriter(path: path, format: format) }
        #expect(try contents(path) == [1, 2, 3])
    }

    @Test func `What is not finished leaves no file`() throws {
        let format = try #require(FrameFormat(width: 2, height: 2, bitsPerSample: 8))
        let path = directory.file("gone.fits")
        do {
            let writer = try FITSCubeWriter(path: path, format: format)
            try writer.append(makeFrame(format) { _, _ in 1 })
        }
        #expect(access(path, F_OK) != 0)
        let empty = try FITSCubeWriter(path: path, format: format)
        #expect(throws: CameraError.self) { try empty.finish() }
        #expect(access(path, F_OK) != 0)
    }

    @Test func `Impossible cards are refused before anything is written`() throws {
        let format = try #require(FrameFormat(width: 2, height: 2, bitsPerSample: 8))
        for card in [
            FITSCard("lower", .integer(1)), FITSCard("", .integer(1)), FITSCard("NINECHARS", .integer(1)),
            FITSCard("A B", .integer(1)), FITSCard("NAN", .real(.nan)),
        ] {
            let path = directory.file("card.fits")
            #expect(throws: CameraError.self) { try FITSCubeWriter(path: path, format: format, cards: [card]) }
            #expect(access(path, F_OK) != 0)
        }
    }

    @Test func `A region stays inside the frame and on the mosaic's grid`() throws {
        let mono = try #require(FrameFormat(width: 100, height: 80, bitsPerSample: 8))
        let corner = PixelRegion(aroundColumn: 99, row: 0, width: 32, height: 32, within: mono)
        #expect(corner == PixelRegion(column: 68, row: 0, width: 32, height: 32, within: mono))
        let mosaic = try #require(FrameFormat(width: 100, height: 80, bitsPerSample: 8, colorFilter: .rggb))
        let even = PixelRegion(aroundColumn: 51, row: 41, width: 20, height: 20, within: mosaic)
        #expect(even.column == 40 && even.row == 30)
        #expect(PixelRegion(aroundColumn: 5, row: 5, width: 1000, height: 1000, within: mono).width == 100)
        #expect(PixelRegion(column: 90, row: 0, width: 11, height: 1, within: mono) == nil)
    }
}
