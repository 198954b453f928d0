// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Telemetry

@Suite struct ServiceNotifierTests {
    /// A datagram socket of a service manager; an abstract name begins with `@`.
    private func withManager(_ name: String, _ body: (_ receive: () -> String?) -> Void) throws {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { path in
            path.copyBytes(from: name.utf8)
            if name.hasPrefix("@") { path[0] = 0 }
        }
        let length = socklen_t(2 + name.utf8.count + (name.hasPrefix("@") ? 0 : 1))
        let bound = withUnsafeBytes(of: &address) { bytes in
            bind(descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, length)
        }
        try #require(bound == 0)
        body {
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
            return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
        }
    }

    @Test(arguments: ["@psws-notify-", "/tmp/psws-notify-"])
    func `The manager hears each message`(prefix: String) throws {
        let name = prefix + "\(getpid())"
        defer { unlink(name) }
        try withManager(name) { receive in
            let notifier = ServiceNotifier(socketPath: name)
            notifier.ready()
            notifier.status("watching\nMAINPID=1")
            notifier.watchdog()
            notifier.stopping()
            notifier.reloading()
            #expect(receive() == "READY=1")
            // A line break in a status must not become an assignment of its own.
            #expect(receive() == "STATUS=watching\\nMAINPID=1")
            #expect(receive() == "WATCHDOG=1")
            #expect(receive() == "STOPPING=1")
            let reloading = receive()?.split(separator: "=").map(String.init) ?? []
            #expect(reloading.count == 3 && reloading.prefix(2) == ["RELOADING", "1\nMONOTONIC_USEC"])
            #expect(reloading.last.flatMap(UInt64.init) != nil)
            #expect(receive() == nil)
        }
    }

    @Test(arguments: [nil, "/nonexistent/socket", "relative", "", "@", "/" + String(repeating: "x", count: 200)])
    func `Nobody to hear is no trouble`(path: String?) {
        #expect(!ServiceNotifier(socketPath: path).send("READY=1"))
    }

    @Test func `The environment says whom to tell and how often`() {
        let variables = ["NOTIFY_SOCKET": "/run/x", "WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "\(getpid())"]
        #expect(ServiceNotifier { variables[$0] } == ServiceNotifier(socketPath: "/run/x", watchdogSeconds: 30))
        #expect(ServiceNotifier { $0 == "WATCHDOG_PID" ? "1" : variables[$0] }.watchdogSeconds == nil)
        #expect(ServiceNotifier { _ in nil } == ServiceNotifier(socketPath: nil))
        #expect(ServiceNotifier { _ in "" } == ServiceNotifier(socketPath: nil))
    }
}
