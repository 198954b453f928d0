// SPDX-License-Identifier: Apache-2.0

import Testing
import XML

@Suite struct Base64Tests {
    private func text(_ bytes: [UInt8], pieces: Int) -> [UInt8] {
        var encoder = Base64Encoder()
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            encoder.encode(Array(bytes[start..<min(start + pieces, bytes.count)]), into: &output)
        }
        encoder.finish(into: &output)
        return output
    }

    @Test func `The examples of RFC 4648 are right both ways`() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            #expect(String(decoding: text(Array(plain.utf8), pieces: 9), as: UTF8.self).filter { $0 != "\n" } == coded)
            var decoder = Base64Decoder()
            var output: [UInt8] = []
            #expect(decoder.decode(Array(coded.utf8).span, into: &output) == nil)
            #expect(decoder.isComplete && output == Array(plain.utf8))
        }
    }

    @Test(arguments: [1, 2, 3, 5, 57, 76, 1000])
    func `Bytes come back whatever the pieces`(length: Int) {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
        let coded = text(bytes, pieces: length)
        #expect(coded.split(separator: 10).allSatisfy { $0.count <= 76 })
        var decoder = Base64Decoder()
        var output: [UInt8] = []
        for start in stride(from: 0, to: coded.count, by: length) {
            #expect(decoder.decode(Array(coded[start..<min(start + length, coded.count)]).span, into: &output) == nil)
        }
        #expect(output == bytes && decoder.isComplete)
    }

    @Test(arguments: [("Zm9*", 3), ("Z===", 1), ("Zg==Zg==", 4), ("=", 0), ("Zm8=x", 4)])
    func `What is not base64 is told with its place`(coded: String, place: Int) {
        var decoder = Base64Decoder()
        var output: [UInt8] = []
        #expect(decoder.decode(Array(coded.utf8).span, into: &output) == place)
    }
}
