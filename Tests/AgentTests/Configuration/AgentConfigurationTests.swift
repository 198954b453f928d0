// SPDX-License-Identifier: Apache-2.0

import Detection
import FoundationEssentials
import Settings
import Testing

@testable import Agent

struct AgentConfigurationTests {
    private static let examples = ["lunar.yaml", "jupiter.yaml", "all-sky.yaml"]

    private static let exampleDirectory =
        "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/firmware-config"

    private func text(_ example: String) throws -> String {
        let data = try #require(FileManager.default.contents(atPath: "\(Self.exampleDirectory)/\(example)"))
        return String(decoding: data, as: UTF8.self)
    }

    private func decode(_ yaml: String) throws(ConfigurationError) -> AgentConfiguration {
        try SettingsDocument(yaml: Array(yaml.utf8), file: "box.yaml").decode { AgentConfiguration(&$0) }
    }

    @Test(arguments: examples)
    func `Every example passes the check`(example: String) {
        #expect(ConfigurationCheck(path: "\(Self.exampleDirectory)/\(example)").text.hasSuffix(": OK"))
    }

    @Test func `The examples are for their targets and sites`() throws {
        #expect(try decode(text("lunar.yaml")).target == .moon)
        #expect(try decode(text("jupiter.yaml")).target == .jupiter)
        let sky = try decode(text("all-sky.yaml"))
        #expect(sky.target == .sky)
        #expect(sky.site.latitudeDegrees == 42.9364)
        #expect(sky.site.heightMetres == 2877)
        #expect(sky.camera.kind == .v4l2)
        #expect(sky.camera.exposureSeconds == 0.04)
        #expect(sky.camera.device.acceptsConverted == false)
        #expect(sky.detection.arcsecondsPerPixel == 252)
        #expect(sky.detection.exclusions.first?.width == 200)
        #expect(sky.outbox.limits == OutboxLimits())
        #expect(sky.broker.host == "broker.example.org")
    }

    @Test(arguments: [
        "position_error: 10 m", "width: 1280 px", "height: 720 px", "formats: [Y16, Y12, Y10, GREY]", "gain: 200",
        "white_balance: 5000 K", "controls: {black_level: 8}", "latency: 12 ms", "row_time: 15 us",
        "latency_error: 1 ms",
        "psf_width: 3 px", "pixel_scale: 1.2 arcsec/px", "connect_timeout: 10 s", "answer_timeout: 30 s",
        "retry_first: 1 s", "retry_maximum: 5 min", "port: 9417",
    ])
    func `A line that is off in the example can be turned on`(line: String) throws {
        let example = try text("lunar.yaml")
        let turnedOn = example.split(separator: "\n", omittingEmptySubsequences: false).map { shown in
            shown.hasSuffix("# " + line) ? String(shown.dropLast(line.count + 2)) + line : String(shown)
        }.joined(separator: "\n")
        #expect(turnedOn != example)
        #expect(throws: Never.self) { try decode(turnedOn) }
    }

    @Test func `The mistakes that operators make are all reported at once`() throws {
        let yaml = try text("lunar.yaml").split(separator: "\n").filter { line in
            !line.drop { $0 == " " }.hasPrefix("#")
        }.joined(separator: "\n")
            .split(separator: "\n").map { line in
                switch line.drop(while: { $0 == " " }).prefix(while: { $0 != ":" }) {
                case "longitude": "  longitude: 200 deg"
                case "height": "  height: 2877"
                case "exposure": "  exposure: 1 s"
                case "name" where line.contains("lunar"): "  nmae: lunar-1"
                case "hard_floor": "  hard_floor: 1 GiB"
                case "email": "    email: jane.doe"
                case "device": "    device: video0"
                case "level": "  level: verbose"
                case "host": "  host: broker.example.org:8098/vtp"
                default: String(line)
                }
            }.joined(separator: "\n")
        let error = #expect(throws: ConfigurationError.self) { try decode(yaml) }
        #expect(
            error?.description == """
                box.yaml:3:3: error: station.nmae: unknown key (did you mean 'name'?)
                box.yaml:11:12: error: station.contact.email: 'jane.doe' is not an e-mail address (write name@example.org)
                box.yaml:14:14: error: site.longitude: 200 deg is out of range (write the angle from -180 deg to 180 deg)
                box.yaml:16:11: error: site.height: '2877' has no unit (write the length with one of mm, cm, m, km)
                box.yaml:22:13: error: camera.exposure: the exposure is longer than the time between two frames (shorten the exposure or lower the rate)
                box.yaml:24:13: error: camera.v4l2.device: 'video0' is not the whole path of a device (write /dev/…)
                box.yaml:47:15: error: outbox.hard_floor: the hard floor is above minimum_free (below hard_floor unsent evidence goes: make it the smaller one)
                box.yaml:49:9: error: broker.host: 'broker.example.org:8098/vtp' is not the name or address of a computer (write only the host, such as broker.example.org or 192.0.2.7)
                box.yaml:53:10: error: log.level: 'verbose' is not a choice (write trace, debug, info, notice, warning, error, critical)
                """)
    }

    @Test func `A camera of recordings needs recordings`() throws {
        let yaml = try text("lunar.yaml").split(separator: "\n").map {
            $0 == "  kind: v4l2" ? "  kind: file" : String($0)
        }.joined(separator: "\n")
        let error = #expect(throws: ConfigurationError.self) { try decode(yaml) }
        #expect(error?.mistakes.map(\.key) == ["camera.file"])
    }

    @Test(arguments: ObservationTarget.allCases)
    func `Without a configuration events are tests from nowhere in particular`(target: ObservationTarget) {
        let configuration = AgentConfiguration.standard(for: target)
        #expect(configuration.target == target)
        #expect(configuration.station.role == .test)
        #expect(configuration.site.positionErrorMetres > 2e7)
        #expect(configuration.broker.host == "127.0.0.1")
    }

    @Test func `The check answers programs in JSON`() {
        let check = ConfigurationCheck(path: "/no\"where")
        #expect(!check.isValid)
        #expect(
            check.json == #"""
                {"file": "/no\"where", "valid": false, "errors": [{"line": 1, "column": 1, "key": "", "message": "does not exist", "remedy": "check the path; examples are in firmware-config"}], "warnings": []}
                """#)
    }
}
