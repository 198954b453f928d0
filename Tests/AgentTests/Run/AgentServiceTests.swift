// SPDX-License-Identifier: Apache-2.0

import Camera
import Testing

@testable import Agent

@Suite struct AgentServiceTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// A station that watches a recording and reports to a port of this machine.
    private func configuration(recording: String, port: Int) -> AgentConfiguration {
        var configuration = Station.configuration
        configuration.target = .sky
        configuration.camera.kind = .file
        configuration.camera.recordingPaths = [recording]
        configuration.outbox.directory = directory.file("outbox")
        configuration.broker.host = "127.0.0.1"
        configuration.broker.port = port
        return configuration
    }

    private func run(
        _ configuration: AgentConfiguration, pinBoard: any PinBoard = VirtualBoard()
    ) async throws -> [String] {
        let journal = Journal()
        // Signals to the process are for other tests.
        let signals = AsyncStream<Int32> { _ in }
        try await AgentService(configuration: configuration, logger: journal.logger, pinBoard: pinBoard)
            .run(signals: signals)
        return journal.lines
    }

    @Test func `Over a recording the service ends by itself when the broker has every event`() async throws {
        let recording = try SceneRecording.write(RecordedScenes.meteor, to: directory.file("sky.ser"))
        let broker = try await TestBroker()
        let lines = try await run(configuration(recording: recording.path, port: broker.port))
        let sent = try await Outbox.inspect(directory.file("outbox")).list(.sent)
        #expect(await broker.log.ivorns == sent.map(\.ivorn) && sent.count == 1)
        #expect(lines.contains { $0.contains("100 frames searched, 0 lost") })
        #expect(lines.contains { $0.contains("ivo://broker/x has acknowledged \(sent.first?.ivorn ?? "")") })
        await broker.broker.shutDown()
    }

    @Test func `A recording that breaks off has its events sent before the service fails`() async throws {
        let whole = try SceneRecording.write(RecordedScenes.meteor, to: directory.file("sky.ser"))
        let bytes = try bytes(ofFile: whole.path)
        let broken = try directory.write(Array(bytes.prefix(bytes.count * 8 / 10)), "broken.ser")
        let broker = try await TestBroker()
        // A SER recording that breaks off has lost its time stamps; its start and the rate are left.
        var configuration = configuration(recording: broken, port: broker.port)
        configuration.camera.framesPerSecond = 25
        let error = try await #require(throws: CameraError.self) { _ = try await run(configuration) }
        #expect(error.place.hasPrefix(broken))
        #expect(await broker.log.ivorns.count == 1)
        await broker.broker.shutDown()
    }

    @Test func `A recording that is not there is the service's own error`() async throws {
        let path = directory.file("nothing.ser")
        let error = try await #require(throws: CameraError.self) {
            _ = try await run(configuration(recording: path, port: 9))
        }
        #expect(error.place == path)
    }

    @Test func `Under a closed roof the frames pass, nothing is reported, and the operator knows why`() async throws {
        let recording = try SceneRecording.write(RecordedScenes.meteor, to: directory.file("sky.ser"))
        var configuration = configuration(recording: recording.path, port: 9)
        configuration.pins = try PinsConfigurationTests.decode("roof: {line: roof-open}")
        let lines = try await run(configuration, pinBoard: VirtualBoard(inputs: ["roof-open": VirtualInput(false)]))
        #expect(lines.contains("notice: blocked: the roof is closed; frames are not searched until it opens"))
        #expect(lines.contains { $0.contains("0 frames searched, 0 lost, 0 events") })
        #expect(try await Outbox.inspect(directory.file("outbox")).list(.pending).isEmpty)
    }

    @Test func `A line that another program has keeps the service from starting`() async throws {
        var configuration = configuration(recording: directory.file("sky.ser"), port: 9)
        configuration.pins = try PinsConfigurationTests.decode("rain: {line: rain}")
        let error = try await #require(throws: PinError.self) {
            _ = try await run(configuration, pinBoard: VirtualBoard(busy: ["rain"]))
        }
        #expect(
            "\(error)"
                == "pins.rain, line 'rain': 'fan' has the line (stop it before the agent starts, or choose another line)"
        )
    }
}
