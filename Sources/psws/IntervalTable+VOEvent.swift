// SPDX-License-Identifier: Apache-2.0

import Propagation
import UTC
import VOEvent

extension IntervalTable {
    /// One VOEvent of role prediction for each interval, written strictly.
    ///
    /// The ivorn is made of target, begin and condition, so that the same interval keeps its name. Who publishes them
    /// gives them an ivorn of their own.
    func voevents() throws(VOEventError) -> [[UInt8]] {
        var packets: [[UInt8]] = []
        for interval in intervals { packets.append(try VOEventAuthor().write(packet(interval))) }
        return packets
    }

    private func packet(_ interval: WindInterval) -> VOEventPacket {
        let leading = search.condition.comparisons[0]
        let begin = interval.start.iso8601(fractionDigits: 0).filter { $0 != ":" && $0 != "-" }
        var packet = VOEventPacket(
            ivorn: "ivo://psws.local/prediction#solar_wind_\(series.target)_\(begin)_\(leading.quantity.rawValue)",
            role: .prediction)
        packet.who = Who(
            authorIVORN: "ivo://psws.local/prediction", author: Who.Author(title: "PSWS solar wind prediction"),
            date: UTCInstant.now())
        packet.what = What([
            .param(PSWSVocabulary.timeStart.param(interval.start)), .param(PSWSVocabulary.timeEnd.param(interval.stop)),
            .param(PSWSVocabulary.eventType.param("solar_wind_prediction")),
            .param(PSWSVocabulary.eventStatus.param("onset")),
            .param(
                What.Param(
                    name: "threshold", value: leading.threshold, ucd: "stat.min", unit: unit(leading.quantity),
                    description: "Value that \(leading.quantity.rawValue) has to pass")),
            .param(
                What.Param(
                    name: "peak", value: interval.peak, ucd: "stat.max", unit: unit(leading.quantity),
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
            .group(.target(name: series.target, targetClass: "planet", region: "magnetosphere")),
            .group(
                What.Group(
                    name: "search",
                    params: settings.map {
                        What.Param(name: $0.name, value: $0.value, ucd: "meta.note", dataType: .string)
                    })),
        ])
        packet.whereWhen = WhereWhen(
            observatory: WhereWhen.ObservatoryLocation(id: "Sun-Earth-L1"),
            observation: WhereWhen.ObservationLocation(
                system: AstroCoordSystem(id: "UTC-ICRS-TOPO"),
                coordinates: AstroCoords(
                    systemID: "UTC-ICRS-TOPO", time: EventTime(interval.start, errorSeconds: nil))))
        packet.why = Why(
            names: [series.target], concepts: ["solar wind prediction"],
            descriptions: ["1-D MHD propagation, mode \(series.mode.rawValue): \(search.condition)"])
        return packet
    }

    /// The unit of a quantity as VOUnits has it; nil for none.
    private func unit(_ quantity: WindQuantity) -> String? { IntervalTable.voUnit(quantity) }
}
