// SPDX-License-Identifier: Apache-2.0

import Camera
import Glibc
import UTC

/// A directory that is deleted with the object.
final class TemporaryDirectory {
    let path: String

    init() throws {
        var template = Array("/tmp/psws-camera-tests-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw Failure(message: "no temporary directory") }
        path = String(cString: made)
    }

    deinit {
        for name in names { unlink(path + "/" + name) }
        rmdir(path)
    }

    /// The path of a file in the directory.
    func file(_ name: String) -> String { path + "/" + name }

    /// Writes a file and returns its path.
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let path = file(name)
        guard let handle = fopen(path, "w") else { throw Failure(message: "cannot write \(path)") }
        defer { fclose(handle) }
        guard fwrite(bytes, 1, bytes.count, handle) == bytes.count else { throw Failure(message: "short write") }
        return path
    }

    private var names: [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names
    }

    struct Failure: Error { var message: String }
}

/// All bytes of a file.
func contents(_ path: String) throws -> [UInt8] {
    guard let handle = fopen(path, "r") else { throw TemporaryDirectory.Failure(message: "cannot read \(path)") }
    defer { fclose(handle) }
    var all: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&block, 1, block.count, handle), count > 0 { all += block[..<count] }
    return all
}

/// A frame whose sample at each place is what `value` says.
func makeFrame(
    _ format: FrameFormat, index: Int = 0, time: UTCInstant? = nil, value: (Int, Int) -> Int
) -> Frame {
    let buffer = PixelBuffer(byteCount: format.byteCount)
    buffer.withMutableBytes { bytes in
        for row in 0..<format.height {
            for column in 0..<format.width {
                let position = row * format.width + column
                let sample = value(column, row)
                if format.bytesPerSample == 1 {
                    bytes[position] = UInt8(sample)
                } else {
                    bytes.storeBytes(of: UInt16(sample), toByteOffset: 2 * position, as: UInt16.self)
                }
            }
        }
    }
    let frameTime = time.map {
        FrameTime(middleOfExposure: $0, uncertaintySeconds: nil, origin: .simulated)
    }
    return Frame(format: format, index: index, time: frameTime, buffer: buffer)
}

/// A smooth image with a little texture: what a camera sees, unlike noise.
func gradient(_ format: FrameFormat, index: Int) -> (Int, Int) -> Int {
    { column, row in
        let level = (column * 37 + row * 11 + index * 5) % 200 + (format.bitsPerSample > 8 ? 700 : 0)
        return min(level, format.saturationLevel)
    }
}

/// Every sample of a frame, row after row.
func samples(_ frame: Frame) -> [Int] {
    (0..<frame.format.height).flatMap { row in (0..<frame.format.width).map { frame[$0, row] } }
}

/// What a source gives until its end: the frames, and the error that ended it if there was one.
func drain(_ source: any FrameSource, limit: Int = 10_000) -> (frames: [Frame], error: CameraError?) {
    var frames: [Frame] = []
    do throws(CameraError) {
        while frames.count < limit, let frame = try source.nextFrame() { frames.append(frame) }
        return (frames, nil)
    } catch {
        return (frames, error)
    }
}

/// The error of a body that must throw one.
func cameraError<Value>(_ body: () throws(CameraError) -> Value) -> CameraError? {
    do throws(CameraError) {
        _ = try body()
        return nil
    } catch {
        return error
    }
}

/// Pseudo-random numbers that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

/// The bytes with one to four of them changed, or cut, at seeded places within the first `span`.
func mutated(_ bytes: [UInt8], span: Int, using generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    let interesting: [UInt8] = [0, 1, 0x7F, 0x80, 0xFF, 0x20, 0x30, 0x39, 0x2D]
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<min(span, bytes.count), using: &generator)
        bytes[place] =
            Bool.random(using: &generator)
            ? UInt8.random(in: 0...255, using: &generator) : interesting.randomElement(using: &generator) ?? 0
    }
    if Int.random(in: 0..<4, using: &generator) == 0 {
        bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator))
    }
    return bytes
}
