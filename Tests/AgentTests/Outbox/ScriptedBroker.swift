// SPDX-License-Identifier: Apache-2.0

@testable import Agent

/// A broker that answers as a test wants, and remembers what it was sent.
actor ScriptedBroker: EventSubmitter {
    /// How many attempts fail before the broker is there.
    private var failuresLeft = 0
    private var isReached = false
    private var answers: [String: [DeliveryAnswer?]] = [:]
    /// Every attempt, by ivorn.
    private(set) var attempts: [String] = []
    /// What was acknowledged, in order, with its bytes.
    private(set) var accepted: [(ivorn: String, bytes: [UInt8])] = []

    /// Lets the next attempts fail, whatever they bring: before a connection is made, or after it.
    func fail(_ attempts: Int, isReached: Bool = false) {
        failuresLeft = attempts
        self.isReached = isReached
    }

    /// Answers to the attempts with one event, in order; nil fails. After them the event is acknowledged.
    func answer(_ ivorn: String, _ answers: [DeliveryAnswer?]) { self.answers[ivorn] = answers }

    func submit(_ packet: [UInt8], ivorn: String) async throws(DeliveryFailure) -> DeliveryAnswer {
        attempts.append(ivorn)
        if failuresLeft > 0 {
            failuresLeft -= 1
            throw isReached
                ? DeliveryFailure("broker: no answer", hasReachedBroker: true)
                : DeliveryFailure("broker: connection refused", hasReachedBroker: false)
        }
        if var answers = answers[ivorn], !answers.isEmpty {
            let answer = answers.removeFirst()
            self.answers[ivorn] = answers
            guard let answer else { throw DeliveryFailure("broker: closed", hasReachedBroker: true) }
            if case .refused = answer { return answer }
        }
        accepted.append((ivorn, packet))
        return .acknowledged(response: "ivo://broker")
    }
}
