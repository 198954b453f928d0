// SPDX-License-Identifier: Apache-2.0

/// Where a broker is: host name or IP address, and TCP port.
public struct VTPAddress: Sendable, Hashable, CustomStringConvertible {
    /// Port on which brokers take events from authors.
    public static let submitPort = 8098
    /// Port on which brokers serve subscribers.
    public static let subscribePort = 8099

    /// Host name, IPv4 or IPv6 address (without brackets).
    public let host: String
    /// TCP port, 0...65535; 0 lets the system choose when listening.
    public let port: Int

    /// An address from its parts.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `HOST:PORT`; an IPv6 address stands in brackets, as in `[::1]:8098`.
    ///
    /// - Throws: `badAddress`, saying what is missing.
    public init(_ text: String) throws(VTPError) {
        func malformed(_ message: String) -> VTPError {
            VTPError(.badAddress, place: "\"\(text.printable)\"", message: message, remedy: "write HOST:PORT")
        }
        guard let colon = text.lastIndex(of: ":") else { throw malformed("the port is missing") }
        guard let port = Int(text[text.index(after: colon)...]), (1...65_535).contains(port) else {
            throw malformed("the port is not a number from 1 to 65535")
        }
        var host = text[..<colon]
        if host.first == "[", host.last == "]" {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            throw malformed("an IPv6 address needs brackets, as in [::1]:8098")
        }
        guard !host.isEmpty else { throw malformed("the host is missing") }
        self.init(host: String(host), port: port)
    }

    /// `host:port`, with brackets around an IPv6 address.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
