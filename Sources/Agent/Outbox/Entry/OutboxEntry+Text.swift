// SPDX-License-Identifier: Apache-2.0

import JSON

extension OutboxEntry {
    /// One line for a list: state, name, size, files of evidence and what happened last.
    public var summary: String {
        let stateColumn = state.rawValue + String(repeating: " ", count: 8 - state.rawValue.count)
        let facts = ["\(totalBytes) B", "evidence files: \(evidence.count)"] + history
        return "\(stateColumn) \(name)  " + facts.joined(separator: ", ")
    }

    /// What is known of the entry, a line for each fact.
    public var details: String {
        var lines = [
            "name: \(name)", "state: \(state.rawValue)", "directory: \(path)",
            "ivorn: \(ivorn.isEmpty ? "unknown" : ivorn)",
            "committed: \(committed?.iso8601() ?? "unknown")", "event: \(eventBytes) B",
        ]
        lines += evidence.map { "evidence: \($0.name), \($0.bytes) B" }
        lines += history.map { "delivery: \($0)" }
        return lines.joined(separator: "\n")
    }

    /// One JSON object with `name`, `state`, `directory`, `ivorn`, `committed`, `event_bytes`, `evidence` (each `name`,
    /// `bytes`), `failed_attempts`, `last_error`, `last_attempt`, `next_attempt`, `acknowledged`, `response` and
    /// `refused` (a list of reasons). Times are ISO 8601 UTC; what is unknown is null.
    public var json: String {
        func optional(_ value: String?) -> JSONText { value.map { .string($0) } ?? .null }
        let files = evidence.map { JSONText.object([("name", .string($0.name)), ("bytes", .integer($0.bytes))]) }
        return JSONText.object([
            ("name", .string(name.text)), ("state", .string(state.rawValue)), ("directory", .string(path)),
            ("ivorn", optional(ivorn.isEmpty ? nil : ivorn)), ("committed", optional(committed?.iso8601())),
            ("event_bytes", .integer(eventBytes)), ("evidence", .array(files)),
            ("failed_attempts", .integer(delivery.failedAttempts)), ("last_error", optional(delivery.lastError)),
            ("last_attempt", optional(delivery.lastAttempt?.iso8601())),
            ("next_attempt", optional(delivery.nextAttempt?.iso8601())),
            ("acknowledged", optional(delivery.acknowledged?.iso8601())), ("response", optional(delivery.response)),
            ("refused", .array(delivery.refusalReasons.map { .string($0) })),
        ]).description
    }

    private var history: [String] {
        var history: [String] = []
        if let acknowledged = delivery.acknowledged {
            history.append("acknowledged \(acknowledged.iso8601())" + (delivery.response.map { " by \($0)" } ?? ""))
        }
        history += delivery.refusalReasons.map { "refused: \($0)" }
        if delivery.failedAttempts > 0 {
            history.append("\(delivery.failedAttempts) attempts failed, the last: \(delivery.lastError ?? "unknown")")
        }
        if let next = delivery.nextAttempt, state == .pending { history.append("next attempt \(next.iso8601())") }
        return history
    }
}
