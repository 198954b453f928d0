// SPDX-License-Identifier: Apache-2.0

import BrokerTrials
import Glibc
import NIOCore

/// What is measured, in which order: for each load first Comet, then our broker.
struct BrokerBenchPlan {
    /// One broker under one load.
    struct Step {
        let kind: BrokerProcess.Kind
        let trial: BrokerTrial

        var name: String {
            "\(kind.rawValue), \(trial.inFlight) in flight\(trial.keepsConnection ? " on kept connections" : ""), "
                + "\(trial.subscribers) subscribers"
                + (trial.stalled > 0 ? " and \(trial.stalled) that do not read" : "")
        }
    }

    /// A step and what came of it.
    struct Result {
        let step: Step
        let figures: BrokerTrial.Figures
    }

    let server: String
    let comet: String
    let seconds: Double
    let subscribers: [Int]

    private var kinds: [BrokerProcess.Kind] { access(comet, X_OK) == 0 ? [.comet, .psws] : [.psws] }

    var steps: [Step] {
        subscribers.flatMap { count in
            [1, 16].flatMap { inFlight in
                var trial = BrokerTrial()
                trial.inFlight = inFlight
                trial.subscribers = count
                trial.seconds = seconds
                var kept = trial
                kept.keepsConnection = true
                return kinds.map { Step(kind: $0, trial: trial) } + [Step(kind: .psws, trial: kept)]
            }
        }
    }

    /// 20 subscribers that never read, one that does, and 1,000 events of 50 kB.
    var stalledSteps: [Step] {
        var trial = BrokerTrial()
        trial.inFlight = 1
        trial.subscribers = 1
        trial.stalled = 20
        trial.eventBytes = 50_000
        trial.maximumEvents = 1000
        trial.seconds = 120
        return kinds.map { Step(kind: $0, trial: trial) }
    }

    /// Our broker with as many subscribers as there are, until so many deliveries were made.
    func endurance(deliveries: Int) -> Step {
        var trial = BrokerTrial()
        trial.inFlight = 16
        trial.keepsConnection = true
        trial.subscribers = max(subscribers.max() ?? 1, 1)
        trial.maximumEvents = (deliveries + trial.subscribers - 1) / trial.subscribers
        trial.seconds = .infinity
        return Step(kind: .psws, trial: trial)
    }

    func run(_ step: Step, eventLoopGroup: any EventLoopGroup) async throws -> BrokerTrial.Figures {
        let broker = try BrokerProcess(step.kind, program: step.kind == .comet ? comet : server)
        defer { broker.stop() }
        return try await step.trial.run(on: broker, eventLoopGroup: eventLoopGroup)
    }
}
