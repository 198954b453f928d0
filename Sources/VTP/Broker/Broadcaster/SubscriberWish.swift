// SPDX-License-Identifier: Apache-2.0

import XML

/// What a subscriber asks for in one `authenticate`.
struct SubscriberWish: Sendable {
    /// The events it wants.
    let filters: SubscriberFilters
    /// Up to where it has all events; nil if it does not want the past.
    let resumePoint: ResumePoint?

    /// Reads a wish.
    ///
    /// - Throws: a refusal with everything that cannot be followed.
    init(_ message: TransportMessage, limits: BrokerLimits, court: FilterCourt) throws(FilterRefusal) {
        var reasons: [String] = []
        var filters = SubscriberFilters.nothing
        do { filters = try SubscriberFilters(message.filters, limit: limits.maximumFiltersPerSubscriber) } catch {
            reasons += error.reasons
        }
        reasons += court.struckOff(among: filters.filters).map(SubscriberWish.tooCostly)
        resumePoint = message.resumeAfter.flatMap(ResumePoint.init)
        if let text = message.resumeAfter {
            if resumePoint == nil {
                reasons.append(
                    "resume-after \"\(text.printable)\" is neither an event's number nor a time in ISO 8601")
            }
            if message.response == nil {
                reasons.append("resume-after is for subscribers that name themselves in Response")
            }
        }
        guard reasons.isEmpty else { throw FilterRefusal(reasons: reasons) }
        self.filters = filters
    }

    /// Why a filter is not asked any more.
    static func tooCostly(_ filter: XPathFilter) -> String {
        "the filter \"\(filter.expression.printable)\" takes too long for one event and is not used"
    }
}
