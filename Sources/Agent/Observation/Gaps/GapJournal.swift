// SPDX-License-Identifier: Apache-2.0

import Telemetry
import UTC

/// Follows when the station watches and when not. Times are seconds of any steady clock, `utc` is the system's.
struct GapJournal: Sendable {
    private struct Open {
        var reason: GapReason
        var text: String
        var since: Double
        var from: UTCInstant
    }

    private var open: Open?
    private var watchedUntil: Double?
    private var markedAt: Double?
    private var watchSeconds = 0.0
    private var gapSeconds: [GapReason: Double] = [:]

    /// A station that does not watch yet.
    init(now: Double, utc: UTCInstant) {
        open = Open(reason: .start, text: "the agent was started", since: now, from: utc)
    }

    /// A frame was searched: the gap that ends with it, if there was one.
    mutating func takeFrame(now: Double, utc: @autoclosure () -> UTCInstant) -> WatchGap? {
        defer { watchedUntil = now }
        guard open != nil else {
            watchSeconds += watchedUntil.map { now - $0 } ?? 0
            return nil
        }
        return close(now: now, utc: utc(), isEnd: false)
    }

    /// True if the disk should be told that the station watches now: once in a while, and after each gap.
    mutating func isMarkDue(now: Double) -> Bool {
        if let markedAt, now - markedAt < WatchMark.intervalSeconds { return false }
        markedAt = now
        return true
    }

    /// A gap before this run, for the sums.
    mutating func add(_ gap: WatchGap) { gapSeconds[gap.reason, default: 0] += gap.seconds }

    /// Watching is interrupted, since the last frame. What comes upon what keeps the first reason, which is the cause;
    /// only a power cycle takes its place, because it tells how far things had gone.
    mutating func begin(_ reason: GapReason, _ text: String, now: Double, utc: UTCInstant) {
        if open == nil {
            let since = watchedUntil ?? now
            open = Open(reason: reason, text: text, since: since, from: utc.advanced(bySeconds: since - now))
        } else if reason == .powerCycle {
            open?.reason = reason
            open?.text = text
        }
    }

    /// The agent ends: the gap that stays open.
    mutating func end(now: Double, utc: UTCInstant) -> WatchGap? {
        begin(.stopped, "the agent was ended", now: now, utc: utc)
        return close(now: now, utc: utc, isEnd: true)
    }

    private mutating func close(now: Double, utc: UTCInstant, isEnd: Bool) -> WatchGap? {
        guard let gap = open else { return nil }
        open = nil
        markedAt = nil
        gapSeconds[gap.reason, default: 0] += now - gap.since
        return WatchGap(
            from: gap.from, to: isEnd ? nil : utc, seconds: now - gap.since, reason: gap.reason, text: gap.text)
    }

    /// Figures for monitoring systems; a gap counts while it lasts.
    func metrics(now: Double) -> [Metric] {
        var seconds = gapSeconds
        if let open { seconds[open.reason, default: 0] += now - open.since }
        return [
            Metric(
                "psws_watch", .counter, unit: "seconds", help: "Time in which frames were searched.",
                value: watchSeconds),
            Metric(
                "psws_gap", .counter, unit: "seconds", help: "Time in which no frames were searched.", label: "reason",
                values: GapReason.allCases.map { ($0.rawValue, seconds[$0] ?? 0) }),
        ]
    }
}
