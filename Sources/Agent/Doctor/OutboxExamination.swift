// SPDX-License-Identifier: Apache-2.0

import UTC

/// Whether events get away.
struct OutboxExamination {
    let configuration: OutboxConfiguration
    var now = UTCInstant.now()

    private static let subject = "outbox"
    /// An event that has waited for an hour has missed those who could still have looked at it.
    private static let patienceSeconds = 3600.0

    func findings() async -> [Finding] {
        let directory = configuration.directory
        do {
            let outbox = try Outbox.inspect(directory)
            return try await findings(in: outbox)
        } catch let error where error.code == .notFound {
            return [
                .warning(
                    Self.subject, "\(directory) is not there yet, or not for you to see",
                    remedy: "the service makes it at its first start; otherwise ask as root")
            ]
        } catch {
            return [.failed(Self.subject, "\(error)", remedy: "ask as root; if root may not either, check the disk")]
        }
    }

    private func findings(in outbox: Outbox) async throws(OutboxError) -> [Finding] {
        var findings: [Finding] = []
        let pending = try await outbox.pending()
        let ageSeconds = pending.compactMap(\.committed).map { now.seconds(since: $0) }.max() ?? 0
        let depth = pending.count == 1 ? "1 event waits" : "\(pending.count) events wait"
        if ageSeconds > Self.patienceSeconds {
            let error = pending.compactMap(\.delivery.lastError).last.map { ", \($0)" } ?? ""
            findings.append(
                .warning(
                    Self.subject, "\(depth), the oldest for \((ageSeconds / 3600).fixed(1)) h\(error)",
                    remedy: "look at the finding on the broker"))
        } else {
            findings.append(
                .ok(
                    Self.subject,
                    pending.isEmpty ? "nothing waits" : "\(depth), the oldest for \(ageSeconds.fixed(0)) s"))
        }
        let parked = try await outbox.list(.parked).count
        if parked > 0 {
            findings.append(
                .warning(
                    Self.subject, "the broker has refused \(parked) event\(parked == 1 ? "" : "s")",
                    remedy: "'psws-agent outbox show' says why; then 'outbox retry' or 'outbox drop'"))
        }
        let damaged = try await outbox.list(.damaged).count
        if damaged > 0 {
            findings.append(
                .warning(
                    Self.subject, "\(damaged) of its entries cannot be read and were set aside",
                    remedy: "look into \(outbox.directory)/damaged, and at the disk's health"))
        }
        return findings
    }
}
