// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Lets tasks run on an event loop.
///
/// The Swift runtime's own threads would cost each message several hand-overs between threads, which are dearer than
/// all that is done with it. What runs here must not block.
final class EventLoopExecutor: TaskExecutor {
    private let eventLoop: any EventLoop

    init(_ eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

extension EventLoop {
    /// The result of a task that runs on this event loop.
    func future<Value: Sendable>(
        ofTask body: @escaping @Sendable () async throws -> Value
    ) -> EventLoopFuture<Value> {
        let promise = makePromise(of: Value.self)
        Task(executorPreference: EventLoopExecutor(self)) {
            do { promise.succeed(try await body()) } catch { promise.fail(error) }
        }
        return promise.futureResult
    }
}
