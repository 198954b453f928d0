// SPDX-License-Identifier: Apache-2.0

/// Follows the level of an input on a thread of its own.
struct PinWatch: Sendable {
    let input: any PinInput

    /// Seconds after which the level is read although no change was reported: a lost edge does no harm for longer, and
    /// the thread learns that it should end.
    private static let readingIntervalSeconds = 0.25

    /// Tells every change until `stop` is raised.
    ///
    /// - Parameters:
    ///   - level: the last known one; a change since then is told at once.
    ///   - tick: called several times a second.
    func run(
        from level: Bool, until stop: StopFlag, tick: () -> Void = {}, tell: (Bool) -> Void
    ) throws(PinError) {
        var level = level
        while !stop.isRaised {
            tick()
            let edge = try input.nextEdge(withinSeconds: Self.readingIntervalSeconds)
            let isActive = if let edge { edge.isActive } else { try input.read() }
            guard isActive != level else { continue }
            level = isActive
            tell(isActive)
        }
    }
}
