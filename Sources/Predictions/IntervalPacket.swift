// SPDX-License-Identifier: Apache-2.0

public import Propagation
import UTC
public import VOEvent

/// The VOEvent of one predicted interval, as `psws intervals` prints it and the centre publishes it.
///
/// - Reference: the parameters that PSWS published in 2018; the groups of `PSWSVocabulary`.
public struct IntervalPacket: Sendable {
    /// What becomes of the prediction with this event.
    public enum Status: String, Sendable, Hashable {
        /// It is new, as PSWS called it in 2018.
        case onset
        /// It replaces an earlier one.
        case update
        /// It takes an earlier one back.
        case retraction
    }

    /// Identifier of the event.
    public var ivorn: String
    /// Who publishes it, and when.
    public var who: Who
    /// Name of the planet, in small letters.
    public var target: String
    /// What the model knew.
    public var mode: PropagationMode
    /// What was searched for, and how.
    public var search: IntervalSearch
    /// What was found.
    public var interval: WindInterval
    /// What becomes of the prediction.
    public var status = Status.onset
    /// Earlier events about the same interval.
    public var citations: [Citation] = []
    /// Where the predicted series is; nil if nowhere.
    public var url: String?
    /// Further settings, name and value, for the group `search`.
    public var settings: [What.Param] = []

    /// A packet of a new interval.
    public init(
        ivorn: String, who: Who, target: String, mode: PropagationMode, search: IntervalSearch, interval: WindInterval
    ) {
        self.ivorn = ivorn
        self.who = who
        self.target = target
        self.mode = mode
        self.search = search
        self.interval = interval
    }

    /// The packet.
    ///
    /// - Parameter version: 2.0, which all brokers take; 2.1 says the interval and the place by name, too.
    public func packet(version: VOEventVersion = .v2_0) -> VOEventPacket {
        var packet = VOEventPacket(ivorn: ivorn, role: .prediction, version: version)
        packet.who = who
        packet.what = What(
            statements + [
                .group(.target(name: target, targetClass: "planet", region: "magnetosphere")),
                .group(What.Group(name: "search", params: settings)),
            ])
        packet.whereWhen = version == .v2_1 ? whereAndHowLong : whereAndWhen
        packet.why = Why(
            names: [target], concepts: ["solar wind prediction"],
            descriptions: ["1-D MHD propagation, mode \(mode.rawValue): \(search.condition)"])
        if !citations.isEmpty { packet.citations = Citations(citations) }
        return packet
    }

    private var statements: [What.Item] {
        let leading = search.condition.comparisons[0]
        let unit = leading.quantity.voUnit
        var statements: [What.Item] = [
            .param(PSWSVocabulary.timeStart.param(interval.start)), .param(PSWSVocabulary.timeEnd.param(interval.stop)),
            .param(PSWSVocabulary.eventType.param("solar_wind_prediction")),
            .param(PSWSVocabulary.eventStatus.param(status.rawValue)),
            .param(
                What.Param(
                    name: "threshold", value: leading.threshold, ucd: "stat.min", unit: unit,
                    description: "Value that \(leading.quantity.rawValue) has to pass")),
            .param(
                What.Param(
                    name: "peak", value: interval.peak, ucd: "stat.max", unit: unit,
                    description: "Extreme value in the interval")),
            .param(
                What.Param(
                    name: "time_peak", value: interval.peakTime.iso8601(fractionDigits: 0), ucd: "time.epoch",
                    dataType: .string, description: "Hour of the extreme value, UTC")),
            .param(
                What.Param(
                    name: "angle", value: interval.angleDegrees, ucd: "pos.angDistance", unit: "deg",
                    description: "Greatest longitude of the target from the Earth")),
            .param(
                What.Param(
                    name: "quality", value: interval.quality, ucd: "meta.code.qual", unit: nil,
                    description: "Least quality of the interval, 0 unknown, 1 measured near the Earth")),
        ]
        if let probability = interval.probability {
            statements.append(
                .param(
                    What.Param(
                        name: "probability", value: probability, ucd: "stat.probability", unit: nil,
                        description: "Greatest part of the ensemble's members that meets the condition in an hour")))
        }
        if let url { statements.append(.param(PSWSVocabulary.url.param(url))) }
        return statements
    }

    private var whereAndWhen: WhereWhen {
        WhereWhen(
            observatory: WhereWhen.ObservatoryLocation(id: "Sun-Earth-L1"),
            observation: WhereWhen.ObservationLocation(
                system: AstroCoordSystem(id: "UTC-ICRS-TOPO"),
                coordinates: AstroCoords(
                    systemID: "UTC-ICRS-TOPO", time: EventTime(interval.start, errorSeconds: nil))))
    }

    /// The same with the end of the interval and the planet's name, which 2.1 has room for.
    private var whereAndHowLong: WhereWhen {
        func text(_ time: UTCInstant) -> String { String(time.iso8601(fractionDigits: 3).dropLast()) }
        var location = whereAndWhen
        let time = EventTime(.interval(start: text(interval.start), stop: text(interval.stop)), unit: nil)
        location.observation?.coordinates = AstroCoords(
            systemID: "UTC-ICRS-TOPO", time: time, positionName: target.prefix(1).uppercased() + target.dropFirst())
        return location
    }
}

extension WindQuantity {
    /// The unit as VOUnits has it; nil for none.
    public var voUnit: String? {
        switch self {
        case .speed, .tangentialSpeed: "km.s**-1"
        case .density: "cm**-3"
        case .quality: nil
        default: unit
        }
    }
}
