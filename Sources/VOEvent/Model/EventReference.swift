// SPDX-License-Identifier: Apache-2.0

/// Something outside the packet: a light curve, an image, a page.
public struct EventReference: Sendable, Hashable {
    /// Where it is.
    public var uri: String
    /// Kind of content, for example `image/png`; nil if not said.
    public var mimetype: String?
    /// What it means, as the URI of a concept; nil if not said.
    public var meaning: String?
    /// Older way to say the kind of content (`url`, `voevent`); nil if not said.
    public var type: String?

    /// A reference.
    public init(uri: String, mimetype: String? = nil, meaning: String? = nil, type: String? = nil) {
        self.uri = uri
        self.mimetype = mimetype
        self.meaning = meaning
        self.type = type
    }
}
