// SPDX-License-Identifier: Apache-2.0

import NIOPosix
import VTP

/// Whether the broker can be reached and lets this box in. Nothing is submitted.
struct BrokerExamination {
    let broker: BrokerConfiguration

    private static let subject = "broker"

    func findings() async -> [Finding] {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let address = VTPAddress(host: broker.host, port: broker.port)
        let probe = BrokerProbe(
            broker: address, connectTimeoutSeconds: max(1, Int(broker.connectTimeoutSeconds.rounded(.up))),
            eventLoopGroup: group)
        let finding: Finding
        do {
            finding =
                switch try await probe.run() {
                case .open(let remote):
                    .ok(Self.subject, "\(address) takes connections\(remote.map { ", at \($0)" } ?? "")")
                case .turnedAway:
                    .failed(
                        Self.subject, "\(address) takes the connection and closes it at once",
                        remedy: "ask its operator whether this box is on the list of authors")
                }
        } catch {
            finding = .failed(
                Self.subject, "\(address): \(error.message)",
                remedy: error.remedy ?? "check broker.host and broker.port")
        }
        try? await group.shutdownGracefully()
        return [finding]
    }
}
