// SPDX-License-Identifier: Apache-2.0

public import Alerts
import Synchronization

/// The newest round of predictions, for those who ask how the centre is.
public final class PredictionState: Sendable {
    private let newest = Mutex<RoundReport?>(nil)

    /// A state before the first round.
    public init() {}

    /// What the newest round did; nil before the first.
    public var report: RoundReport? { newest.withLock { $0 } }

    func replace(by report: RoundReport) { newest.withLock { $0 = report } }
}
