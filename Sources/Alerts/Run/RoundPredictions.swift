// SPDX-License-Identifier: Apache-2.0

import NIOPosix
import Propagation

/// The predictions of one round, each computed once, however many rules ask for it, and from no more measurements than
/// it needs.
struct RoundPredictions {
    private let store: AlertStore
    private let threads: NIOThreadPool
    private var results: [PropagationRequest: Result<PredictedWind, any Error>] = [:]

    /// Predictions from what the store has; computed on these threads.
    init(store: AlertStore, threads: NIOThreadPool) {
        self.store = store
        self.threads = threads
    }

    /// Number of predictions that were computed.
    var computed: Int { results.count }

    /// The prediction for a request.
    ///
    /// - Throws: `AlertError` if the store cannot be read, `PropagationError` if nothing can be predicted.
    mutating func wind(_ request: PropagationRequest) async throws -> PredictedWind {
        if let known = results[request] { return try known.get() }
        let measurements = try await store.measurements(since: SolarWindPropagator.earliestMeasurement(for: request))
        let result: Result<PredictedWind, any Error>
        do {
            let wind = try await threads.runIfActive { try SolarWindPropagator.predict(request, from: measurements) }
            result = .success(wind)
        } catch {
            result = .failure(error)
        }
        results[request] = result
        return try result.get()
    }
}
