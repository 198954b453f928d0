// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import BrokerTrials
import Console
import NIOPosix

/// `psws-bench broker`: our broker and Comet under the same load, on the same machine, in the same run.
struct BrokerBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "broker",
        abstract: "Our broker and Comet under the same load: CPU, throughput, latency and memory.",
        discussion: """
            Authors submit without a pause, each waiting for its answer; subscribers take and acknowledge every event. \
            Every row is a broker that has just been started. Our broker has an event on the disk (fsync) before it \
            acknowledges it; Comet keeps a hash in memory-mapped files and syncs nothing.

            Comet answers one event a connection, and so both are measured; the rows 'kept' let our authors submit \
            all their events on one connection.

            Generator and broker share the machine: where broker and generator together use all of it, the columns \
            'broker' and 'generator' (processors in use) tell which side was the limit.
            """)

    @Option(help: "The server to measure.")
    var server = ".build/release/psws-server"

    @Option(help: "Comet's twistd; left out if it is not there.")
    var comet = ".build/interop-venv/bin/twistd"

    @Option(help: "Seconds of each load.")
    var seconds = 5.0

    @Option(help: "Numbers of subscribers.")
    var subscribers = [1, 50, 300]

    @Option(help: "Threads of the generator.")
    var threads = 2

    @Flag(inversion: .prefixedNo, help: "Measure 20 subscribers that never read, too.")
    var stalled = true

    @Option(
        help: """
            Instead of all that: our broker alone, with the largest number of subscribers, until so many deliveries were \
            made; its memory at every tenth.
            """)
    var deliveries: Int?

    @Option(help: "Write the tables into this Markdown file, too.")
    var markdown: String?

    @Flag(help: "Print JSON, one object a line.")
    var json = false

    func validate() throws {
        if let deliveries, deliveries < 1 { throw ValidationError("--deliveries takes a number from 1 on.") }
    }

    func run() async throws {
        let eventLoopGroup = MultiThreadedEventLoopGroup(numberOfThreads: max(1, threads))
        let plan = BrokerBenchPlan(server: server, comet: comet, seconds: seconds, subscribers: subscribers)
        var report = BenchReport(printsJSON: json)
        if let deliveries {
            let step = plan.endurance(deliveries: deliveries)
            let figures = try await plan.run(step, eventLoopGroup: eventLoopGroup)
            report.add(BrokerBenchTables.endurance(.init(step: step, figures: figures)))
            if let markdown { try report.writeMarkdown(to: markdown) }
            return try await eventLoopGroup.shutdownGracefully()
        }
        var results: [BrokerBenchPlan.Result] = []
        for step in plan.steps {
            if !json { StandardError.write("measuring \(step.name)") }
            results.append(.init(step: step, figures: try await plan.run(step, eventLoopGroup: eventLoopGroup)))
        }
        report.add(BrokerBenchTables.load(results))
        if stalled {
            var results: [BrokerBenchPlan.Result] = []
            for step in plan.stalledSteps {
                if !json { StandardError.write("measuring \(step.name)") }
                results.append(.init(step: step, figures: try await plan.run(step, eventLoopGroup: eventLoopGroup)))
            }
            report.add(BrokerBenchTables.stalled(results))
        }
        if let markdown { try report.writeMarkdown(to: markdown) }
        try await eventLoopGroup.shutdownGracefully()
    }
}
