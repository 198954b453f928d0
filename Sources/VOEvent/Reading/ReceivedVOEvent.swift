// SPDX-License-Identifier: Apache-2.0

/// A packet with the bytes it came in. What is relayed, stored or signed are the bytes, never the model.
public struct ReceivedVOEvent: Sendable, Hashable {
    /// The packet as understood.
    public var packet: VOEventPacket
    /// The document as received.
    public var bytes: [UInt8]
    /// The part of `bytes` from the `<` of the root element to its closing `>`: what tells two packets apart
    /// (VTP 2.0, section 8). The whole where the encoding does not let it be told.
    public var identityRange: Range<Int>
    /// Version attribute as written; nil if it was missing.
    public var declaredVersion: String?
    /// Role attribute as written; nil if it was missing, which means observation.
    public var declaredRole: String?
    /// True if the document has a DOCTYPE.
    public var hasDoctype: Bool
}
