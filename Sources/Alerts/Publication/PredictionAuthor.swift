// SPDX-License-Identifier: Apache-2.0

import Predictions
import Propagation
public import UTC
public import VOEvent

/// Writes the events of predictions.
public struct PredictionAuthor: Sendable {
    /// Identifier of the author, without a local part: `ivo://authority/predictions`.
    public var identity: String
    /// Who answers for the events; nil for nobody by name.
    public var author: Who.Author?
    /// Version of the standard that events follow.
    public var version: VOEventVersion

    private let writer = VOEventAuthor()

    /// An author.
    public init(
        identity: String, author: Who.Author? = Who.Author(title: "PSWS solar wind prediction"),
        version: VOEventVersion = .v2_0
    ) {
        self.identity = identity
        self.author = author
        self.version = version
    }

    /// Identifier of a revision of a prediction. It is the same however often a run is repeated.
    public func ivorn(rule: AlertRule, number: Int64, revision: Int, start: UTCInstant) -> String {
        let begin = start.basicISO8601(fractionDigits: 0)
        return "\(identity)#\(rule.name)-\(rule.target.rawValue)-\(begin)-\(number)-r\(revision)"
    }

    /// The event of a prediction.
    ///
    /// - Parameters:
    ///   - prediction: with the identifier and the interval to be published.
    ///   - status: what becomes of it.
    ///   - earlier: identifier of the event before; nil for the first.
    ///   - url: where the predicted series is.
    ///   - now: when it is written.
    /// - Throws: `VOEventError` if something cannot be written, such as a number that is not finite.
    func write(
        _ prediction: PublishedPrediction, rule: AlertRule, status: IntervalPacket.Status, replaces earlier: String?,
        url: String?, now: UTCInstant
    ) throws(VOEventError) -> [UInt8] {
        var packet = IntervalPacket(
            ivorn: prediction.ivorn, who: Who(authorIVORN: identity, author: author, date: now),
            target: rule.target.rawValue, mode: rule.mode, search: rule.search, interval: prediction.interval)
        packet.status = status
        packet.url = url
        if let earlier {
            packet.citations = [Citation(earlier, kind: status == .retraction ? .retraction : .supersedes)]
        }
        packet.settings = settings(of: rule, revision: prediction.revision)
        return try writer.write(packet.packet(version: version))
    }

    private func settings(of rule: AlertRule, revision: Int) -> [What.Param] {
        let settings = rule.search.settings
        return [
            ("rule", rule.name), ("revision", "\(revision)"), ("condition", "\(rule.search.condition)"),
            ("merge_gap_h", "\(settings.mergeGapHours)"), ("minimum_duration_h", "\(settings.minimumHours)"),
            ("hysteresis", "\(settings.hysteresis)"), ("tolerance_h", "\(rule.tolerance.hours)"),
            ("tolerance_peak", "\(rule.tolerance.peakShare)"), ("code", "psws \(SolarWindPropagator.version)"),
        ].map { What.Param(name: $0.0, value: $0.1, ucd: "meta.note", dataType: .string) }
    }
}
