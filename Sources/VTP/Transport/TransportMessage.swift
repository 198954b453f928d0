// SPDX-License-Identifier: Apache-2.0

import UTC

/// A message between VTP peers that is not an event: life signs, authentication, and answers to events.
///
/// - Reference: VTP 2.0 §3.3–§6; the `Transport` schema 1.1.
public struct TransportMessage: Sendable, Hashable {
    /// What the message is for.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        /// A sign of life, asked by the broker and answered by the subscriber.
        case iamalive
        /// Who speaks; a subscriber's answer may carry filters.
        case authenticate
        /// The event was accepted.
        case ack
        /// The event was refused for good: the same bytes must not be sent again.
        case nak
    }

    /// A named value in `Meta`.
    public struct Parameter: Sendable, Hashable {
        /// Name, for example `xpath-filter`.
        public let name: String
        /// Value as text.
        public let value: String

        /// A parameter from its name and value.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Name of the parameter by which a subscriber asks for a filter, as Comet's subscribers write it.
    public static let filterParameter = "xpath-filter"

    /// Name of the parameter by which a subscriber that names itself asks for what it missed, see `ResumePoint`.
    public static let resumeParameter = "resume-after"

    /// What the message is for.
    public let role: Role
    /// IVOID of the broker (`iamalive`, `authenticate`) or ivorn of the event that is answered (`ack`, `nak`).
    public let origin: String
    /// IVOID of the answering node; nil in what a broker says unasked.
    public let response: String?
    /// When the message was made; nil if the peer gave none that can be read.
    public let timeStamp: UTCInstant?
    /// Named values, in the order of the message.
    public let parameters: [Parameter]
    /// Why an event was refused; one reason a line.
    public let result: String?

    /// A message from its parts.
    public init(
        role: Role, origin: String, response: String? = nil, timeStamp: UTCInstant?, parameters: [Parameter] = [],
        result: String? = nil
    ) {
        self.role = role
        self.origin = origin
        self.response = response
        self.timeStamp = timeStamp
        self.parameters = parameters
        self.result = result
    }

    /// XPath expressions that a subscriber asks for; an event that matches any of them is wanted.
    public var filters: [String] {
        parameters.filter { $0.name == TransportMessage.filterParameter }.map(\.value)
    }

    /// Up to where a subscriber has all events, as it wrote it; nil if it does not ask for the past.
    public var resumeAfter: String? { parameters.last { $0.name == TransportMessage.resumeParameter }?.value }

    /// The reasons of a `nak`, one each; empty if the peer gave none.
    public var reasons: [String] {
        (result ?? "").split(whereSeparator: \.isNewline).map { String($0).trimmed }.filter { !$0.isEmpty }
    }
}
