// SPDX-License-Identifier: Apache-2.0

/// The versions of the VOEvent standard that are read; the author writes 2.0 and 2.1.
public enum VOEventVersion: String, Sendable, Hashable, CaseIterable {
    /// Version 1.1 of 2006. Read, never written.
    case v1_1 = "1.1"
    /// Version 2.0, the recommendation of 2011: what brokers in the field accept.
    case v2_0 = "2.0"
    /// Version 2.1, the proposed recommendation of 2026, made for planets too.
    case v2_1 = "2.1"

    /// Namespace of the root element.
    public var namespaceURI: String { "http://www.ivoa.net/xml/VOEvent/v\(rawValue)" }

    /// The version whose namespace this is.
    init?(namespaceURI: String?) {
        guard let version = VOEventVersion.allCases.first(where: { $0.namespaceURI == namespaceURI }) else {
            return nil
        }
        self = version
    }
}
