// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Glibc
import Synchronization
import Telemetry

/// The side of a service manager: what a service has told it, in order.
final class ServiceManager {
    struct Failure: Error {}

    let notifier: ServiceNotifier
    private let inbox: Inbox
    private let source: any DispatchSourceRead

    /// Takes messages as they come: the kernel keeps only some of them, and a service does not wait for a manager that
    /// does not listen.
    private final class Inbox: Sendable {
        let descriptor: Int32
        private let messages = Mutex<[String]>([])

        init(descriptor: Int32) { self.descriptor = descriptor }

        deinit { close(descriptor) }

        /// Reads what is there.
        func receive() {
            messages.withLock { messages in
                var bytes = [UInt8](repeating: 0, count: 4096)
                while true {
                    let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
                    guard count > 0 else { return }
                    messages.append(String(decoding: bytes.prefix(count), as: UTF8.self))
                }
            }
        }

        /// Gives what was read, once.
        func take() -> [String] {
            messages.withLock { messages in
                defer { messages = [] }
                return messages
            }
        }
    }

    /// Listens on an abstract name of its own.
    init(watchdogSeconds: Double? = nil) throws {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
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
        let inbox = Inbox(descriptor: descriptor)
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: DispatchQueue(label: "manager"))
        source.setEventHandler { inbox.receive() }
        // The descriptor must stay until nobody waits for it any more.
        source.setCancelHandler { _ = inbox }
        self.inbox = inbox
        source.resume()
    }

    deinit { source.cancel() }

    /// What has come since the last look.
    func heard() -> [String] {
        inbox.receive()
        return inbox.take()
    }
}
