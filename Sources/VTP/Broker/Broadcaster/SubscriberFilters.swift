// SPDX-License-Identifier: Apache-2.0

import XML

/// Why the filters of a subscriber are not followed, one reason for each.
struct FilterRefusal: Error, Sendable, Hashable {
    let reasons: [String]
}

/// What a subscriber wants: events that match any of its XPath expressions, or all events if it has none.
struct SubscriberFilters: Sendable, Hashable {
    /// Filters of a subscriber that wants every event.
    static let everything = SubscriberFilters(filters: [], acceptsNothing: false)
    /// Filters of a subscriber whose wish could not be understood.
    static let nothing = SubscriberFilters(filters: [], acceptsNothing: true)

    /// The expressions, each once; empty if everything or nothing is wanted.
    let filters: [XPathFilter]
    private let acceptsNothing: Bool

    private init(filters: [XPathFilter], acceptsNothing: Bool) {
        self.filters = filters
        self.acceptsNothing = acceptsNothing
    }

    /// Compiles the expressions of one `authenticate`.
    ///
    /// - Throws: a refusal that names each expression that cannot be compiled. Comet drops such a filter silently
    ///   and then, if none is left, delivers everything.
    init(_ expressions: [String], limit: Int) throws(FilterRefusal) {
        guard expressions.count <= limit else {
            throw FilterRefusal(reasons: ["\(expressions.count) filters were asked for, the limit is \(limit)"])
        }
        var filters: [XPathFilter] = []
        var reasons: [String] = []
        for expression in expressions {
            do {
                let filter = try XPathFilter(expression)
                if !filters.contains(filter) { filters.append(filter) }
            } catch {
                reasons.append("the filter \"\(expression.printable)\" cannot be used: \(error.message)")
            }
        }
        guard reasons.isEmpty else { throw FilterRefusal(reasons: reasons) }
        self.init(filters: filters, acceptsNothing: false)
    }

    /// True if the subscriber wants the event of a batch at `index`, by what its filters say of the batch.
    func accept(_ index: Int, verdicts: [XPathFilter: FilterVerdict]) -> Bool {
        guard !filters.isEmpty else { return !acceptsNothing }
        return filters.contains { filter in
            if case .wanted(let wanted) = verdicts[filter] { wanted[index] } else { false }
        }
    }
}
