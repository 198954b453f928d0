// SPDX-License-Identifier: Apache-2.0

/// What a reader accepts at most. Whatever passes a limit is refused with a message that names it.
public struct XMLLimits: Sendable, Hashable {
    /// Bytes of the whole document. Default 1 MiB; never more than 2 GiB.
    public var maximumBytes = 1 << 20
    /// Elements within each other, the root counting 1. Default 64; libxml2 itself ends at 256.
    public var maximumDepth = 64
    /// Elements in all. Default 131 072.
    public var maximumElements = 131_072
    /// Attributes of one element, namespace declarations included. Default 256.
    public var maximumAttributesPerElement = 256
    /// Bytes of one attribute's value in UTF-8. Default 64 KiB.
    public var maximumAttributeLength = 1 << 16

    /// The default limits, fit for a VOEvent from a stranger.
    public init() {}
}
