// SPDX-License-Identifier: Apache-2.0

import NIOCore
import VTP

/// Sends the outbox's events to a VTP broker.
public struct VTPSubmitter: EventSubmitter {
    private let author: VTPAuthor

    /// A submitter to one broker.
    ///
    /// - Parameters:
    ///   - configuration: address and timeouts.
    ///   - eventLoopGroup: where the network work runs; the caller owns it.
    public init(configuration: BrokerConfiguration, eventLoopGroup: any EventLoopGroup) {
        author = VTPAuthor(
            broker: VTPAddress(host: configuration.host, port: configuration.port),
            limits: VTPAuthor.Limits(
                connectTimeoutSeconds: max(1, Int(configuration.connectTimeoutSeconds.rounded(.up))),
                answerTimeoutSeconds: max(1, Int(configuration.answerTimeoutSeconds.rounded(.up)))),
            eventLoopGroup: eventLoopGroup)
    }

    /// Submits one event and waits for the broker's answer.
    ///
    /// - Throws: a temporary failure, in the words of `VTPError`.
    public func submit(_ packet: [UInt8], ivorn: String) async throws(DeliveryFailure) -> DeliveryAnswer {
        do throws(VTPError) {
            switch try await author.submit(packet, ivorn: ivorn) {
            case .acknowledged(let response): return .acknowledged(response: response)
            case .refused(let reasons): return .refused(reasons: reasons)
            }
        } catch {
            throw DeliveryFailure("\(error)", hasReachedBroker: error.code != .cannotConnect)
        }
    }
}
