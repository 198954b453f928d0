// SPDX-License-Identifier: Apache-2.0

public import Alerts
import NIOPosix
import Propagation
public import UTC

/// The rounds of predictions of one centre: its files and its configuration put together.
public struct PredictionRounds: Sendable {
    /// Folder of the predicted series in the data directory.
    public static let productFolder = "products"

    private let round: AlertRound

    /// Rounds for a configuration.
    ///
    /// - Parameters:
    ///   - configuration: of the whole centre.
    ///   - predictions: what is predicted.
    ///   - broker: takes the events.
    /// - Throws: `AlertError` if the store cannot be opened.
    init(
        _ configuration: ServerConfiguration, _ predictions: PredictionConfiguration, broker: any EventPublishing
    ) throws(AlertError) {
        let threads = NIOThreadPool.singleton
        let directory = configuration.dataDirectory
        let identity = configuration.identity.prefix { $0 != "#" && $0 != "?" }
        round = AlertRound(
            feeds: predictions.feeds, rules: predictions.rules, source: CurlFeedSource(threads: threads),
            store: try AlertStore(path: "\(directory)/\(AlertStore.fileName)"),
            shelf: ProductShelf(
                directory: "\(directory)/\(PredictionRounds.productFolder)", baseURL: predictions.productsURL,
                retentionSeconds: predictions.productRetentionSeconds),
            author: PredictionAuthor(
                identity: predictions.identity ?? "\(identity)/predictions", version: predictions.version),
            broker: broker,
            // The configuration allows no other numbers.
            ensemble: try? SolarWindEnsemble(memberCount: predictions.members), threads: threads)
    }

    /// Rounds that publish nothing, for people who try a configuration; nil if it predicts nothing.
    ///
    /// - Throws: `ServerError` if the data directory cannot be made, `AlertError` if the store cannot be opened.
    public static func trial(_ configuration: ServerConfiguration) throws -> PredictionRounds? {
        guard let predictions = configuration.predictions else { return nil }
        // Not taken: a server may use it meanwhile.
        try DataDirectory.make(path: configuration.dataDirectory)
        return try PredictionRounds(configuration, predictions, broker: NoBroker())
    }

    /// Does a round.
    ///
    /// - Parameters:
    ///   - now: the time of the round.
    ///   - isTrial: true to publish nothing.
    /// - Throws: `AlertError` if the store fails.
    public func run(now: UTCInstant = .now(), isTrial: Bool = false) async throws(AlertError) -> RoundReport {
        try await round.run(now: now, isTrial: isTrial)
    }

    private struct NoBroker: EventPublishing {
        func publish(_ packet: [UInt8]) async throws(AlertError) {
            throw AlertError(.unreachable, place: "broker", message: "a trial publishes nothing")
        }
    }
}
