// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import psws

struct EventFolderTests {
    private let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path

    @Test(arguments: [
        ("ivo://nasa.gsfc.gcn/SWIFT#BAT_GRB_Pos_123-4", "nasa.gsfc.gcn_SWIFT_BAT_GRB_Pos_123-4"),
        ("ivo://../../etc/passwd", "_._.._etc_passwd"),
        ("/etc/passwd", "_etc_passwd"),
        (".hidden", "_hidden"),
        ("a\u{0}b\nc", "a_b_c"),
        ("", "event"),
        ("ivo://", "event"),
    ])
    func `A file name keeps what is harmless of an ivorn`(ivorn: String, name: String) {
        #expect(EventFolder.fileName(for: ivorn) == name)
    }

    @Test func `A very long ivorn gives a name that a file system takes`() {
        #expect(EventFolder.fileName(for: String(repeating: "é", count: 5000)).utf8.count == 180)
    }

    @Test func `The same packet is kept once and another one beside it`() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let folder = try EventFolder(path: directory)
        let first = try folder.save([1, 2, 3], ivorn: "ivo://a/b#c")
        #expect(try folder.save([1, 2, 3], ivorn: "ivo://a/b#c") == first)
        let second = try folder.save([1, 2, 3, 4], ivorn: "ivo://a/b#c")
        #expect(first.hasSuffix("/a_b_c.xml") && second.hasSuffix("/a_b_c~2.xml"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: first)) == Data([1, 2, 3]))
        #expect(try Data(contentsOf: URL(fileURLWithPath: second)) == Data([1, 2, 3, 4]))
    }

    @Test func `A link that waits in the directory is not followed`() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let folder = try EventFolder(path: directory)
        let target = directory + "/target"
        try FileManager.default.createSymbolicLink(atPath: directory + "/a.xml", withDestinationPath: target)
        let file = try folder.save([1], ivorn: "ivo://a")
        #expect(file.hasSuffix("/a~2.xml"))
        #expect(!FileManager.default.fileExists(atPath: target))
    }

    @Test func `A file where the directory should be is refused`() throws {
        #expect(throws: EventFolder.Failure.self) { try EventFolder(path: "/dev/null") }
        #expect(throws: EventFolder.Failure.self) { try EventFolder(path: "/nonexistent/a/b") }
    }
}
