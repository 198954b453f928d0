// SPDX-License-Identifier: Apache-2.0

/// Whether the service runs, and comes back after a power cut.
struct ServiceExamination {
    /// Name of the unit without its ending.
    let unit: String
    /// What systemd says; nil without systemd.
    let state: ServiceUnit.State?

    private static let subject = "service"

    func findings() -> [Finding] {
        guard let state else {
            return [
                .warning(Self.subject, "systemd does not run here", remedy: "start 'psws-agent run' by other means")
            ]
        }
        guard state["LoadState"] == "loaded" else {
            return [
                .warning(
                    Self.subject, "there is no unit \(unit).service",
                    remedy:
                        "install the package psws-agent; a configuration /etc/psws/NAME.yaml belongs to NAME.service")
            ]
        }
        return [running(state)] + comingBack(state)
    }

    private func running(_ state: ServiceUnit.State) -> Finding {
        let restarts = Int(state["NRestarts"]) ?? 0
        let often = restarts == 1 ? "once" : "\(restarts) times"
        switch state["ActiveState"] {
        case "active" where restarts > 0:
            return .warning(
                Self.subject, "\(unit) runs (\(state["StatusText"])), but systemd had to restart it \(often)",
                remedy: "journalctl -u \(unit) -p warning")
        case "active", "reloading":
            return .ok(Self.subject, "\(unit) runs: \(state["StatusText"])")
        case "inactive":
            return .failed(Self.subject, "\(unit) does not run", remedy: "systemctl enable --now \(unit)")
        case let other:
            return .failed(
                Self.subject, "\(unit) is \(other) (\(state["SubState"]), \(state["Result"]))",
                remedy: "journalctl -u \(unit) -n 50")
        }
    }

    private func comingBack(_ state: ServiceUnit.State) -> [Finding] {
        guard !["enabled", "enabled-runtime"].contains(state["UnitFileState"]) else { return [] }
        return [
            .warning(
                Self.subject, "\(unit) does not start with the machine", remedy: "systemctl enable \(unit)")
        ]
    }
}
