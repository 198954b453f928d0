// SPDX-License-Identifier: Apache-2.0

/// What an element can hold.
public enum XMLNode: Sendable, Hashable {
    /// A child element.
    case element(XMLElement)
    /// Characters, with references and CDATA sections already resolved.
    case text(String)
}
