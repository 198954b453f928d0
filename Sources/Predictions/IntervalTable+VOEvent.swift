// SPDX-License-Identifier: Apache-2.0

import Propagation
import UTC
public import VOEvent

extension IntervalTable {
    /// One VOEvent of role prediction for each interval, written strictly.
    ///
    /// The ivorn is made of target, begin and condition, so that the same interval keeps its name. Who publishes them
    /// gives them an ivorn of their own.
    ///
    /// - Throws: `VOEventError` if an event cannot be written.
    public func voevents() throws(VOEventError) -> [[UInt8]] {
        var packets: [[UInt8]] = []
        for interval in intervals { packets.append(try VOEventAuthor().write(packet(interval))) }
        return packets
    }

    private func packet(_ interval: WindInterval) -> VOEventPacket {
        let identity = "ivo://psws.local/prediction"
        let begin = interval.start.basicISO8601(fractionDigits: 0)
        let quantity = search.condition.comparisons[0].quantity.rawValue
        var packet = IntervalPacket(
            ivorn: "\(identity)#solar_wind_\(series.target)_\(begin)_\(quantity)",
            who: Who(
                authorIVORN: identity, author: Who.Author(title: "PSWS solar wind prediction"), date: UTCInstant.now()),
            target: series.target, mode: series.mode, search: search, interval: interval)
        packet.settings = settings.map {
            What.Param(name: $0.name, value: $0.value, ucd: "meta.note", dataType: .string)
        }
        return packet.packet()
    }
}
