// SPDX-License-Identifier: Apache-2.0

import NIOPosix
import Synchronization
import XML

/// Asks filters about events: on threads of its own, each distinct filter once for each event.
///
/// A filter comes from a stranger. libxml2 bounds the steps of an evaluation; one that takes too long all the same is
/// struck off, and from then on nobody is served by it.
final class FilterCourt: Sendable {
    private struct State {
        /// How many subscribers use each filter.
        var uses: [XPathFilter: Int] = [:]
        var struckOff: Set<XPathFilter> = []
    }

    /// Filters that are remembered as too costly; with more the memory begins anew.
    private static let maximumStruckOff = 1000

    private let threads: NIOThreadPool
    private let maximumDuration: Duration
    private let state = Mutex(State())

    /// A court without filters.
    ///
    /// - Parameters:
    ///   - threads: where filters are evaluated; the caller starts and ends them.
    ///   - maximumDuration: longest time that a filter may take for one event.
    init(threads: NIOThreadPool, maximumDuration: Duration) {
        self.threads = threads
        self.maximumDuration = maximumDuration
    }

    /// The filters that subscribers use at the moment.
    var filtersInUse: [XPathFilter] { state.withLock { Array($0.uses.keys) } }

    /// A subscriber uses other filters from now on.
    func replace(_ old: [XPathFilter], by new: [XPathFilter]) {
        state.withLock { state in
            for filter in new { state.uses[filter, default: 0] += 1 }
            for filter in old {
                guard let uses = state.uses[filter] else { continue }
                state.uses[filter] = uses > 1 ? uses - 1 : nil
            }
        }
    }

    /// The filters among those given that were struck off.
    func struckOff(among filters: [XPathFilter]) -> [XPathFilter] {
        state.withLock { state in filters.filter(state.struckOff.contains) }
    }

    /// What each filter says of each event.
    func verdicts(of filters: [XPathFilter], on events: [StoredEvent]) async -> [XPathFilter: FilterVerdict] {
        guard !filters.isEmpty, !events.isEmpty else { return [:] }
        // The threads end only when the broker does, and then nobody is left to be served.
        return (try? await threads.runIfActive { self.evaluate(filters, on: events) }) ?? [:]
    }

    /// The same on the calling thread.
    func evaluate(_ filters: [XPathFilter], on events: [StoredEvent]) -> [XPathFilter: FilterVerdict] {
        let clock = ContinuousClock()
        var costly = Set(struckOff(among: filters))
        var wanted: [XPathFilter: [Bool]] = [:]
        for event in events {
            var limits = XMLLimits()
            limits.maximumBytes = max(limits.maximumBytes, event.packet.count)
            // What cannot be read matches nothing.
            let document = try? XPathDocument(event.packet, limits: limits)
            for filter in filters where !costly.contains(filter) {
                let began = clock.now
                let isWanted = document.map(filter.evaluate) ?? false
                wanted[filter, default: []].append(isWanted)
                if clock.now - began > maximumDuration { costly.insert(filter) }
            }
        }
        strikeOff(costly)
        return Dictionary(
            uniqueKeysWithValues: filters.map { filter in
                (filter, costly.contains(filter) ? .tooCostly : .wanted(wanted[filter] ?? []))
            })
    }

    private func strikeOff(_ filters: Set<XPathFilter>) {
        guard !filters.isEmpty else { return }
        state.withLock { state in
            if state.struckOff.count + filters.count > FilterCourt.maximumStruckOff { state.struckOff = [] }
            state.struckOff.formUnion(filters)
        }
    }
}
