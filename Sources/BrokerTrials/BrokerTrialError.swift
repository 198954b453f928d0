// SPDX-License-Identifier: Apache-2.0

/// Why a trial of a broker could not be run.
public struct BrokerTrialError: Error, Sendable, CustomStringConvertible {
    /// What happened, in one sentence without a full stop.
    public let description: String

    init(_ description: String) { self.description = description }
}
