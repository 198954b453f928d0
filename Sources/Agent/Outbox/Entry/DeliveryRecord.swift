// SPDX-License-Identifier: Apache-2.0

import UTC

/// What happened to an event on its way to the broker; the file `delivery.txt` of its entry.
///
/// It helps people and decides nothing: where an event is on its way is told by the directory it lies in.
public struct DeliveryRecord: Sendable, Hashable {
    /// Attempts that failed.
    public var failedAttempts = 0
    /// What the last failed attempt said.
    public var lastError: String?
    /// When the last attempt was made.
    public var lastAttempt: UTCInstant?
    /// When the next attempt is due.
    public var nextAttempt: UTCInstant?
    /// When the broker acknowledged the event.
    public var acknowledged: UTCInstant?
    /// What the broker said then.
    public var response: String?
    /// Why the broker refused the event.
    public var refusalReasons: [String] = []

    /// An event that was not tried yet.
    public init() {}

    static let fileName = "delivery.txt"

    var fields: KeyValueText {
        var fields = KeyValueText()
        fields.append("failed attempts", String(failedAttempts))
        fields.append("last error", lastError)
        fields.append("last attempt", lastAttempt?.iso8601())
        fields.append("next attempt", nextAttempt?.iso8601())
        fields.append("acknowledged", acknowledged?.iso8601())
        fields.append("response", response)
        for reason in refusalReasons { fields.append("refused", reason) }
        return fields
    }

    /// Reads what is there; what is missing or no sense is left out.
    init(_ fields: KeyValueText) {
        failedAttempts = fields["failed attempts"].flatMap { Int($0) } ?? 0
        lastError = fields["last error"]
        lastAttempt = fields["last attempt"].flatMap { UTCInstant(iso8601: $0) }
        nextAttempt = fields["next attempt"].flatMap { UTCInstant(iso8601: $0) }
        acknowledged = fields["acknowledged"].flatMap { UTCInstant(iso8601: $0) }
        response = fields["response"]
        refusalReasons = fields.all("refused")
    }
}
