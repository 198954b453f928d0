// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VTP

struct VTPAddressTests {
    @Test func `Host and port are read`() throws {
        #expect(try VTPAddress("broker.example.org:8098") == VTPAddress(host: "broker.example.org", port: 8098))
        #expect(try VTPAddress("[::1]:9") == VTPAddress(host: "::1", port: 9))
        #expect(try VTPAddress("[::1]:9").description == "[::1]:9")
    }

    @Test(arguments: ["", "host", "host:", "host:0", "host:70000", "host:x", ":80", "::1:80", "[]:80"])
    func `What is no address is refused with a remedy`(text: String) {
        #expect(throws: VTPError.self) { try VTPAddress(text) }
    }

    @Test func `Text of a peer cannot move the terminal's cursor or fill the log`() {
        #expect("a\u{1B}[2Jb\nc\u{202E}d".printable == "a\u{FFFD}[2Jb\u{FFFD}c\u{FFFD}d")
        #expect(String(repeating: "x", count: 5000).printable.count == 301)
    }
}
