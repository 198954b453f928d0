// SPDX-License-Identifier: Apache-2.0

public import UTC

/// What is to be predicted.
public struct PropagationRequest: Sendable, Hashable {
    /// Where.
    public var target: PropagationTarget
    /// First hour, rounded down to the hour.
    public var from: UTCInstant
    /// Last hour.
    public var to: UTCInstant
    /// What the model knows.
    public var mode: PropagationMode

    /// Longest span in days: a solar cycle.
    public static let maximumDays = 4200.0

    /// A request.
    ///
    /// - Throws: `impossibleValue` if the end is before the begin or too long after it.
    public init(
        target: PropagationTarget, from: UTCInstant, to: UTCInstant, mode: PropagationMode
    ) throws(PropagationError) {
        guard to >= from else {
            throw PropagationError(
                .impossibleValue, place: "to", message: "the end lies before the begin", remedy: "exchange them")
        }
        guard to.seconds(since: from) <= PropagationRequest.maximumDays * 86_400 else {
            throw PropagationError(
                .impossibleValue, place: "to",
                message: "at most \(Int(PropagationRequest.maximumDays)) days are predicted at once")
        }
        self.target = target
        self.from = from
        self.to = to
        self.mode = mode
    }

    /// Hours since 1970 of the first and the last hour.
    var hours: ClosedRange<Int> {
        let first = Int((from.secondsSince1970 / 3600).rounded(.down))
        return first...max(first, Int((to.secondsSince1970 / 3600).rounded(.down)))
    }
}
