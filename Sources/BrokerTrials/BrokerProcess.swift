// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOCore

/// A broker that runs as a process of its own, and what the kernel says of it.
public final class BrokerProcess {
    /// Which broker.
    public enum Kind: String, Sendable, Hashable {
        /// `psws-server`.
        case psws
        /// Comet, from PyPI.
        case comet
    }

    /// Where authors connect.
    let submit: SocketAddress
    /// Where subscribers connect.
    let subscribe: SocketAddress
    private let process = Process()
    private let directory: URL

    /// Starts a broker on loopback with nothing in its memory, and waits until it listens.
    ///
    /// - Parameters:
    ///   - kind: which broker.
    ///   - program: path of `psws-server`, or of Comet's `twistd`.
    /// - Throws: `BrokerTrialError` if it does not listen within half a minute.
    public init(_ kind: Kind, program: String) throws {
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("psws-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let ports = (try BrokerProcess.freePort(), try BrokerProcess.freePort())
        submit = try SocketAddress(ipAddress: "127.0.0.1", port: ports.0)
        subscribe = try SocketAddress(ipAddress: "127.0.0.1", port: ports.1)
        process.executableURL = URL(fileURLWithPath: program).absoluteURL
        process.currentDirectoryURL = directory
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.arguments =
            switch kind {
            case .psws:
                [
                    "run", "--quiet", "--submit-port", "\(ports.0)", "--subscribe-port", "\(ports.1)", "--http-port",
                    "0", "--data", "data",
                ]
            case .comet:
                [
                    "--nodaemon", "--pidfile=comet.pid", "comet", "--quiet", "--receive", "--broadcast",
                    "--local-ivo=ivo://psws.bench/comet", "--eventdb=.", "--broadcast-test-interval=0",
                    "--receive-port=\(ports.0)", "--broadcast-port=\(ports.1)",
                ]
            }
        try process.run()
        for address in [submit, subscribe] {
            guard BrokerProcess.awaitListener(address, while: { self.process.isRunning }) else {
                stop()
                throw BrokerTrialError("\(program) does not listen on port \(address.port ?? 0)")
            }
        }
    }

    /// CPU time that the broker has used, user and system, in seconds.
    func cpuSeconds() throws -> Double {
        let text = try String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)
        // The program's name, in brackets, may hold spaces; user and system time are fields 14 and 15.
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else {
            throw BrokerTrialError("the kernel does not tell the broker's CPU time")
        }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Largest resident memory so far in megabytes (10^6 bytes).
    func peakMegabytes() throws -> Double { try megabytes("VmHWM:") }

    /// Resident memory at the moment in megabytes (10^6 bytes).
    func residentMegabytes() throws -> Double { try megabytes("VmRSS:") }

    private func megabytes(_ field: String) throws -> Double {
        let text = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        for line in text.split(separator: "\n") where line.hasPrefix(field) {
            if let kibibytes = Double(line.split(whereSeparator: \.isWhitespace)[1]) { return kibibytes * 1024 / 1e6 }
        }
        throw BrokerTrialError("the kernel does not tell the broker's memory")
    }

    /// Ends the broker and removes what it has written.
    public func stop() {
        if process.isRunning {
            // A process that was started from a thread of the Swift runtime inherits its mask and hears no SIGTERM.
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        try? FileManager.default.removeItem(at: directory)
    }

    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        guard let port = bound(descriptor) else { throw BrokerTrialError("there is no free port") }
        return port
    }

    private static func bound(_ descriptor: Int32) -> Int? {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let done = withUnsafeMutableBytes(of: &address) { bytes -> Bool in
            guard let pointer = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return false }
            return bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
        }
        return done ? Int(UInt16(bigEndian: address.sin_port)) : nil
    }

    private static func awaitListener(_ address: SocketAddress, while isAlive: () -> Bool) -> Bool {
        for _ in 0..<600 {
            guard isAlive() else { return false }
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            let connected = address.withSockAddr { connect(descriptor, $0, socklen_t($1)) == 0 }
            if connected { return true }
            Thread.sleep(forTimeInterval: 0.05)
        }
        return false
    }
}
