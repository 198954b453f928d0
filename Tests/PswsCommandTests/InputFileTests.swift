// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import psws

@Test(arguments: [("/", "directory"), ("/nowhere/at/all.xml", "No such file"), ("/dev/zero", "more than 100000 bytes")])
func `What is no packet on the disk costs one clear message`(path: String, words: String) {
    #expect { try InputFile.bytes(of: path, limit: 100_000) } throws: { "\($0)".contains(words) }
}

@Test func `A file is read whole, an empty one too`() throws {
    let source = try InputFile.bytes(of: #filePath, limit: 100_000)
    #expect(source.starts(with: "// SPDX".utf8) && source.last == UInt8(ascii: "\n"))
    #expect(try InputFile.bytes(of: "/dev/null", limit: 100_000).isEmpty)
}
