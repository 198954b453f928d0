// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

@Suite struct ServiceExaminationTests {
    private func examine(_ properties: [String: String]) -> [Finding] {
        let usual = [
            "LoadState": "loaded", "ActiveState": "active", "SubState": "running", "NRestarts": "0",
            "Result": "success",
            "StatusText": "watching /dev/video0", "UnitFileState": "enabled",
        ]
        let state = ServiceUnit.State(properties: usual.merging(properties) { _, new in new })
        return ServiceExamination(unit: "psws-agent", state: state).findings()
    }

    @Test func `A service that runs is well and says what it does`() {
        #expect(examine([:]) == [.ok("service", "psws-agent runs: watching /dev/video0")])
    }

    @Test(
        arguments: [
            (["NRestarts": "3"], [.warning]), (["UnitFileState": "disabled"], [.ok, .warning]),
            (["ActiveState": "inactive"], [.failed]), (["ActiveState": "failed", "Result": "watchdog"], [.failed]),
            (["ActiveState": "activating", "SubState": "auto-restart"], [.failed]),
            (["LoadState": "not-found"], [.warning]),
        ] as [([String: String], [Finding.Verdict])])
    func `What is wrong with a service is told`(properties: [String: String], verdicts: [Finding.Verdict]) {
        let findings = examine(properties)
        #expect(findings.map(\.verdict) == verdicts)
        #expect(findings.allSatisfy { ($0.remedy == nil) == ($0.verdict == .ok) })
    }

    @Test func `Without systemd that is said`() {
        #expect(ServiceExamination(unit: "psws-agent", state: nil).findings().map(\.verdict) == [.warning])
    }

    @Test(arguments: [
        ("/etc/psws/psws-agent.yaml", "psws-agent"), ("/etc/psws/psws-agent@east.yaml", "psws-agent@east"),
        ("/etc/psws/psws-server.yaml", nil), ("/home/me/psws-agent.yaml", nil), ("/etc/psws/psws-agent@a'b.yaml", nil),
        ("/etc/psws/psws-agent@../x.yaml", nil), ("station.yaml", nil),
    ])
    func `A configuration belongs to the unit of its name`(path: String, unit: String?) {
        #expect(ServiceUnit(configurationPath: path)?.name == unit)
    }

    @Test func `What systemctl prints is read, equals signs in values included`() {
        let state = ServiceUnit.state("ActiveState=active\nStatusText=a=b\n\nnonsense\nNRestarts=\n")
        #expect(state.isActive && state["StatusText"] == "a=b" && state["NRestarts"] == "" && state["Other"] == "")
    }

    @Test(arguments: [(nil, .warning), (3.0, .ok), (-1.0, .ok), (31.0, .failed)] as [(Double?, Finding.Verdict)])
    func `Metrics are fresh, old or missing`(age: Double?, verdict: Finding.Verdict) {
        #expect(MetricsExamination(path: "/x", ageSeconds: { _ in age }).findings().map(\.verdict) == [verdict])
    }

    @Test func `A finding reads well for people and programs`() {
        let finding = Finding.warning("clock", "not synchronised", remedy: "install chrony")
        #expect(finding.text == "warning  clock: not synchronised (install chrony)")
        #expect(Finding.ok("disk", "5 GiB free").text == "ok       disk: 5 GiB free")
        #expect(
            finding.json
                == #"{"subject": "clock", "verdict": "warning", "message": "not synchronised", "remedy": "install chrony"}"#
        )
    }
}
