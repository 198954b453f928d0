// SPDX-License-Identifier: Apache-2.0

import Camera
import Glibc
import Settings
import Synchronization
import Testing

@testable import Agent

/// The service watches a simulated sky that lasts for an hour, gets SIGHUP, and goes on with a recording, after which it
/// ends by itself.
@Suite struct ReloadTests {
    private let directory: TemporaryDirectory
    private let journal = Journal()

    init() throws { directory = try TemporaryDirectory() }

    private func simulated(port: Int) -> AgentConfiguration {
        var configuration = Station.configuration
        configuration.target = .sky
        configuration.camera.kind = .simulated
        configuration.camera.widthPixels = 64
        configuration.camera.heightPixels = 64
        configuration.camera.framesPerSecond = 25
        configuration.camera.simulation.durationSeconds = 3600
        configuration.camera.simulation.eventsPerMinute = 0
        configuration.outbox.directory = directory.file("outbox")
        configuration.broker.host = "127.0.0.1"
        configuration.broker.port = port
        return configuration
    }

    private func recorded(_ path: String, port: Int) -> AgentConfiguration {
        var configuration = simulated(port: port)
        configuration.camera.kind = .file
        configuration.camera.framesPerSecond = nil
        configuration.camera.recordingPaths = [path]
        return configuration
    }

    /// Runs the service; each time that a line with the first of these words stands in the journal, it gets the signal
    /// that belongs to it.
    private func run(
        _ configuration: AgentConfiguration, signals: [(after: String, number: Int32)],
        manager: ServiceManager? = nil, reload: @escaping AgentService.Reload
    ) async throws {
        let (stream, continuation) = AsyncStream<Int32>.makeStream()
        let journal = journal
        let service = AgentService(
            configuration: configuration, logger: journal.logger,
            notifier: manager?.notifier ?? .init(socketPath: nil), reload: reload)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var rest = signals[...]
                for await line in journal.stream {
                    guard let next = rest.first, line.contains(next.after) else { continue }
                    rest.removeFirst()
                    continuation.yield(next.number)
                }
            }
            defer { group.cancelAll() }
            try await service.run(signals: stream)
        }
    }

    @Test func `A good configuration is applied, and its events reach the new broker`() async throws {
        let recording = try SceneRecording.write(RecordedScenes.meteor, to: directory.file("sky.ser"))
        let broker = try await TestBroker()
        let next = recorded(recording.path, port: broker.port)
        let manager = try ServiceManager()
        try await run(simulated(port: 9), signals: [("watching", SIGHUP)], manager: manager, reload: { next })
        #expect(await broker.log.ivorns.count == 1)
        await broker.broker.shutDown()
        let heard = manager.heard().filter { !$0.hasPrefix("STATUS") && !$0.hasPrefix("WATCHDOG") }
        #expect(heard.count == 4 && heard[1].hasPrefix("RELOADING=1\nMONOTONIC_USEC="))
        #expect(heard.first == "READY=1" && heard.dropFirst(2) == ["READY=1", "STOPPING=1"])
    }

    @Test func `A configuration with mistakes is refused with all of them, and the present one stays`() async throws {
        let text = "target: mars\nstation: 7\ncamra: {}\n"
        let path = try directory.write(Array(text.utf8), "bad.yaml")
        try await run(
            simulated(port: 9), signals: [("watching", SIGHUP), ("keeps the one that it has", SIGTERM)],
            reload: { () throws(ConfigurationError) in try AgentConfiguration.load(path) })
        let mistakes = try #require(throws: ConfigurationError.self) { try AgentConfiguration.load(path) }.mistakes
        #expect(mistakes.count > 3)
        for mistake in mistakes { #expect(journal.lines.contains("error: \(path):\(mistake)")) }
        #expect(journal.lines.filter { $0.contains("watching") }.count == 1)
    }

    @Test func `An outbox elsewhere is left for the next start, and that is said`() async throws {
        var next = simulated(port: 9)
        next.outbox.directory = directory.file("elsewhere")
        next.target = .moon
        let changed = next
        try await run(
            simulated(port: 9), signals: [("watching", SIGHUP), ("watches moon", SIGTERM)], reload: { changed })
        #expect(journal.lines.contains { $0.contains("takes effect when the agent is restarted") })
        #expect(try directory.names() == ["outbox", "outbox.gaps.jsonl"])
    }
}
