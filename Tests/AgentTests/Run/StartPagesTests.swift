// SPDX-License-Identifier: Apache-2.0

import CPages
import Testing

@testable import Agent

@Suite struct StartPagesTests {
    /// Kilobytes of files that the process has mapped into memory.
    private func mappedKilobytes() throws -> Int {
        let status = String(decoding: try bytes(ofFile: "/proc/self/status"), as: UTF8.self)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("RssFile:") })
        return try #require(line.split(separator: " ").dropFirst().first.flatMap { Int($0) })
    }

    @Test func `Pages that only the start has used go, and the program goes on`() throws {
        let before = try mappedKilobytes()
        #expect(cpages_release_read_only() > 1 << 20)
        // Other tests bring pages back meanwhile.
        #expect(try mappedKilobytes() < before)
        #expect("a text that needs code again".uppercased().hasPrefix("A TEXT"))
    }
}
