// SPDX-License-Identifier: Apache-2.0

import Camera
import Testing

@Suite struct PixelUnpackerTests {
    /// Unpacks and returns the samples.
    private func unpack(
        _ bytes: [UInt8], as pixelFormat: CameraPixelFormat, width: Int, height: Int = 1, bytesPerLine: Int = 0
    ) throws -> [Int] {
        let unpacker = try PixelUnpacker(
            pixelFormat: pixelFormat, width: width, height: height, bytesPerLine: bytesPerLine)
        let buffer = PixelBuffer(byteCount: unpacker.format.byteCount)
        var failure: CameraError?
        bytes.withUnsafeBytes { source in
            do throws(CameraError) { try unpacker.unpack(source, into: buffer) } catch { failure = error }
        }
        if let failure { throw failure }
        return samples(Frame(format: unpacker.format, index: 0, time: nil, buffer: buffer))
    }

    @Test func `Words are read in their byte order`() throws {
        #expect(try unpack([0x34, 0x02, 0xFF, 0x03], as: .y10, width: 2) == [0x234, 0x3FF])
        #expect(try unpack([0x34, 0x12, 0xFF, 0xFF], as: .y16, width: 2) == [0x1234, 0xFFFF])
        #expect(try unpack([0x12, 0x34, 0xAB, 0xCD], as: .y16BigEndian, width: 2) == [0x1234, 0xABCD])
    }

    @Test func `A word above the depth is white`() throws {
        #expect(try unpack([0x00, 0x10, 0xFF, 0x0F], as: .rggb12, width: 2) == [4095, 4095])
    }

    @Test func `MIPI packed samples come out whole`() throws {
        // Ten bits: 0x155, 0x2AA, 0x3FF, 0x001; the low bits of the first sample are the lowest of the fifth byte.
        #expect(
            try unpack([0x55, 0xAA, 0xFF, 0x00, 0b01_11_10_01], as: .y10Packed, width: 4)
                == [0x155, 0x2AA, 0x3FF, 0x001])
        #expect(try unpack([0xAB, 0x12, 0x3C], as: .y12Packed, width: 2) == [0xABC, 0x123])
        // Fourteen bits: 0x3FFF, 0, 0x2AAA, 0x1555 with low six bits 63, 0, 42, 21.
        let low = 63 | 0 << 6 | 42 << 12 | 21 << 18
        let bytes: [UInt8] = [0xFF, 0, 0xAA, 0x55, UInt8(low & 255), UInt8(low >> 8 & 255), UInt8(low >> 16)]
        #expect(try unpack(bytes, as: .bggr14Packed, width: 4) == [0x3FFF, 0, 0x2AAA, 0x1555])
    }

    @Test(arguments: [1, 2, 3, 5, 6, 7]) func `Rows that end inside a packed group are whole`(width: Int) throws {
        let values = (0..<width).map { ($0 * 577 + 13) % 1024 }
        var mipi: [UInt8] = []
        for group in stride(from: 0, to: width, by: 4) {
            let four = (group..<group + 4).map { $0 < width ? values[$0] : 0 }
            mipi += four.map { UInt8($0 >> 2) }
            mipi.append(UInt8(four.enumerated().reduce(0) { $0 | ($1.element & 3) << (2 * $1.offset) }))
        }
        #expect(try unpack(mipi, as: .y10Packed, width: width) == values)

        var bits = values.flatMap { value in (0..<10).map { value >> (9 - $0) & 1 } }
        bits += Array(repeating: 0, count: (8 - bits.count % 8) % 8)
        let stream = stride(from: 0, to: bits.count, by: 8).map { first in
            UInt8(bits[first..<first + 8].reduce(0) { $0 << 1 | $1 })
        }
        #expect(try unpack(stream, as: .y10BitPacked, width: width) == values)
    }

    @Test func `Luminance is taken from colour`() throws {
        let pairs: [UInt8] = [10, 128, 20, 129, 30, 130, 40, 131]
        #expect(try unpack(pairs, as: .yuyv, width: 4) == [10, 20, 30, 40])
        #expect(try unpack(pairs, as: .uyvy, width: 4) == [128, 129, 130, 131])
        #expect(try unpack([1, 2, 3, 4, 128, 128], as: .nv12, width: 2, height: 2) == [1, 2, 3, 4])
        // 77 red + 150 green + 29 blue, of 256.
        #expect(try unpack([255, 0, 0, 0, 255, 0, 0, 0, 255], as: .rgb24, width: 3) == [77, 149, 29])
        #expect(try unpack([255, 255, 255, 100, 0, 0], as: .bgr24, width: 2) == [255, 11])
    }

    @Test func `Padding between rows is left out`() throws {
        #expect(
            try unpack([1, 2, 9, 9, 3, 4], as: .grey, width: 2, height: 2, bytesPerLine: 4) == [1, 2, 3, 4])
    }

    @Test func `A short frame is an error for every format`() throws {
        for pixelFormat in CameraPixelFormat.allCases {
            let unpacker = try PixelUnpacker(pixelFormat: pixelFormat, width: 33, height: 5)
            let bytes = [UInt8](repeating: 7, count: unpacker.minimumByteCount - 1)
            #expect(throws: CameraError.self, "\(pixelFormat)") {
                _ = try unpack(bytes, as: pixelFormat, width: 33, height: 5)
            }
            #expect(try unpack(bytes + [7], as: pixelFormat, width: 33, height: 5).count == 165, "\(pixelFormat)")
        }
    }

    @Test func `Rows shorter than their pixels are refused`() {
        let error = cameraError { () throws(CameraError) in
            try PixelUnpacker(pixelFormat: .y16, width: 100, height: 2, bytesPerLine: 199)
        }
        #expect(error?.code == .damaged)
        let impossible = cameraError { () throws(CameraError) in
            try PixelUnpacker(pixelFormat: .grey, width: 0, height: 2)
        }
        #expect(impossible?.code == .unsupported)
    }
}
