// SPDX-License-Identifier: Apache-2.0

/// What a broker said about a submitted event. Both answers are final: the event must not be sent there again.
public enum SubmissionAnswer: Sendable, Hashable {
    /// The broker has the event. `response` is the broker's IVOID, if it gave one.
    case acknowledged(response: String?)
    /// The broker refuses these bytes for good, with its reasons as it gave them (possibly none).
    case refused(reasons: [String])
}
