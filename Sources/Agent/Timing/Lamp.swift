// SPDX-License-Identifier: Apache-2.0

/// A light that follows a plan while somebody else takes frames.
protocol Lamp: Sendable {
    /// Begins to follow a plan, and returns at once.
    func play(_ plan: PulsePlan)

    /// Ends the plan, over or not, and leaves the lamp dark.
    ///
    /// - Returns: when it really was on, in order.
    /// - Throws: `PinError` if the line has failed meanwhile.
    func stop() throws(PinError) -> [LightPulse]
}
