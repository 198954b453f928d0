// SPDX-License-Identifier: Apache-2.0

import Alerts
import Logging
import ServiceLifecycle
import UTC
import VTP

/// Predicts the solar wind round by round, for as long as the centre runs.
struct PredictionService: Service {
    /// Seconds after which a round that did not do everything is tried again, if the interval is not shorter.
    private static let retrySeconds = 300.0

    let rounds: PredictionRounds
    let intervalSeconds: Double
    let state: PredictionState
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let isGood = await round()
                // Up to a tenth more, so that the centres of this world do not ask at the same second.
                let wait = isGood ? intervalSeconds : min(intervalSeconds, PredictionService.retrySeconds)
                try? await Task.sleep(for: .seconds(wait * Double.random(in: 1...1.1)))
            }
        }
    }

    private func round() async -> Bool {
        do {
            let report = try await rounds.run()
            state.replace(by: report)
            for line in report.lines {
                logger.log(level: report.isGood ? .info : .warning, "prediction", metadata: ["round": "\(line)"])
            }
            return report.isGood
        } catch {
            logger.error("there is no prediction", metadata: ["reason": "\(error)"])
            return false
        }
    }
}

/// Hands predictions to the broker the way that all events take.
struct BrokerPublishing: EventPublishing {
    let broker: VTPBroker

    func publish(_ packet: [UInt8]) async throws(AlertError) {
        switch await broker.submitOwn(packet) {
        case .stored, .alreadyStored: return
        case .refused(_, let reasons):
            throw AlertError(.refused, place: "broker", message: reasons.joined(separator: "; "))
        case .notAnEvent(let reason): throw AlertError(.refused, place: "broker", message: reason)
        case .failed(let reason): throw AlertError(.storage, place: "broker", message: reason)
        }
    }
}
