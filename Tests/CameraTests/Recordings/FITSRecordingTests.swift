// SPDX-License-Identifier: Apache-2.0

import Testing
import UTC

@testable import Camera

@Suite struct FITSRecordingTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func write(
        bits: Int, axes: [Int], _ cards: [(String, String)] = [], values: [Double], name: String = "a.fits"
    ) throws -> String {
        try directory.write(FITSBytes.file(bits: bits, axes: axes, cards, values: values), to: name)
    }

    @Test func `Unsigned images stay what they are`() throws {
        let bytes = try write(bits: 8, axes: [3, 2], values: [0, 1, 2, 253, 254, 255])
        let eight = try FITSRecording(paths: [bytes])
        #expect(eight.description.format.bitsPerSample == 8)
        #expect(try eight.nextFrame().map(samples) == [0, 1, 2, 253, 254, 255])
        #expect(try eight.nextFrame() == nil)

        let words = try write(
            bits: 16, axes: [2, 2], [("BZERO", FITSBytes.right("32768")), ("BSCALE", FITSBytes.right("1"))],
            values: [-32768, -32767, 0, 32767])
        let sixteen = try FITSRecording(paths: [words])
        #expect(sixteen.description.format.bitsPerSample == 16)
        #expect(try sixteen.nextFrame().map(samples) == [0, 1, 32768, 65535])
    }

    @Test(arguments: [16, 32, -32, -64]) func `Values of other types are mapped as documented`(bits: Int) throws {
        let positive = try FITSRecording(paths: [try write(bits: bits, axes: [2, 2], values: [0, 1, 1000, 32767])])
        let signed = try FITSRecording(
            paths: [try write(bits: bits, axes: [2, 2], values: [-100, 0, 50, 1000], name: "b.fits")])
        if bits > 0 {
            #expect(try positive.nextFrame().map(samples) == [0, 1, 1000, 32767])
            #expect(positive.description.notices.contains { $0.contains("mapped") } == false)
            #expect(try signed.nextFrame().map(samples) == [8192, 8292, 8342, 9292])
        } else {
            #expect(try positive.nextFrame().map(samples) == [8192, 8193, 9192, 40959])
            // 1100 × 2⁴ = 17600 is the greatest below 32768.
            #expect(try signed.nextFrame().map(samples) == [8192, 9792, 10592, 25792])
            #expect(
                signed.description.notices.contains("values are mapped to 16 bits: (value − -100.0) × 16.0 + 8192"))
        }
    }

    @Test func `What is no number is black and what is too bright is white`() throws {
        let path = try write(
            bits: -32, axes: [2, 2, 2], values: [0, 1, .nan, 0.5, -9, 9, .infinity, 0], name: "c.fits")
        let (frames, error) = drain(try FITSRecording(paths: [path]))
        #expect(error == nil)
        #expect(frames.map(samples) == [[8192, 40960, 0, 24576], [0, 65535, 65535, 8192]])
    }

    @Test func `The keywords describe the recording`() throws {
        let path = try write(
            bits: 8, axes: [2, 1],
            [
                ("INSTRUME", FITSBytes.text("ZWO ASI462MC")), ("TELESCOP", FITSBytes.text("C11")),
                ("EXPTIME", "2.0D-2"), ("BAYERPAT", FITSBytes.text("GRBG")),
                ("DATE-OBS", FITSBytes.text("2026-03-01T21:14:05.250")),
            ], values: [1, 2])
        let source = try FITSRecording(paths: [path])
        #expect(source.description.instrument == "ZWO ASI462MC")
        #expect(source.description.telescope == "C11")
        #expect(source.description.exposureSeconds == 0.02)
        #expect(source.description.format.colorFilter == .grbg)
        let time = try #require(try source.nextFrame()?.time)
        #expect(time.middleOfExposure == UTCInstant(iso8601: "2026-03-01T21:14:05.260Z"))
        #expect(abs((time.uncertaintySeconds ?? 0) - 0.0005) < 1e-9)
        #expect(time.origin == .recordedPerFrame)
    }

    @Test(
        arguments: [
            ([("DATE-OBS", "'2026-03-01'"), ("TIME-OBS", "'21:14:05.5'")], "2026-03-01T21:14:05.5Z"),
            ([("DATE-OBS", "'2026-03-01T21:14:05'"), ("DATE-END", "'2026-03-01T21:14:07'")], "2026-03-01T21:14:06Z"),
            ([("DATE-OBS", "'2026-03-01T21:14:05'"), ("DATE-AVG", "'2026-03-01T21:14:09'")], "2026-03-01T21:14:09Z"),
            ([("MJD-OBS", "                 40588.5")], "1970-01-02T12:00:00Z"),
            ([("DATE-OBS", "'2026-03-01T21:14:05'"), ("TIMESYS", "'TT      '")], nil),
            ([("DATE-OBS", "'01/03/26'")], nil),
        ] as [([(String, String)], String?)])
    func `The time of an image is found in its keywords`(cards: [(String, String)], expected: String?) throws {
        let source = try FITSRecording(paths: [try write(bits: 8, axes: [1, 1], cards, values: [1])])
        let time = try source.nextFrame()?.time
        #expect(time?.middleOfExposure == expected.flatMap { UTCInstant(iso8601: $0) })
        if expected == nil { #expect(!source.description.notices.isEmpty) }
    }

    @Test func `The third axis of a cube is time`() throws {
        let path = try write(
            bits: 8, axes: [1, 1, 4],
            [
                ("DATE-OBS", FITSBytes.text("2026-03-01T00:00:00.000")), ("EXPTIME", FITSBytes.right("0.04")),
                ("CTYPE3", FITSBytes.text("TIME")), ("CUNIT3", FITSBytes.text("s")),
                ("CDELT3", FITSBytes.right("0.05")),
            ], values: [1, 2, 3, 4])
        let source = try FITSRecording(paths: [path])
        #expect(source.description.framesPerSecond == 20)
        #expect(source.description.frameCount == 4)
        let frames = drain(source).frames
        #expect(frames.map { $0[0, 0] } == [1, 2, 3, 4])
        #expect(frames[3].time?.middleOfExposure == UTCInstant(iso8601: "2026-03-01T00:00:00.170Z"))
        #expect(frames[3].time?.origin == .recordedStartAndRate)
    }

    @Test func `Files follow each other in the order given`() throws {
        let paths = try (0..<3).map { index in
            try write(
                bits: 8, axes: [2, 1], [("DATE-OBS", FITSBytes.text("2026-03-01T00:00:00.\(index)"))],
                values: [Double(index), 9], name: "\(index).fits")
        }
        let source = try FITSRecording(paths: [paths[1], paths[2], paths[0]])
        let frames = drain(source).frames
        #expect(frames.map { $0[0, 0] } == [1, 2, 0])
        #expect(frames.map(\.index) == [0, 1, 2])
        #expect(frames[2].time?.middleOfExposure == UTCInstant(iso8601: "2026-03-01T00:00:00Z"))
        let ordered = try FITSRecording(paths: paths)
        #expect(abs((ordered.description.framesPerSecond ?? 0) - 10) < 1e-6)
    }

    @Test func `A file of another size or depth in a sequence is named`() throws {
        let first = try write(bits: 8, axes: [2, 2], values: [1, 2, 3, 4])
        for (bits, axes) in [(8, [4, 1]), (16, [2, 2])] {
            let other = try write(bits: bits, axes: axes, values: [1, 2, 3, 4], name: "other.fits")
            let (frames, error) = drain(try FITSRecording(paths: [first, other, first]))
            #expect(frames.count == 1)
            #expect(error?.place == other)
            #expect(error?.code == .damaged)
        }
    }

    @Test func `A compressed image is refused before the library sees it`() throws {
        let path = try directory.write(FITSBytes.compressed(width: 5, rows: [100, 200, 300]), to: "a.fits.fz")
        let error = cameraError { () throws(CameraError) in try FITSRecording(paths: [path]) }
        #expect(error?.code == .unsupported)
        #expect(error?.remedy == "unpack it with funpack")
    }

    @Test func `A cut cube gives its whole images, then says where it ends`() throws {
        let values = (0..<6 * 100 * 100).map { Double($0 % 251) }
        let whole = FITSBytes.file(bits: 8, axes: [100, 100, 6], values: values)
        for length in [2880 + 40_000, 2880 + 35_000, 2880 + 30_001] {
            let path = try directory.write(Array(whole[..<length]), to: "cut.fits")
            let (frames, error) = drain(try FITSRecording(paths: [path]))
            let expected = (length - 2880) / 10_000
            #expect(frames.count == expected, "\(length)")
            #expect(
                frames.last.map { samples($0) == values[(expected - 1) * 10_000..<expected * 10_000].map { Int($0) } }
                    == true)
            #expect(error?.code == .truncated)
        }
        for length in [80, 2879, 2880, 9000] {
            let path = try directory.write(Array(whole[..<length]), to: "cut.fits")
            #expect(throws: CameraError.self) { try FITSRecording(paths: [path]) }
        }
    }

    @Test func `Impossible images are refused without being allocated`() throws {
        let cases: [(bits: Int, axes: [Int])] = [
            (8, [16_384, 16_384]), (8, [1_000_000_000, 1_000_000_000]), (8, [0, 5]), (16, [5]), (8, [2, 2, 2, 2]),
            (8, []),
        ]
        for (bits, axes) in cases {
            let path = try directory.write(FITSBytes.header(FITSBytes.image(bits: bits, axes: axes)), to: "x.fits")
            #expect(throws: CameraError.self, "\(axes)") { try FITSRecording(paths: [path]) }
        }
    }

    @Test(arguments: ["!a.fits", "a.fits[1]", "a.fits|cat", "-", "~a.fits", "mem://x", "ftp:a.fits"])
    func `Names are nothing but names`(name: String) throws {
        let path = try write(bits: 8, axes: [1, 1], values: [7], name: name.split(separator: "/").joined())
        #expect(try FITSRecording(paths: [path]).nextFrame()?[0, 0] == 7)
        let missing = directory.file(name + "-missing")
        #expect(throws: CameraError.self) { try FITSRecording(paths: [missing]) }
    }

    @Test func `Without the library there is a remedy`() throws {
        let path = try write(bits: 8, axes: [1, 1], values: [7])
        let error = cameraError { () throws(CameraError) in
            try FITSRecording(paths: [path], start: nil, framesPerSecond: nil, library: "libno-such-thing.so.1")
        }
        #expect(error?.code == .unsupported)
        #expect(error?.remedy == "apt install libcfitsio10")
    }

    @Test func `No damage of the header crashes the reader`() throws {
        var generator = SeededGenerator(seed: 2026)
        let image = FITSBytes.file(
            bits: 16, axes: [4, 3, 2],
            [("BZERO", FITSBytes.right("32768")), ("DATE-OBS", FITSBytes.text("2026-03-01T00:00:00"))],
            values: Array(repeating: 5, count: 24))
        let format = try #require(FrameFormat(width: 4, height: 3, bitsPerSample: 8))
        let cube = try FITSCubeWriter(path: directory.file("cube.fits"), format: format)
        for index in 0..<2 { try cube.append(makeFrame(format, index: index) { _, _ in index }) }
        try cube.finish()
        let withTable = try contents(directory.file("cube.fits"))
        let compressed = FITSBytes.compressed(width: 5, rows: [100, 200, 300])
        // The places that matter: the image's first cards, the table's cards and rows, the cards of the compression.
        for (bytes, places) in [(image, 0..<720), (withTable, 5760..<10_240), (compressed, 2880..<4800)] {
            for _ in 0..<300 {
                let tail = mutated(Array(bytes[places.lowerBound...]), span: places.count, using: &generator)
                let path = try directory.write(bytes[..<places.lowerBound] + tail, to: "fuzz.fits")
                do throws(CameraError) {
                    _ = drain(try FITSRecording(paths: [path]), limit: 5)
                } catch {
                    #expect(!error.message.isEmpty)
                }
            }
        }
    }
}
