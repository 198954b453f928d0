// SPDX-License-Identifier: Apache-2.0

/// What a client would like to get.
///
/// - Reference: RFC 9110, section 12.5.1.
struct AcceptHeader: Sendable, Hashable {
    private struct Range: Sendable, Hashable {
        let type: Substring
        let subtype: Substring
        let weight: Double

        /// How exactly the range names a media type: 0 for `*/*`, 1 for `type/*`, 2 for the type itself; nil if not at
        /// all.
        func exactness(for mediaType: String) -> Int? {
            let parts = mediaType.split(separator: "/")
            if type == "*" { return subtype == "*" ? 0 : nil }
            guard type == parts[0] else { return nil }
            if subtype == "*" { return 1 }
            return subtype == parts[1] ? 2 : nil
        }
    }

    /// Ranges that are read at most; what comes behind is passed over.
    private static let maximumRanges = 50

    private let ranges: [Range]

    /// Reads a header. What is no media range is passed over; without a range, everything is welcome.
    init(_ text: String?) {
        let elements = (text ?? "").split(separator: ",", maxSplits: AcceptHeader.maximumRanges)
        let ranges = elements.prefix(AcceptHeader.maximumRanges).compactMap(AcceptHeader.range)
        self.ranges = ranges.isEmpty ? [Range(type: "*", subtype: "*", weight: 1)] : ranges
    }

    private static func range(_ text: Substring) -> Range? {
        let parts = text.lowercased().filter { $0 != " " && $0 != "\t" }.split(separator: ";")
        guard let type = parts.first?.split(separator: "/", omittingEmptySubsequences: false), type.count == 2,
            !type[0].isEmpty, !type[1].isEmpty
        else { return nil }
        let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 }
        return Range(type: type[0], subtype: type[1], weight: weight ?? 1)
    }

    /// The most welcome of some media types, the first of them if several are; nil if none is welcome.
    func best(of offered: [String]) -> String? {
        var best: (type: String, weight: Double)?
        for type in offered {
            let matches = ranges.compactMap { range in
                range.exactness(for: type).map { (exactness: $0, weight: range.weight) }
            }
            guard let weight = matches.max(by: { $0.exactness < $1.exactness })?.weight, weight > 0 else { continue }
            if weight > best?.weight ?? 0 { best = (type, weight) }
        }
        return best?.type
    }
}
