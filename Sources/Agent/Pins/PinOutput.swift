// SPDX-License-Identifier: Apache-2.0

/// A line that the agent drives. It is given back with its last reference.
public protocol PinOutput: AnyObject, Sendable {
    /// Makes the line active or inactive.
    func set(isActive: Bool) throws(PinError)
}
