// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing
import UTC

@testable import Camera

@Suite struct Y4MTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func open(_ header: String, _ body: [UInt8], name: String = "a.y4m") throws -> Y4MStream {
        try Y4MStream(path: try directory.write(Array(header.utf8) + body, to: name))
    }

    private let frameLine = Array("FRAME\n".utf8)

    @Test(arguments: [8, 9, 10, 12, 16]) func `What is written is read`(bits: Int) throws {
        let format = try #require(FrameFormat(width: 21, height: 13, bitsPerSample: bits))
        let path = directory.file("a.y4m")
        let writer = try Y4MWriter(path: path, format: format, framesPerSecond: 30_000 / 1001)
        for index in 0..<3 { try writer.append(makeFrame(format, value: gradient(format, index: index))) }
        try writer.finish()
        let start = try #require(UTCInstant(iso8601: "2026-03-01T21:14:05Z"))
        let source = try Y4MStream(path: path, start: start)
        #expect(source.description.format == format)
        #expect(source.description.framesPerSecond == 30_000 / 1001.0)
        let (frames, error) = drain(source)
        #expect(error == nil)
        #expect(frames.count == 3)
        for frame in frames {
            #expect(samples(frame) == samples(makeFrame(format, value: gradient(format, index: frame.index))))
        }
        #expect(frames[2].time?.middleOfExposure == start.advanced(bySeconds: 2 * 1001 / 30_000))
        #expect(frames[2].time?.origin == .givenStartAndRate)
    }

    @Test(arguments: [
        ("C420jpeg", 4, 1), ("C420mpeg2", 4, 1), ("C420paldv", 4, 1), ("C420", 4, 1), ("", 4, 1), ("C422", 8, 1),
        ("C444", 12, 1), ("C411", 4, 1), ("C440", 6, 1), ("C444alpha", 18, 1), ("Cmono", 0, 1), ("C420p10", 8, 2),
        ("C422p12", 16, 2), ("C444p16", 24, 2), ("Cmono9", 0, 2), ("Cmono14", 0, 2), ("Cmono16", 0, 2),
    ]) func `Luminance is taken and chrominance passed over`(name: String, chroma: Int, sampleBytes: Int) throws {
        // Frames of 3×2 pixels: subsampled planes have 2×1, 2×2, 3×1 or 1×2 samples.
        var body: [UInt8] = []
        for index in 0..<3 {
            body += frameLine
            for sample in 1...6 {
                body += sampleBytes == 1 ? [UInt8(10 * index + sample)] : [UInt8(10 * index + sample), 1]
            }
            body += Array(repeating: 200, count: chroma)
        }
        let source = try open("YUV4MPEG2 W3 H2 F25:1 Ip A1:1 \(name)\n", body)
        let (frames, error) = drain(source)
        #expect(error == nil)
        #expect(frames.count == 3)
        let high = sampleBytes == 2 ? 256 : 0
        #expect(frames.last.map(samples) == (21...26).map { $0 + high })
    }

    @Test func `Parameters of frames and unknown tags are passed over`() throws {
        let body = Array("FRAME Ip XCOMMENT=1\n".utf8) + [1, 2, 3, 4]
        let source = try open("YUV4MPEG2 W2 H2 F0:0 It XCOLORRANGE=FULL Cmono A0:0 Zodd\n", body)
        #expect(try source.nextFrame().map(samples) == [1, 2, 3, 4])
        #expect(source.description.framesPerSecond == nil)
        #expect(source.description.notices.contains { $0.contains("interlaced") })
    }

    @Test func `Deep samples above their depth are white`() throws {
        let source = try open("YUV4MPEG2 W2 H1 F1:1 Cmono10\n", frameLine + [0xFF, 0xFF, 0xFF, 0x03])
        #expect(try source.nextFrame().map(samples) == [1023, 1023])
    }

    @Test func `A cut stream gives its whole frames, then says where it ends`() throws {
        let frame = frameLine + [1, 2, 3, 4, 9, 9]
        let whole = frame + frame + frame
        for length in frame.count * 2 + 1..<whole.count {
            let source = try open("YUV4MPEG2 W2 H2 F25:1\n", Array(whole[..<length]))
            let (frames, error) = drain(source)
            #expect(frames.count == 2, "\(length)")
            #expect(error?.code == .truncated)
            #expect(error?.message.contains("after 2 whole frames") == true)
            #expect(try source.nextFrame() == nil)
        }
        let source = try open("YUV4MPEG2 W2 H2 F25:1\n", Array(whole[..<(2 * frame.count)]))
        #expect(drain(source).error == nil, "a stream that ends between frames is whole")
    }

    @Test func `A change of size is an error, a repeated header is not`() throws {
        let header = "YUV4MPEG2 W2 H2 F25:1 Cmono\n"
        let frame = frameLine + [1, 2, 3, 4]
        let same = drain(try open(header, frame + Array(header.utf8) + frame))
        #expect(same.frames.count == 2)
        #expect(same.error == nil)
        let other = Array("YUV4MPEG2 W4 H1 F25:1 Cmono\n".utf8)
        let changed = drain(try open(header, frame + other + frame))
        #expect(changed.frames.count == 1)
        #expect(changed.error?.message.contains("from 2×2 to 4×1") == true)
    }

    @Test(arguments: [
        "YUV4MPEG2 H2 F25:1\n", "YUV4MPEG2 W2 F25:1\n", "YUV4MPEG2 W0 H2\n", "YUV4MPEG2 W-4 H2\n",
        "YUV4MPEG2 W99999999999999999999 H2\n", "YUV4MPEG2 W65536 H65536\n", "YUV4MPEG2 W2 H2 C999\n",
        "YUV4MPEG2 W2 H2 Cmono17\n", "YUV4MPEG2 W2 H2 C420p\n", "YUV4MPEG2 W2 H2",
    ]) func `An impossible header is refused`(header: String) throws {
        let path = try directory.write(Array(header.utf8), to: "bad.y4m")
        let error = cameraError { () throws(CameraError) in try Y4MStream(path: path) }
        #expect(error != nil && error?.place == path)
    }

    @Test func `A line without an end is not read for ever`() throws {
        let path = try directory.write(
            Array("YUV4MPEG2 W2 H2 X".utf8) + Array(repeating: 65, count: 1 << 20), to: "endless.y4m")
        #expect(cameraError { () throws(CameraError) in try Y4MStream(path: path) }?.code == .damaged)
        let source = try open("YUV4MPEG2 W2 H2 Cmono\n", Array(repeating: 65, count: 1 << 20))
        #expect(drain(source).error?.code == .damaged)
    }

    @Test func `A pipe is read as it comes`() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let (output, input) = (ends[0], ends[1])
        let bytes = Array("YUV4MPEG2 W2 H1 F10:1 Cmono\nFRAME\n".utf8) + [7, 8] + frameLine + [9, 10]
        // Small enough for the pipe's own memory, so that no second thread is needed.
        #expect(write(input, bytes, bytes.count) == bytes.count)
        close(input)
        let stream = ByteStream(descriptor: output, name: "pipe")
        let source = try Y4MStream(stream: stream, start: nil, framesPerSecond: nil)
        #expect(drain(source).frames.map(samples) == [[7, 8], [9, 10]])
        close(output)
    }

    @Test func `Depths without a name are not written`() throws {
        let format = try #require(FrameFormat(width: 2, height: 2, bitsPerSample: 14))
        let error = cameraError { () throws(CameraError) in
            try Y4MWriter(path: directory.file("x.y4m"), format: format, framesPerSecond: 25)
        }
        #expect(error?.code == .unsupported)
    }

    @Test func `No damage of the header crashes the reader`() throws {
        var generator = SeededGenerator(seed: 7)
        let header = Array("YUV4MPEG2 W12 H10 F30000:1001 Ip A1:1 C420p10 XYSCSS=420P10\n".utf8)
        let frame = frameLine + Array(repeating: UInt8(3), count: 12 * 10 * 3)
        for _ in 0..<1500 {
            let bytes = mutated(header + frame + frame, span: header.count + 8, using: &generator)
            let path = try directory.write(bytes, to: "fuzz.y4m")
            do throws(CameraError) { _ = drain(try Y4MStream(path: path), limit: 50) } catch {
                #expect(error.place.hasPrefix(path))
            }
        }
    }
}
