// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What a broker bears of its peers, and whom it serves.
public struct BrokerPolicy: Sendable, Hashable {
    /// Sizes, times and numbers.
    public var limits: BrokerLimits
    /// Who may connect and who may publish what.
    public var access: AccessRules

    /// A policy from its parts; by default everybody is served within the default limits.
    public init(limits: BrokerLimits = BrokerLimits(), access: AccessRules = AccessRules()) {
        self.limits = limits
        self.access = access
    }
}

/// The policy in force, which may change while connections are served.
final class PolicyInForce: Sendable {
    private let policy: Mutex<BrokerPolicy>

    init(_ policy: BrokerPolicy) { self.policy = Mutex(policy) }

    var current: BrokerPolicy { policy.withLock { $0 } }
    var limits: BrokerLimits { policy.withLock { $0.limits } }
    var access: AccessRules { policy.withLock { $0.access } }

    func replace(by new: BrokerPolicy) { policy.withLock { $0 = new } }
}
