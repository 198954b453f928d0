// SPDX-License-Identifier: Apache-2.0

import Glibc
import Telemetry

/// The side of a service manager: what a service has told it, in order.
final class ServiceManager {
    struct Failure: Error {}

    let notifier: ServiceNotifier
    private let descriptor: Int32

    /// Listens on an abstract name of its own.
    init(watchdogSeconds: Double? = nil) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        let name = "@psws-manager-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
        notifier = ServiceNotifier(socketPath: name, watchdogSeconds: watchdogSeconds)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { path in
            path.copyBytes(from: name.utf8)
            path[0] = 0
        }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.utf8.count)
        let bound = withUnsafeBytes(of: &address) { bytes in
            bind(descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, length)
        }
        guard descriptor >= 0, bound == 0 else { throw Failure() }
    }

    deinit { close(descriptor) }

    /// What has come since the last look.
    func heard() -> [String] {
        var messages: [String] = []
        var bytes = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
            guard count > 0 else { return messages }
            messages.append(String(decoding: bytes.prefix(count), as: UTF8.self))
        }
    }
}
