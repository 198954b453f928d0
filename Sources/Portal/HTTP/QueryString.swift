// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import UTC

/// The query of a request, read name by name. Every mistake is collected; `finish` throws them all.
struct QueryString {
    /// Longest query that is read, in bytes.
    private static let maximumBytes = 8192

    private var values: [String: String] = [:]
    private var known: [String] = []
    private(set) var reasons: [String] = []

    /// Reads `name=value` pairs, each name once.
    init(_ query: String?) {
        guard let query, !query.isEmpty else { return }
        guard query.utf8.count <= QueryString.maximumBytes else {
            reasons.append("the query is longer than \(QueryString.maximumBytes) bytes")
            return
        }
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts[0].percentDecoded(plusIsSpace: true),
                let value = (parts.count > 1 ? parts[1] : "").percentDecoded(plusIsSpace: true)
            else {
                reasons.append("a part of the query is not percent-encoded UTF-8")
                continue
            }
            // To the database a text would end there.
            guard !value.contains("\0") else {
                reasons.append("\(name.printable) holds a NUL")
                continue
            }
            if values.updateValue(value, forKey: name) != nil {
                reasons.append("\(name.printable) stands in the query twice")
            }
        }
    }

    /// A text of 1 to `maximum` characters.
    mutating func text(_ name: String, maximum: Int = 300) -> String? {
        value(name) { text in
            guard !text.isEmpty, text.unicodeScalars.count <= maximum else {
                return .failure("\(name) has 1 to \(maximum) characters")
            }
            return .success(text)
        }
    }

    /// One of some words.
    mutating func choice<Value>(_ name: String, _ choices: [(String, Value)]) -> Value? {
        value(name) { text in
            guard let choice = choices.first(where: { $0.0 == text }) else {
                return .failure("\(name) is one of \(choices.map(\.0).joined(separator: ", "))")
            }
            return .success(choice.1)
        }
    }

    /// A whole number within a range.
    mutating func integer<Value: FixedWidthInteger>(_ name: String, _ range: ClosedRange<Value>) -> Value? {
        value(name) { text in
            guard let number = Value(text), range.contains(number) else {
                return .failure("\(name) is a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return .success(number)
        }
    }

    /// A time in ISO 8601.
    mutating func time(_ name: String) -> UTCInstant? {
        value(name) { text in
            guard let time = UTCInstant(iso8601: text) else {
                return .failure(
                    "\(name) is a time in ISO 8601 between 1678 and 2261, as 2026-03-01T21:14:05Z; "
                        + "a + is written %2B in a query")
            }
            return .success(time)
        }
    }

    /// Two times that stand for all between them, both included; nil if neither is there.
    mutating func times(_ from: String, _ to: String) -> ClosedRange<UTCInstant>? {
        let (first, last) = (time(from), time(to))
        guard first != nil || last != nil else { return nil }
        let start = first ?? UTCInstant(nanosecondsSince1970: .min)
        let end = last ?? UTCInstant(nanosecondsSince1970: .max)
        guard start <= end else {
            reasons.append("\(from) is later than \(to)")
            return nil
        }
        return start...end
    }

    /// What `read` makes of a value.
    mutating func value<Value>(_ name: String, _ read: (String) -> Reading<Value>) -> Value? {
        known.append(name)
        guard let text = values[name] else { return nil }
        switch read(text) {
        case .success(let value): return value
        case .failure(let reason):
            reasons.append(reason)
            return nil
        }
    }

    /// What came of reading a value.
    enum Reading<Value> {
        case success(Value)
        /// Why it is no such value.
        case failure(String)
    }

    /// Throws all mistakes, among them names that nobody asked for.
    func finish() throws(Problem) {
        let unknown = values.keys.filter { !known.contains($0) }.sorted().prefix(10).map { name in
            "\(name.printable) is not known here"
                + (known.isEmpty ? "" : "; known are \(known.joined(separator: ", "))")
        }
        let all = reasons + unknown
        guard all.isEmpty else { throw Problem(.badRequest, "the query has mistakes", reasons: all) }
    }
}
