// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import UTC
import VOEvent

/// Makes the VOEvent of a detected event: what was seen, where, when, how, and how sure that is.
///
/// - Reference: VOEvent 2.0, IVOA Recommendation 2011-07-11; parameters after `PSWSVocabulary`.
public struct EventAuthor: Sendable {
    private let context: ObservationContext

    /// Rows of the light curve at most. Brokers in use take 100 kB; this many rows are about a third of it.
    static let maximumLightCurveRows = 300

    /// An author for one stream of frames.
    public init(context: ObservationContext) {
        self.context = context
    }

    /// The event's identifier, `ivo://<authority>/<stream>#<station>-<UTC time>-<short id>`; nil for an event
    /// without a time, of which no VOEvent can be made.
    public func ivorn(of event: DetectedEvent, name: EventName) -> IVORN? {
        event.timePeak.flatMap {
            IVORN(
                authority: context.station.authority, stream: context.station.stream, station: context.station.name,
                time: $0.middleOfExposure, shortID: name.shortID)
        }
    }

    /// The packet's bytes, valid under VOEvent 2.0.
    ///
    /// - Parameters:
    ///   - event: what was seen; it must have a time.
    ///   - meaning: where on the body it was and how bright; nil if nobody asked.
    ///   - ivorn: from `ivorn(of:name:)`.
    ///   - evidence: files to refer to.
    ///   - clock: what the system clock was worth; nil for a recording.
    ///   - campaign: in which it was seen; nil if there was none.
    ///   - now: time of writing, `Who/Date`.
    /// - Throws: `VOEventError` with every reason why the packet would not be valid.
    public func write(
        _ event: DetectedEvent, meaning: EventMeaning? = nil, ivorn: IVORN, evidence: [EvidenceFiles.File],
        clock: ClockEvidence?, campaign: Campaign? = nil, now: UTCInstant
    ) throws(VOEventError) -> [UInt8] {
        var packet = VOEventPacket(
            ivorn: ivorn.description, role: context.station.role == .test ? .test : .observation)
        packet.who = who(now: now)
        packet.what = what(event, meaning: meaning, evidence: evidence, clock: clock, campaign: campaign)
        packet.citations = campaign?.citations
        packet.whereWhen = whereWhen(event, clock: clock)
        packet.how = How(descriptions: [EventWords.how(event, context: context)] + (meaning?.remarks ?? []))
        packet.why = Why(
            names: [context.target.bodyName], concepts: [event.kind.vocabulary.concept],
            inferences: [
                Why.Inference(
                    probability: event.probability.rounded(decimals: 3), relation: "identified",
                    names: [event.kind.vocabulary.concept], concepts: [],
                    descriptions: [EventWords.probability(event)])
            ], descriptions: [EventWords.why(event, context: context)])
        packet.description = EventWords.summary(event, context: context)
        return try VOEventAuthor().write(packet)
    }

    private func who(now: UTCInstant) -> Who {
        let contact = context.station.contact
        return Who(
            authorIVORN: "ivo://\(context.station.authority)",
            author: Who.Author(
                title: contact.title, shortName: contact.shortName, contactName: contact.name,
                contactEmail: contact.email), date: now)
    }

    private func what(
        _ event: DetectedEvent, meaning: EventMeaning?, evidence: [EvidenceFiles.File], clock: ClockEvidence?,
        campaign: Campaign?
    ) -> What {
        var items = parameters(of: event, clock: clock).map(What.Item.param)
        items.append(
            .group(
                .target(
                    name: context.target.bodyName, targetClass: context.target.bodyClass,
                    region: context.target.bodyRegion)))
        items += (meaning?.groups ?? []).map(What.Item.group)
        let source = context.source
        items.append(
            .group(
                .camera(
                    name: context.instrument, exposureSeconds: source.exposureSeconds?.rounded(decimals: 9),
                    framesPerSecond: source.framesPerSecond?.rounded(decimals: 6), width: source.format.width,
                    height: source.format.height, pixelFormat: EventWords.pixelFormat(source.format))))
        if let time = event.timePeak {
            let proof = TimeEvidence(time: time, clock: clock, timing: context.timing)
            items.append(
                .group(
                    .clock(
                        source: proof.source, state: proof.state,
                        errorSeconds: proof.clockErrorSeconds?.rounded(decimals: 9), method: proof.method)))
        }
        if let campaign { items.append(.group(campaign.group)) }
        let points = lightCurve(of: event)
        if !points.isEmpty { items.append(.table(.lightCurve(points))) }
        items += evidence.map { file in
            .reference(
                EventReference(
                    uri: (context.evidenceURL ?? "") + file.name, mimetype: file.kind.mediaType,
                    meaning: file.kind.meaning))
        }
        return What(items)
    }

    private func parameters(of event: DetectedEvent, clock: ClockEvidence?) -> [What.Param] {
        typealias Name = PSWSVocabulary
        let peakFlux = event.track.first { $0.frame == event.framePeak }?.fluxADU
        let uncertainty = event.timePeak.flatMap { TimeEvidence(time: $0, clock: clock).totalErrorSeconds }
        let params = [
            Name.eventType.param(event.kind.vocabulary.rawValue),
            event.timeStart.map { Name.timeStart.param($0.middleOfExposure) },
            event.timePeak.map { Name.timePeak.param($0.middleOfExposure) },
            event.timeEnd.map { Name.timeEnd.param($0.middleOfExposure) },
            uncertainty.map { Name.timeUncertainty.param($0.rounded(decimals: 6)) },
            event.durationSeconds.map { Name.duration.param($0.rounded(decimals: 4)) },
            Name.signalToNoise.param(event.signalToNoise.rounded(decimals: 2)),
            Name.threshold.param(event.thresholdSigma.rounded(decimals: 2)),
            Name.pixelX.param(event.x.rounded(decimals: 3)), Name.pixelY.param(event.y.rounded(decimals: 3)),
            peakFlux.map { Name.peakFlux.param($0.rounded(decimals: 1)) },
            Name.totalFlux.param(event.fluxADU.rounded(decimals: 1)),
            Name.frameCount.param(event.frameLast - event.frameFirst + 1),
        ]
        return params.compactMap { $0 } + assessment(of: event)
    }

    /// Every frame of the event, or for a long one every so many, the brightest always among them.
    private func lightCurve(of event: DetectedEvent) -> [(secondsFromPeak: Double, fluxADU: Double)] {
        guard let peak = event.timePeak?.middleOfExposure else { return [] }
        let step = (event.track.count + Self.maximumLightCurveRows - 1) / Self.maximumLightCurveRows
        let chosen = event.track.enumerated().filter {
            $0.offset % max(1, step) == 0 || $0.element.frame == event.framePeak
        }
        return chosen.compactMap { _, point in
            point.time.map {
                ($0.middleOfExposure.seconds(since: peak).rounded(decimals: 6), point.fluxADU.rounded(decimals: 1))
            }
        }
    }

    private func whereWhen(_ event: DetectedEvent, clock: ClockEvidence?) -> WhereWhen {
        // The camera's pixel has no place on the sky yet; the time and the site have.
        let system = "UTC-ICRS-TOPO"
        let time = event.timePeak.map { peak in
            EventTime(
                peak.middleOfExposure,
                errorSeconds: TimeEvidence(time: peak, clock: clock).totalErrorSeconds?.rounded(decimals: 6))
        }
        // Where nobody knows the site the station's name stands for it: the schema wants an observatory.
        let observatory =
            context.site.map {
                WhereWhen.ObservatoryLocation(
                    longitudeDegrees: $0.longitudeDegrees, latitudeDegrees: $0.latitudeDegrees,
                    heightMetres: $0.heightMetres)
            } ?? WhereWhen.ObservatoryLocation(id: context.station.name)
        return WhereWhen(
            observatory: observatory,
            observation: WhereWhen.ObservationLocation(
                system: AstroCoordSystem(id: system), coordinates: AstroCoords(systemID: system, time: time)))
    }
}

extension EventKind {
    /// The kind in the words of PSWS packets.
    var vocabulary: PSWSEventType {
        switch self {
        case .lunarFlash: .lunarFlash
        case .fireball: .fireball
        case .meteor: .meteor
        default: PSWSEventType(rawValue: rawValue)
        }
    }
}
