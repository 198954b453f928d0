// SPDX-License-Identifier: Apache-2.0

import CNotify
import Glibc

/// Tells the service manager how the service is, as sd_notify(3) describes it; libsystemd is not needed.
///
/// Without a service manager every call does nothing. Nothing here waits or throws: a manager that does not listen
/// must not keep the service from its work.
public struct ServiceNotifier: Sendable, Hashable {
    /// The manager's socket, a path or, with `@` first, an abstract name; nil without a manager.
    public let socketPath: String?
    /// How often the manager wants to hear `watchdog()` at the least, in seconds; nil if it does not watch.
    public let watchdogSeconds: Double?

    /// A notifier for a socket, or for nobody.
    public init(socketPath: String?, watchdogSeconds: Double? = nil) {
        self.socketPath = socketPath
        self.watchdogSeconds = watchdogSeconds
    }

    /// The notifier that the environment asks for: `NOTIFY_SOCKET`, `WATCHDOG_USEC`, `WATCHDOG_PID`.
    ///
    /// - Parameter variable: looks up an environment variable.
    public init(environment variable: (String) -> String? = environmentVariable) {
        let path = variable("NOTIFY_SOCKET")
        let isForUs = variable("WATCHDOG_PID").map { Int32($0) == getpid() } ?? true
        let microseconds = variable("WATCHDOG_USEC").flatMap(UInt64.init) ?? 0
        self.init(
            socketPath: path?.isEmpty == false ? path : nil,
            watchdogSeconds: isForUs && microseconds > 0 ? Double(microseconds) / 1e6 : nil)
    }

    /// The service has started and works; units that wait for it may start.
    public func ready() { send("READY=1") }

    /// One sentence for `systemctl status`.
    public func status(_ sentence: String) { send("STATUS=" + SingleLine.text(sentence)) }

    /// The service is about to end.
    public func stopping() { send("STOPPING=1") }

    /// The service takes a new configuration; `ready()` says that it has.
    public func reloading() {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        // The manager tells with it whether a later READY=1 belongs to this reload.
        send("RELOADING=1\nMONOTONIC_USEC=\(Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)")
    }

    /// The service is alive. To be called at least every `watchdogSeconds`, better twice as often.
    public func watchdog() { send("WATCHDOG=1") }

    /// Sends assignments, one a line; true if the manager's socket took it.
    @discardableResult func send(_ assignments: String) -> Bool {
        guard let socketPath else { return false }
        return cnotify_send(socketPath, assignments, assignments.utf8.count) == 0
    }
}

/// The value of an environment variable; nil if it is not set.
public func environmentVariable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
}
