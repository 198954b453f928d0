// SPDX-License-Identifier: Apache-2.0

import Dispatch

/// Carries finished evidence from the thread that searches frames to the task that writes it, at most so much at a time.
///
/// Writing waits for the disk, searching must not; but when the disk is so slow that the evidence of many events piles
/// up, searching waits rather than filling the memory.
final class EvidenceHandoff: Sendable {
    /// What is handed over, in order.
    let stream: AsyncStream<Evidence>

    private let continuation: AsyncStream<Evidence>.Continuation
    private let isAbandoned = StopFlag()
    // It begins at 0 and is raised: a semaphore must not go with less than it began with.
    private let places = DispatchSemaphore(value: 0)

    /// A handoff with room for `capacity` pieces of evidence.
    init(capacity: Int = 16) {
        (stream, continuation) = AsyncStream.makeStream()
        for _ in 0..<capacity { places.signal() }
    }

    /// Hands evidence over; waits for a place. Called from the searching thread.
    func send(_ evidence: Evidence) {
        guard !isAbandoned.isRaised else { return }
        places.wait()
        continuation.yield(evidence)
    }

    /// Gives a place back, after the evidence was written.
    func release() { places.signal() }

    /// Nothing more will be sent.
    func finish() { continuation.finish() }

    /// Nobody takes anything any more: what is sent from now on is dropped, and a sender that waits goes on.
    func abandon() {
        isAbandoned.raise()
        places.signal()
    }
}
