// SPDX-License-Identifier: Apache-2.0

import Logging
import ServiceLifecycle
import UTC
import VOEvent
import VTP

/// Publishes a test event from time to time, by which subscribers know that the way to them is open.
///
/// It takes the way of all events: judged, stored, relayed. What is amiss there, is amiss here.
struct HeartbeatService: Service {
    let broker: VTPBroker
    /// The broker's IVOID: the events' author, and what their stream is named after.
    let identity: String
    /// Time between two events, in seconds; nil: none are published.
    let intervalSeconds: Double?
    let logger: Logger

    func run() async throws {
        guard let intervalSeconds else {
            try? await gracefulShutdown()
            return
        }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await publish(at: .now())
                try? await Task.sleep(for: .seconds(intervalSeconds))
            }
        }
    }

    private func publish(at time: UTCInstant) async {
        do {
            switch await broker.submitOwn(try packet(at: time)) {
            case .stored, .alreadyStored: break
            case .refused(_, let reasons):
                logger.error("the heartbeat is refused", metadata: ["reasons": "\(reasons.joined(separator: "; "))"])
            case .failed(let reason), .notAnEvent(let reason):
                logger.error("there is no heartbeat", metadata: ["reason": "\(reason)"])
            }
        } catch {
            logger.error("the heartbeat cannot be written", metadata: ["reason": "\(error)"])
        }
    }

    /// The event of one heartbeat; its local part is the time.
    func packet(at time: UTCInstant) throws -> [UInt8] {
        let name = identity.prefix { $0 != "#" && $0 != "?" }
        let stamp = time.basicISO8601()
        var packet = VOEventPacket(ivorn: "\(name)/heartbeat#\(stamp)", role: .test)
        packet.who = Who(authorIVORN: identity, author: Who.Author(title: "PSWS server"), date: time)
        packet.what = What([
            .param(What.Param(name: PSWSVocabulary.eventType.name, value: "heartbeat")),
            .param(What.Param(name: "interval", value: intervalSeconds ?? 0, ucd: "time.duration", unit: "s")),
        ])
        packet.description = "A sign of life of this broker. Nothing happened."
        return try VOEventAuthor().write(packet)
    }
}
