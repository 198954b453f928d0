// SPDX-License-Identifier: Apache-2.0

/// What the times of events will be worth.
struct ClockExamination {
    /// What the kernel knows; nil if it does not say.
    var evidence: ClockEvidence? = ClockEvidence.sample()
    /// The names of all programs that run.
    var programs: Set<String> = DeviceUser.runningPrograms()

    private static let subject = "clock"
    /// Programs that discipline the clock, as the kernel names them.
    private static let disciplines = ["chronyd", "ntpd", "ptp4l", "phc2sys", "systemd-timesyn"]
    /// A video frame lasts some 20 ms and a lunar flash not much longer: a clock that may be wrong by more than a second
    /// brings no two stations together.
    private static let greatestErrorSeconds = 1.0

    func findings() -> [Finding] {
        guard let evidence else {
            return [
                .warning(
                    Self.subject, "the kernel does not say how well it is synchronised",
                    remedy: "ask outside a sandbox that forbids adjtimex")
            ]
        }
        let discipline = Self.disciplines.first(where: programs.contains)
        let by = discipline.map { ", disciplined by \($0)" } ?? ""
        guard evidence.isSynchronised else {
            return [
                .warning(
                    Self.subject, "\(evidence.source)\(by); events say so",
                    remedy: discipline == nil
                        ? "install chrony, best with a GPS receiver and its pulse per second"
                        : "wait, then look at 'chronyc tracking' and 'chronyc sources'")
            ]
        }
        if let error = evidence.maximumErrorSeconds, error > Self.greatestErrorSeconds {
            return [
                .warning(
                    Self.subject, "\(evidence.source)\(by)",
                    remedy: "nobody has corrected it for long: look at 'chronyc sources'")
            ]
        }
        return [.ok(Self.subject, evidence.source + by)]
    }
}
