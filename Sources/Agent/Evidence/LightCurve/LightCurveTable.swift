// SPDX-License-Identifier: Apache-2.0

import Detection
import UTC
import VOTable

/// The light curve as a VOTable, with the numbers of the event as parameters.
enum LightCurveTable {
    private static let timeSystem = "utc"
    private static let dateSystem = "utc_mjd"

    static func document(
        for evidence: Evidence, lightCurve: LightCurve, ivorn: String?, context: EvidenceContext,
        related: [EvidenceFileKind]
    ) -> VOTableDocument {
        var infos = [VOTableInfo(name: "CREATOR", value: context.software)]
        if let ivorn { infos.append(VOTableInfo(name: "ivorn", value: ivorn)) }
        let links = related.map {
            VOTableLink(
                address: $0.fileName(event: evidence.name), role: "doc", mediaType: $0.mediaType, title: $0.meaning)
        }
        let table = VOTableTable(
            id: "lightcurve", name: "light curve",
            description: "One row a frame. Flux is the amplitude of the point-spread function above the background.",
            columns: columns(lightCurve))
        let resource = VOTableResource(
            name: evidence.name,
            description: "Light curve of \(evidence.event.kind.title.lowercased()) \(evidence.name)",
            infos: infos,
            timeSystems: [
                VOTableTimeSystem(id: timeSystem, timescale: "UTC", referencePosition: "TOPOCENTER"),
                VOTableTimeSystem(
                    id: dateSystem, origin: .modifiedJulianDate, timescale: "UTC", referencePosition: "TOPOCENTER"),
            ],
            parameters: parameters(evidence.event, context), links: links, tables: [table])
        return VOTableDocument(
            description: "Evidence of an event seen by \(context.stationName)", resources: [resource])
    }

    private static func columns(_ lightCurve: LightCurve) -> [VOTableColumn] {
        let points = lightCurve.points
        let times = points.map { $0.time?.middleOfExposure }
        return [
            VOTableColumn(
                VOTableField(
                    "time", id: "time", ucd: "time.epoch;obs.exposure", xtype: "timestamp", reference: timeSystem,
                    description: "middle of the exposure, UTC"),
                .text(times.map { $0?.iso8601(fractionDigits: 6) })),
            VOTableColumn(
                VOTableField(
                    "mjd", id: "mjd", unit: "d", ucd: "time.epoch;meta.main", reference: dateSystem,
                    description: "the same as Modified Julian Date, good to a microsecond"),
                .double(times.map { $0.map { $0.secondsSince1970 / 86_400 + 40_587 } })),
            VOTableColumn(
                VOTableField(
                    "frame", ucd: "meta.id;obs.image", description: "number of the frame in its stream, from 0"),
                .long(points.map { Int64($0.frame) })),
            VOTableColumn(
                VOTableField(
                    "x", unit: "pixel", ucd: "pos.cartesian.x;instr.det",
                    description: "column in the whole frame, from 0 at the centre of the first"),
                .double(points.map { finite($0.x) })),
            VOTableColumn(
                VOTableField(
                    "y", unit: "pixel", ucd: "pos.cartesian.y;instr.det",
                    description: "row in the whole frame from the top, from 0 at the centre of the first"),
                .double(points.map { finite($0.y) })),
            VOTableColumn(
                VOTableField(
                    "flux", unit: "adu", ucd: "phot.count;meta.main", description: "flux above the background"),
                .double(points.map { finite($0.fluxADU) })),
            VOTableColumn(
                VOTableField(
                    "flux_error", unit: "adu", ucd: "stat.error;phot.count", description: "standard error of the flux"),
                .double(points.map { finite($0.fluxErrorADU) })),
            VOTableColumn(
                VOTableField(
                    "in_event", ucd: "meta.code",
                    description: "false for the quiet sky at the same place before and after the event"),
                .boolean(points.map { $0.isInEvent })),
        ]
    }

    private static func parameters(_ event: DetectedEvent, _ context: EvidenceContext) -> [VOTableParameter] {
        var list = [
            VOTableParameter(VOTableField("event_type", ucd: "meta.code.class"), .text(event.kind.rawValue)),
            VOTableParameter(VOTableField("station", ucd: "meta.id;instr.obsty"), .text(context.stationName)),
        ]
        if let target = context.targetName {
            list.append(VOTableParameter(VOTableField("target_name", ucd: "meta.id;src"), .text(target)))
        }
        for (name, time) in [
            ("time_start", event.timeStart), ("time_peak", event.timePeak), ("time_end", event.timeEnd),
        ] {
            guard let time else { continue }
            list.append(
                VOTableParameter(
                    VOTableField(name, ucd: timeMeaning[name], xtype: "timestamp", reference: timeSystem),
                    .text(time.middleOfExposure.iso8601(fractionDigits: 6))))
        }
        let numbers: [(name: String, unit: String?, ucd: String, value: Double?)] = [
            ("time_error", "s", "stat.error;time.epoch", event.timePeak?.uncertaintySeconds),
            ("duration", "s", "time.duration", event.durationSeconds),
            ("exposure", "s", "time.duration;obs.exposure", context.exposureSeconds),
            ("snr", nil, "stat.snr", event.signalToNoise),
            ("flux_sum", "adu", "phot.count", event.fluxADU),
            ("flux_sum_error", "adu", "stat.error;phot.count", event.fluxErrorADU),
            ("background", "adu", "instr.background", event.backgroundADU),
            ("noise", "adu", "stat.stdev;instr.background", event.noiseADU),
            ("threshold", nil, "stat.param", event.thresholdSigma),
            ("psf_sigma", "pixel", "stat.stdev;instr.det.psf", event.pointSpreadSigmaPixels),
            ("false_alarm_rate", "h**-1", "arith.rate", event.falseAlarmsPerHour),
            ("probability", nil, "stat.probability", event.probability),
        ]
        for number in numbers {
            guard let value = number.value, value.isFinite else { continue }
            list.append(
                VOTableParameter(VOTableField(number.name, unit: number.unit, ucd: number.ucd), .double(value)))
        }
        list.append(VOTableParameter(VOTableField("saturated", ucd: "meta.code.qual"), .boolean(event.saturated)))
        return list
    }

    private static let timeMeaning = [
        "time_start": "time.start", "time_peak": "time.epoch;stat.max", "time_end": "time.end",
    ]

    private static func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
}
