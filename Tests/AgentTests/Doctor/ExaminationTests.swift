// SPDX-License-Identifier: Apache-2.0

import Camera
import NIOPosix
import Testing
import UTC

@testable import Agent

@Suite struct ExaminationTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    // MARK: - Configuration

    private func examine(_ yaml: String) throws -> [Finding] {
        let path = try directory.write(Array(yaml.utf8), "agent.yaml")
        return ConfigurationExamination(path: path).findings().findings
    }

    private func station(authority: String, name: String, role: String) -> String {
        """
        target: sky
        station: {name: \(name), authority: \(authority), role: \(role), contact: {title: Station}}
        site: {name: Toulouse, longitude: 1.48 deg, latitude: 43.56 deg, height: 150 m}
        camera: {kind: simulated}
        broker: {host: 127.0.0.1}
        """
    }

    @Test func `Every mistake of a configuration is a failure of its own`() throws {
        let findings = try examine("target: mars\ncamra: {}\n")
        #expect(findings.count > 4 && findings.allSatisfy { $0.verdict == .failed })
        #expect(findings.contains { $0.message.contains("agent.yaml:2:1: error: camra") })
    }

    @Test func `A station that nobody has described, or that tests, is a warning`() throws {
        let described = try examine(station(authority: "psws.irap", name: "pic", role: "observation"))
        #expect(described.map(\.verdict) == [.ok])
    }

    @Test(arguments: [("psws.local", "pic", "observation"), ("psws.irap", "pic", "test")])
    func `A station whose events nobody acts on is warned of`(authority: String, name: String, role: String) throws {
        let findings = try examine(station(authority: authority, name: name, role: role))
        #expect(findings.map(\.verdict) == [.ok, .warning])
    }

    // MARK: - Camera

    private static let device = V4L2DeviceDescription(
        path: "/dev/video2", stablePaths: ["/dev/v4l/by-id/usb-Basler-0"], name: "Basler", driver: "uvcvideo",
        formats: [
            V4L2FormatOffer(fourCC: 0x5945_5247, name: "Grey", sizes: [])  // GREY
        ])

    private func examine(
        device path: String, devices: [V4L2DeviceDescription] = [device], users: [DeviceUser] = [],
        access: DeviceAccess = DeviceAccess(group: "video", mode: 0o660)
    ) -> [Finding] {
        var camera = CameraConfiguration()
        camera.kind = .v4l2
        camera.device.path = path
        return CameraExamination(camera: camera, devices: { devices }, users: { _ in users }, access: { _ in access })
            .findings()
    }

    @Test func `A camera by a name that stays is well`() {
        let findings = examine(
            device: "/dev/v4l/by-id/usb-Basler-0", users: [DeviceUser(process: 7, program: "psws-agent")])
        #expect(findings.map(\.verdict) == [.ok])
        #expect(findings[0].message == "/dev/v4l/by-id/usb-Basler-0: Basler (uvcvideo), GREY")
    }

    @Test func `A camera by a name that may change is a warning with the name that stays`() {
        let findings = examine(device: "/dev/video2")
        #expect(findings.map(\.verdict) == [.ok, .warning])
        #expect(findings[1].remedy == "write device: /dev/v4l/by-id/usb-Basler-0")
    }

    @Test func `A camera that is not there has failed, and those that are there are named`() {
        let findings = examine(device: "/dev/video0")
        #expect(findings.map(\.verdict) == [.failed])
        #expect(findings[0].remedy?.contains("/dev/v4l/by-id/usb-Basler-0 (Basler)") == true)
        #expect(examine(device: "/dev/video0", devices: []).map(\.verdict) == [.failed])
    }

    @Test func `A camera that cannot be asked has failed`() {
        let broken = V4L2DeviceDescription(path: "/dev/video2", problem: "permission denied")
        #expect(examine(device: "/dev/video2", devices: [broken]).map(\.verdict) == [.failed])
    }

    @Test func `Another program at the camera is named`() {
        let findings = examine(
            device: "/dev/v4l/by-id/usb-Basler-0", users: [DeviceUser(process: 4711, program: "obs")])
        #expect(findings.map(\.verdict) == [.ok, .warning])
        #expect(findings[1].message == "/dev/video2 is open in obs, process 4711")
    }

    @Test(arguments: [("root", 0o660), ("video", 0o640), ("video", 0o600)] as [(String, UInt32)])
    func `A camera that the service may not use has failed although root may`(group: String, mode: UInt32) {
        let findings = examine(
            device: "/dev/v4l/by-id/usb-Basler-0", access: DeviceAccess(group: group, mode: mode))
        #expect(findings.map(\.verdict) == [.ok, .failed])
    }

    @Test func `A recording that is not there has failed`() throws {
        var camera = CameraConfiguration()
        camera.kind = .file
        camera.recordingPaths = [try directory.write([1], "night.ser"), directory.file("gone.ser"), "-"]
        #expect(CameraExamination(camera: camera).findings().map(\.verdict) == [.ok, .failed, .ok])
    }

    @Test func `This process is seen at a file that it has open`() throws {
        let path = directory.file("lock")
        let lock = try OutboxLock(path)
        #expect(DeviceUser.ofDevice(path).count == 1)
        #expect(DeviceUser.ofDevice(directory.file("other")).isEmpty)
        withExtendedLifetime(lock) {}
    }

    // MARK: - Clock

    private func evidence(synchronised: Bool, maximum: Double = 0.01) -> ClockEvidence {
        ClockEvidence(
            sampledAt: Station.now, isSynchronised: synchronised,
            estimatedErrorSeconds: synchronised ? 0.001 : nil, maximumErrorSeconds: synchronised ? maximum : nil)
    }

    @Test func `A synchronised clock is well, and its discipline is named`() {
        let findings = ClockExamination(evidence: evidence(synchronised: true), programs: ["chronyd"]).findings()
        #expect(findings.map(\.verdict) == [.ok] && findings[0].message.hasSuffix("disciplined by chronyd"))
    }

    @Test func `A clock that nobody keeps is a warning, and so is one that was left alone for long`() {
        let nobody = ClockExamination(evidence: evidence(synchronised: false), programs: []).findings()
        #expect(nobody.map(\.verdict) == [.warning] && nobody[0].remedy?.contains("install chrony") == true)
        let waiting = ClockExamination(evidence: evidence(synchronised: false), programs: ["chronyd"]).findings()
        #expect(waiting[0].remedy?.contains("chronyc") == true)
        let left = ClockExamination(evidence: evidence(synchronised: true, maximum: 3), programs: ["ntpd"]).findings()
        #expect(left.map(\.verdict) == [.warning])
        #expect(ClockExamination(evidence: nil, programs: []).findings().map(\.verdict) == [.warning])
    }

    // MARK: - Outbox and disk

    private func outboxConfiguration() -> OutboxConfiguration {
        var configuration = OutboxConfiguration()
        configuration.directory = directory.file("outbox")
        return configuration
    }

    @Test func `An outbox tells its depth, its age, and what was refused`() async throws {
        let configuration = outboxConfiguration()
        let missing = await OutboxExamination(configuration: configuration).findings()
        #expect(missing.map(\.verdict) == [.warning])
        let outbox = try Outbox.open(configuration.directory)
        let empty = await OutboxExamination(configuration: configuration).findings()
        #expect(empty == [.ok("outbox", "nothing waits")])
        for number in 1...3 {
            let draft = try await outbox.stage(OutboxEntryName(validating: "20260321T200000.00\(number)Z-abcdef"))
            _ = try await outbox.commit(draft, event: [60], ivorn: "ivo://a/b#\(number)", at: Station.now)
        }
        let entry = try #require(try await outbox.pending().first)
        try await outbox.park(entry, reasons: ["no"], at: Station.now)
        let soon = await OutboxExamination(
            configuration: configuration, now: Station.now.advanced(bySeconds: 60)
        ).findings()
        #expect(soon.map(\.verdict) == [.ok, .warning])
        #expect(soon[0].message == "2 events wait, the oldest for 60 s")
        #expect(soon[1].message.contains("refused 1 event"))
        let late = await OutboxExamination(
            configuration: configuration, now: Station.now.advanced(bySeconds: 7200)
        ).findings()
        #expect(late[0].verdict == .warning && late[0].message.contains("2.0 h"))
    }

    @Test func `The room on the disk is judged by the outbox's limits`() throws {
        var configuration = outboxConfiguration()
        let free = try DurableFiles().freeBytes(directory.path)
        func verdict(minimum: Int, floor: Int) -> [Finding.Verdict] {
            configuration.limits.minimumFreeBytes = minimum
            configuration.limits.hardFloorBytes = floor
            return DiskExamination(configuration: configuration).findings().map(\.verdict)
        }
        #expect(verdict(minimum: 0, floor: 0) == [.ok])
        #expect(verdict(minimum: 2 * free, floor: 0) == [.warning])
        #expect(verdict(minimum: 2 * free, floor: 2 * free) == [.failed])
    }

    // MARK: - Broker

    @Test func `A broker that listens is well, one that does not has failed`() async throws {
        let broker = try await TestBroker()
        var configuration = BrokerConfiguration(host: "127.0.0.1")
        configuration.port = broker.port
        let open = await BrokerExamination(broker: configuration).findings()
        #expect(open.map(\.verdict) == [.ok])
        await broker.broker.shutDown()
        let gone = await BrokerExamination(broker: configuration).findings()
        #expect(gone.map(\.verdict) == [.failed] && gone[0].message.contains("connection refused"))
    }

    @Test func `A broker that closes the connection at once turns the box away`() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let server = try await ServerBootstrap(group: group)
            .childChannelInitializer { $0.close() }
            .bind(host: "127.0.0.1", port: 0).get()
        var configuration = BrokerConfiguration(host: "127.0.0.1")
        configuration.port = server.localAddress?.port ?? 0
        let findings = await BrokerExamination(broker: configuration).findings()
        #expect(findings.map(\.verdict) == [.failed] && findings[0].message.contains("closes it at once"))
        try await server.close()
        try await group.shutdownGracefully()
    }
}
