// SPDX-License-Identifier: Apache-2.0

import Testing
import UTC

@testable import Camera

@Suite struct SERTests {
    let directory: TemporaryDirectory
    let start: UTCInstant

    init() throws {
        directory = try TemporaryDirectory()
        start = try #require(UTCInstant(iso8601: "2026-03-01T21:14:05.250Z"))
    }

    /// Writes a recording of `count` frames at 50 frames per second.
    private func record(
        _ format: FrameFormat, count: Int = 4, timed: Bool = true, name: String = "a.ser"
    ) throws -> String {
        let writer = try SERWriter(
            path: directory.file(name), format: format, observer: "Ada", instrument: "ASI290MM", telescope: "C8")
        for index in 0..<count {
            let time = timed ? start.advanced(bySeconds: 0.02 * Double(index)) : nil
            try writer.append(makeFrame(format, index: index, time: time, value: gradient(format, index: index)))
        }
        try writer.finish()
        return directory.file(name)
    }

    /// Writes bytes after changing some of a recording's.
    private func rewrite(_ path: String, _ change: (inout [UInt8]) -> Void) throws -> String {
        var bytes = try contents(path)
        change(&bytes)
        return try directory.write(bytes, to: "changed.ser")
    }

    @Test(arguments: [8, 10, 12, 14, 16], FrameFormat.ColorFilter.allCases)
    func `What is written is read`(bits: Int, filter: FrameFormat.ColorFilter) throws {
        let format = try #require(FrameFormat(width: 31, height: 17, bitsPerSample: bits, colorFilter: filter))
        let source = try SERRecording(path: try record(format))
        #expect(source.description.format == format)
        #expect(source.description.frameCount == 4)
        #expect(source.description.instrument == "ASI290MM")
        #expect(source.description.telescope == "C8")
        #expect(abs((source.description.framesPerSecond ?? 0) - 50) < 1e-6)
        let (frames, error) = drain(source)
        #expect(error == nil)
        #expect(frames.map(\.index) == [0, 1, 2, 3])
        for frame in frames {
            #expect(
                samples(frame) == samples(makeFrame(format, value: gradient(format, index: frame.index))),
                "frame \(frame.index)")
            #expect(frame.time?.middleOfExposure == start.advanced(bySeconds: 0.02 * Double(frame.index)))
            #expect(frame.time?.origin == .recordedPerFrame)
            #expect(abs((frame.time?.uncertaintySeconds ?? 0) - 0.01) < 1e-9, "half a frame interval")
        }
    }

    @Test(arguments: [false, true], [Int32(0), 1])
    func `The image decides on the byte order, whatever the flag says`(bigEndian: Bool, flag: Int32) throws {
        let format = try #require(FrameFormat(width: 40, height: 20, bitsPerSample: 16))
        let path = try rewrite(try record(format, timed: false)) { bytes in
            bytes[22] = UInt8(flag)
            if bigEndian { for place in stride(from: 178, to: bytes.count, by: 2) { bytes.swapAt(place, place + 1) } }
        }
        let source = try SERRecording(path: path)
        let frame = try #require(try source.nextFrame())
        #expect(samples(frame) == samples(makeFrame(format, value: gradient(format, index: 0))))
        let order = bigEndian ? "big-endian" : "little-endian"
        #expect(source.description.notices.contains { $0.contains(order) && $0.contains("the image shows") })
    }

    @Test(arguments: [Int32(0), 1]) func `A flat image leaves the byte order to the flag`(flag: Int32) throws {
        let format = try #require(FrameFormat(width: 4, height: 4, bitsPerSample: 16))
        let writer = try SERWriter(path: directory.file("flat.ser"), format: format)
        try writer.append(makeFrame(format) { _, _ in 0x1234 })
        try writer.finish()
        let path = try rewrite(directory.file("flat.ser")) { $0[22] = UInt8(flag) }
        let source = try SERRecording(path: path)
        #expect(try source.nextFrame()?[0, 0] == (flag == 0 ? 0x1234 : 0x3412))
        #expect(source.description.notices.contains { $0.contains("the image does not show it") })
    }

    @Test func `Samples above the declared depth make it sixteen bits`() throws {
        let format = try #require(FrameFormat(width: 30, height: 10, bitsPerSample: 16))
        let writer = try SERWriter(path: directory.file("deep.ser"), format: format)
        try writer.append(makeFrame(format) { column, row in 20_000 + 16 * (column + row) })
        try writer.finish()
        let source = try SERRecording(path: try rewrite(directory.file("deep.ser")) { $0[34] = 12 })
        #expect(source.description.format.bitsPerSample == 16)
        #expect(try source.nextFrame()?[1, 1] == 20_032)
    }

    @Test(arguments: [(Int32(100), 77), (101, 29)], [false, true])
    func `Colour becomes luminance`(color: (id: Int32, first: Int), isDeep: Bool) throws {
        var header = SERHeader(
            colorID: .mono, format: try #require(FrameFormat(width: 2, height: 2, bitsPerSample: isDeep ? 12 : 8)),
            observer: "", instrument: "", telescope: "")
        header.colorID = color.id
        header.frameCount = 1
        // One pixel of the first colour of each triple, then grey ones.
        let triples = [255, 0, 0] + Array(repeating: 100, count: 9)
        let body: [UInt8] = isDeep ? triples.flatMap { [UInt8($0), 0] } : triples.map { UInt8($0) }
        let source = try SERRecording(path: try directory.write(header.bytes + body, to: "rgb.ser"))
        #expect(samples(try #require(try source.nextFrame())) == [color.first, 100, 100, 100])
    }

    @Test func `A complementary mosaic is raw and says so`() throws {
        let format = try #require(FrameFormat(width: 4, height: 4, bitsPerSample: 8))
        let source = try SERRecording(path: try rewrite(try record(format)) { $0[18] = 16 })
        #expect(source.description.format.colorFilter == .none)
        #expect(source.description.notices.contains { $0.contains("complementary") })
        let unknown = cameraError { () throws(CameraError) in
            try SERRecording(path: (try? rewrite(try record(format)) { $0[18] = 5 }) ?? "")
        }
        #expect(unknown?.code == .unsupported)
    }

    @Test func `Frames beyond the time stamps follow at the recording's rate`() throws {
        let format = try #require(FrameFormat(width: 8, height: 8, bitsPerSample: 8))
        let path = try rewrite(try record(format, count: 5)) { $0.removeLast(16) }
        let source = try SERRecording(path: path)
        let frames = drain(source).frames
        #expect(frames.count == 5)
        #expect(frames[2].time?.origin == .recordedPerFrame)
        #expect(frames[4].time?.origin == .recordedStartAndRate)
        #expect(abs((frames[4].time?.middleOfExposure.seconds(since: start) ?? 0) - 0.08) < 1e-6)
        #expect(source.description.notices.contains("only 3 of 5 frames have time stamps"))
    }

    @Test func `Without time stamps only the start is known until a rate is given`() throws {
        let format = try #require(FrameFormat(width: 8, height: 8, bitsPerSample: 8))
        let path = try rewrite(try record(format)) { $0.removeLast(32) }
        let bare = drain(try SERRecording(path: path)).frames
        #expect(bare[0].time?.middleOfExposure == start)
        #expect(bare[1].time == nil)
        let rated = drain(try SERRecording(path: path, framesPerSecond: 25)).frames
        #expect(rated[3].time?.middleOfExposure == start.advanced(bySeconds: 0.12))
        #expect(rated[3].time?.origin == .recordedStartAndRate)
    }

    @Test func `A given start replaces recorded times`() throws {
        let format = try #require(FrameFormat(width: 8, height: 8, bitsPerSample: 8))
        let given = start.advanced(bySeconds: 3600)
        let frames = drain(try SERRecording(path: try record(format), start: given)).frames
        #expect(frames[1].time?.origin == .givenStartAndRate)
        #expect(abs((frames[1].time?.middleOfExposure.seconds(since: given) ?? 0) - 0.02) < 1e-6)
    }

    @Test func `Time stamps that go backwards are reported and read`() throws {
        let format = try #require(FrameFormat(width: 8, height: 8, bitsPerSample: 8))
        let path = try rewrite(try record(format, count: 6)) { bytes in
            let trailer = bytes.count - 48
            for byte in 0..<8 { bytes.swapAt(trailer + 16 + byte, trailer + 24 + byte) }
        }
        let source = try SERRecording(path: path)
        #expect(source.description.notices.contains("time stamps go backwards 1 times"))
        #expect(drain(source).frames.count == 6)
    }

    @Test func `Local time in place of UTC is noticed`() throws {
        let format = try #require(FrameFormat(width: 8, height: 8, bitsPerSample: 8))
        let path = try rewrite(try record(format)) { bytes in
            let ticks = start.advanced(bySeconds: -7200).serTicks
            for byte in 0..<8 { bytes[170 + byte] = UInt8(truncatingIfNeeded: ticks >> Int64(8 * byte)) }
        }
        #expect(try SERRecording(path: path).description.notices.contains { $0.contains("local time") })
    }

    @Test(arguments: [Int32(0), -1, 2], [false, true])
    func `A crashed recorder's frames are counted by size`(count: Int32, timed: Bool) throws {
        let format = try #require(FrameFormat(width: 16, height: 16, bitsPerSample: 8))
        let path = try rewrite(try record(format, count: 7, timed: timed)) { bytes in
            for byte in 0..<4 { bytes[38 + byte] = UInt8(truncatingIfNeeded: count >> Int32(8 * byte)) }
        }
        let source = try SERRecording(path: path)
        #expect(source.description.frameCount == 7)
        #expect(source.description.notices.contains { $0.contains("the size of the file gives 7") })
        let (frames, error) = drain(source)
        #expect(frames.count == 7)
        #expect(error == nil)
        #expect((frames[6].time != nil) == timed)
    }

    @Test func `A cut recording gives its whole frames, then says where it ends`() throws {
        let format = try #require(FrameFormat(width: 16, height: 16, bitsPerSample: 8))
        let whole = try contents(try record(format, count: 5, timed: false))
        for length in [178 + 256 * 3, 178 + 256 * 3 + 1, 178 + 256 * 4 - 1] {
            let path = try directory.write(Array(whole[..<length]), to: "cut.ser")
            let source = try SERRecording(path: path)
            let (frames, error) = drain(source)
            #expect(frames.count == 3)
            #expect(error?.code == .truncated)
            #expect(error?.description.contains("3 of 5 frames") == true)
            #expect(try source.nextFrame() == nil, "after an error there is nothing more")
        }
    }

    @Test func `A recording cut in its header or first frame is refused`() throws {
        let format = try #require(FrameFormat(width: 16, height: 16, bitsPerSample: 8))
        let whole = try contents(try record(format))
        for length in [14, 40, 177, 178, 433] {
            let path = try directory.write(Array(whole[..<length]), to: "cut.ser")
            #expect(cameraError { () throws(CameraError) in try SERRecording(path: path) }?.code == .truncated)
        }
    }

    @Test func `Impossible headers are refused`() throws {
        let format = try #require(FrameFormat(width: 16, height: 16, bitsPerSample: 8))
        let path = try record(format)
        let changes: [(Int, [UInt8], CameraError.Code)] = [
            (26, [0, 0, 0, 0], .damaged), (26, [0xFF, 0xFF, 0xFF, 0xFF], .damaged),
            (30, [0xFF, 0xFF, 0xFF, 0x7F], .damaged), (34, [0, 0, 0, 0], .damaged), (34, [17, 0, 0, 0], .damaged),
            (26, [0, 0x40, 0, 0], .truncated), (18, [1, 2, 3, 4], .unsupported),
        ]
        for (offset, bytes, code) in changes {
            let changed = try rewrite(path) { $0.replaceSubrange(offset..<offset + 4, with: bytes) }
            #expect(
                cameraError { () throws(CameraError) in try SERRecording(path: changed) }?.code == code, "\(offset)")
        }
    }

    @Test func `Frames are read into buffers that are used again`() throws {
        let format = try #require(FrameFormat(width: 16, height: 16, bitsPerSample: 8))
        let source = try SERRecording(path: try record(format, count: 50))
        var addresses: Set<UInt> = []
        while let frame = try source.nextFrame() {
            addresses.insert(frame.withBytes { UInt(bitPattern: $0.baseAddress) })
        }
        #expect(addresses.count == 1)
    }

    @Test func `Frames of another shape are not written`() throws {
        let format = try #require(FrameFormat(width: 16, height: 16, bitsPerSample: 8))
        let other = try #require(FrameFormat(width: 16, height: 8, bitsPerSample: 8))
        let writer = try SERWriter(path: directory.file("b.ser"), format: format)
        #expect(throws: CameraError.self) { try writer.append(makeFrame(other) { _, _ in 0 }) }
    }

    @Test func `No damage of header or trailer crashes the reader`() throws {
        var generator = SeededGenerator(seed: 42)
        for bits in [8, 12, 16] {
            let format = try #require(FrameFormat(width: 9, height: 7, bitsPerSample: bits))
            let original = try contents(try record(format, count: 3))
            for round in 0..<700 {
                let trailer = round % 3 == 0
                var bytes = original
                if trailer {
                    for place in bytes.count - 24..<bytes.count where Bool.random(using: &generator) {
                        bytes[place] = UInt8.random(in: 0...255, using: &generator)
                    }
                } else {
                    bytes = mutated(bytes, span: 178, using: &generator)
                }
                let path = try directory.write(bytes, to: "fuzz.ser")
                do throws(CameraError) {
                    let source = try SERRecording(path: path)
                    #expect(source.description.format.byteCount <= bytes.count)
                    _ = drain(source)
                } catch {
                    #expect(error.place.hasPrefix(path))
                }
            }
        }
    }
}
