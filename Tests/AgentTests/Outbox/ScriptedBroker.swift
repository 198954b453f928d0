// SPDX-License-Identifier: Apache-2.0

@testable import Agent

/// A broker that answers as a test wants, and remembers what it was sent.
actor ScriptedBroker: EventSubmitter {
    struct Unreachable: Error, CustomStringConvertible {
        var description: String { "broker: connection refused" }
    }

    /// How many attempts fail before the broker is there.
    private var failuresLeft = 0
    private var answers: [String: [DeliveryAnswer?]] = [:]
    /// Every attempt, by ivorn.
    private(set) var attempts: [String] = []
    /// What was acknowledged, in order, with its bytes.
    private(set) var accepted: [(ivorn: String, bytes: [UInt8])] = []

    /// Lets the next attempts fail, whatever they bring.
    func fail(_ attempts: Int) { failuresLeft = attempts }

    /// Answers to the attempts with one event, in order; nil fails. After them the event is acknowledged.
    func answer(_ ivorn: String, _ answers: [DeliveryAnswer?]) { self.answers[ivorn] = answers }

    func submit(_ packet: [UInt8], ivorn: String) async throws -> DeliveryAnswer {
        attempts.append(ivorn)
        if failuresLeft > 0 {
            failuresLeft -= 1
            throw Unreachable()
        }
        if var answers = answers[ivorn], !answers.isEmpty {
            let answer = answers.removeFirst()
            self.answers[ivorn] = answers
            guard let answer else { throw Unreachable() }
            if case .refused = answer { return answer }
        }
        accepted.append((ivorn, packet))
        return .acknowledged(response: "ivo://broker")
    }
}
