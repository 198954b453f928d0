// SPDX-License-Identifier: Apache-2.0

import NIOPosix
import Propagation

/// The predictions of one round, each computed once, however many rules ask for it, and from no more measurements than
/// it needs. With an ensemble each rule has the probability of its own condition from the same members.
struct RoundPredictions {
    private let store: AlertStore
    private let threads: NIOThreadPool
    private let ensemble: SolarWindEnsemble?
    private var results: [PropagationRequest: Result<Prediction, any Error>] = [:]

    private enum Prediction: Sendable {
        case single(PredictedWind)
        case many(EnsemblePrediction)
    }

    /// Predictions from what the store has; computed on these threads.
    ///
    /// - Parameter ensemble: nil for single predictions, without probabilities.
    init(store: AlertStore, ensemble: SolarWindEnsemble?, threads: NIOThreadPool) {
        self.store = store
        self.ensemble = ensemble
        self.threads = threads
    }

    /// Number of predictions that were computed.
    var computed: Int { results.count }

    /// The prediction for a request, with the probability of a condition if there is an ensemble.
    ///
    /// - Throws: `AlertError` if the store cannot be read, `PropagationError` if nothing can be predicted.
    mutating func wind(_ request: PropagationRequest, condition: WindCondition) async throws -> PredictedWind {
        switch try await prediction(request) {
        case .single(let wind): wind
        case .many(let members): members.wind(condition: condition)
        }
    }

    private mutating func prediction(_ request: PropagationRequest) async throws -> Prediction {
        if let known = results[request] { return try known.get() }
        let measurements = try await store.measurements(since: SolarWindPropagator.earliestMeasurement(for: request))
        let result: Result<Prediction, any Error>
        do {
            let prediction = try await threads.runIfActive { [ensemble] in
                if let ensemble { return Prediction.many(try ensemble.predict(request, from: measurements)) }
                return .single(try SolarWindPropagator.predict(request, from: measurements))
            }
            result = .success(prediction)
        } catch {
            result = .failure(error)
        }
        results[request] = result
        return try result.get()
    }
}
