// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Whether the running service tells monitoring systems how it is.
struct MetricsExamination {
    let path: String
    /// Seconds since the file was written; nil if it is not there.
    var ageSeconds: (String) -> Double? = MetricsExamination.ageSeconds

    private static let subject = "metrics"
    /// The file is written every five seconds.
    private static let patienceSeconds = 30.0

    func findings() -> [Finding] {
        guard let age = ageSeconds(path) else {
            return [
                .warning(
                    Self.subject, "\(path) is not there",
                    remedy: "the unit needs a RuntimeDirectory; the journal says if it cannot be written")
            ]
        }
        guard age < Self.patienceSeconds else {
            return [
                .failed(
                    Self.subject, "\(path) was last written \(age.fixed(0)) s ago: the service hangs",
                    remedy: "its watchdog should restart it; look at its journal")
            ]
        }
        return [.ok(Self.subject, "\(path), \(max(0, age).fixed(0)) s old")]
    }

    private static func ageSeconds(_ path: String) -> Double? {
        var status = stat()
        var now = timespec()
        guard stat(path, &status) == 0, clock_gettime(CLOCK_REALTIME, &now) == 0 else { return nil }
        let nanoseconds = Double(now.tv_nsec - status.st_mtim.tv_nsec)
        return Double(now.tv_sec - status.st_mtim.tv_sec) + nanoseconds / 1e9
    }
}
