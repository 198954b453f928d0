// SPDX-License-Identifier: Apache-2.0
import XML

/// Writes packets strictly: what it writes is valid under the schema of its version, means something, and is accepted
/// by the brokers in use. The same packet gives the same bytes.
public struct VOEventAuthor: Sendable {
    private let validator = VOEventValidator()

    /// An author.
    public init() {}

    /// The bytes of a packet, in UTF-8.
    ///
    /// The version is the packet's: 2.0 unless it was told otherwise.
    /// - Throws: `VOEventError` with code `notValid` and everything that is wrong; nothing is written then. That is
    ///   whatever `VOEventValidator` would say about the written packet, be it error or warning, and numbers that are
    ///   not finite, parts that the version does not have, and a packet without Who or its Date.
    public func write(_ packet: VOEventPacket) throws(VOEventError) -> [UInt8] {
        var problems = AuthoringCheck.problems(of: packet)
        var bytes: [UInt8] = []
        do {
            var writer = XMLWriter()
            writer.write(packet)
            bytes = try writer.finish()
            let report = validator.validate(bytes, against: packet.version)
            problems += (report.errors + report.warnings).map(\.message)
        } catch {
            problems += error.diagnostics.map(\.message)
        }
        guard problems.isEmpty else {
            throw VOEventError(
                .notValid, place: packet.ivorn.isEmpty ? "packet" : packet.ivorn, problems: problems,
                remedy: "nothing was written")
        }
        return bytes
    }
}
