// SPDX-License-Identifier: Apache-2.0

/// What an event is taken for, how surely, and why.
struct Verdict {
    var kind: EventKind
    var isAlert: Bool
    var probability: Double
    var reasons: [Reason]

    mutating func add(_ code: String, _ sentence: String) { reasons.append(Reason(code: code, sentence: sentence)) }

    /// A number with at most one decimal, for sentences.
    static func text(_ value: Double, decimals: Int = 1) -> String {
        guard value.isFinite, abs(value) < 1e9 else { return "\(value)" }
        let factor = decimals == 1 ? 10.0 : decimals == 2 ? 100.0 : 1.0
        let rounded = (value * factor).rounded() / factor
        return decimals == 0 ? "\(Int(rounded))" : "\(rounded)"
    }
}
