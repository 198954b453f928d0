// SPDX-License-Identifier: Apache-2.0

import Detection
import UTC
import VOEvent

/// Makes an alert durable: writes its evidence, authors its VOEvent, and commits both to the outbox.
///
/// The event matters more than its evidence: if the evidence cannot be written, the event goes without it and says so.
public struct EventPublisher: Sendable {
    /// Where evidence and events go.
    public enum Destination: Sendable {
        /// Into the outbox, to be sent.
        case outbox(Outbox)
        /// Into a directory of the operator's, one directory an event; nothing is sent.
        case directory(String)
        /// Into both.
        case both(Outbox, directory: String)
        /// Nowhere: the VOEvent is authored for its identifier alone.
        case nowhere
    }

    /// What became of an event.
    public struct Publication: Sendable, Hashable {
        /// Name of the event, of its entry in the outbox and of its files.
        public var name: String
        /// Identifier of the VOEvent; nil if none could be authored.
        public var ivorn: String?
        /// Directories that hold the event.
        public var directories: [String] = []
        /// What the operator should know, in sentences.
        public var remarks: [String] = []
        /// What was asked for and could not be done although the event is safe, a sentence each.
        public var failures: [String] = []
    }

    private let context: ObservationContext
    private let author: EventAuthor
    let evidenceWriter: EvidenceWriter
    private let destination: Destination

    /// A publisher for one stream of frames.
    public init(context: ObservationContext, destination: Destination) {
        self.context = context
        self.destination = destination
        author = EventAuthor(context: context)
        evidenceWriter = EvidenceWriter(context: context.evidence)
    }

    /// The name that an event will have.
    public func name(of event: DetectedEvent) -> EventName {
        EventName(event: event, station: context.station.name, camera: context.instrument)
    }

    /// Publishes one event. When this returns, it survives a power cut.
    ///
    /// - Parameters:
    ///   - observed: the event and its frames; files are named after the event, whatever it was called till now.
    ///   - clock: what the system clock was worth; nil for a recording.
    ///   - now: time of writing.
    /// - Throws: `OutboxError` if the event could not be stored, `VOEventError` if no valid packet can be made of it.
    ///   A directory of the operator's that cannot be written is in `failures`.
    public func publish(_ observed: Evidence, clock: ClockEvidence?, now: UTCInstant) async throws -> Publication {
        let name = name(of: observed.event)
        let evidence = Evidence(
            name: name.description, event: observed.event, clip: observed.clip, meaning: observed.meaning,
            campaign: observed.campaign)
        var publication = Publication(name: name.description)
        guard let ivorn = author.ivorn(of: evidence.event, name: name) else {
            publication.remarks.append("the recording has no times, so no VOEvent can be made: give its start and rate")
            if let directory = destination.directory {
                try writeInto(directory, evidence, ivorn: nil, clock: clock, now: now, &publication)
            }
            return publication
        }
        publication.ivorn = ivorn.description
        // First what must not be lost.
        if let outbox = destination.outbox {
            try await commit(evidence, to: outbox, ivorn: ivorn, clock: clock, now: now, &publication)
        }
        if let directory = destination.directory {
            try writeInto(directory, evidence, ivorn: ivorn, clock: clock, now: now, &publication)
        }
        if case .nowhere = destination {
            _ = try author.write(
                evidence.event, meaning: evidence.meaning, ivorn: ivorn, evidence: [], clock: clock,
                campaign: evidence.campaign, now: now)
        }
        return publication
    }

    private func commit(
        _ evidence: Evidence, to outbox: Outbox, ivorn: IVORN, clock: ClockEvidence?, now: UTCInstant,
        _ publication: inout Publication
    ) async throws {
        let draft = try await outbox.stage(OutboxEntryName(validating: evidence.name))
        do {
            let receipt = try await fill(
                draft, with: evidence, in: outbox, ivorn: ivorn, clock: clock, now: now, &publication)
            publication.directories.append(receipt.entry.path)
            publication.remarks += receipt.notices.map { $0.name == evidence.name ? $0.message : $0.description }
            if !receipt.isNew {
                publication.remarks.append("the outbox had this event already (\(receipt.entry.state.rawValue))")
            }
        } catch {
            // What cannot be committed must not fill the disk, nor keep its name from the next attempt.
            try? await outbox.abandon(draft)
            throw error
        }
    }

    /// Writes evidence and event into a draft and commits it.
    private func fill(
        _ draft: OutboxDraft, with evidence: Evidence, in outbox: Outbox, ivorn: IVORN, clock: ClockEvidence?,
        now: UTCInstant, _ publication: inout Publication
    ) async throws -> OutboxReceipt {
        var files: [EvidenceFiles.File] = []
        do {
            let written = try evidenceWriter.write(evidence, into: draft.path, ivorn: ivorn.description)
            files = written.files
            publication.remarks += written.remarks
        } catch {
            publication.remarks.append("the event goes without its evidence: \(error)")
        }
        let packet = try author.write(
            evidence.event, meaning: evidence.meaning, ivorn: ivorn, evidence: files, clock: clock,
            campaign: evidence.campaign, now: now)
        return try await outbox.commit(draft, event: packet, ivorn: ivorn.description, at: now)
    }

    private func writeInto(
        _ directory: String, _ evidence: Evidence, ivorn: IVORN?, clock: ClockEvidence?, now: UTCInstant,
        _ publication: inout Publication
    ) throws(VOEventError) {
        let path = directory + "/" + evidence.name
        var files: [EvidenceFiles.File] = []
        do {
            let place = try EvidenceDirectory.make(path)
            publication.directories.append(path)
            do {
                let written = try evidenceWriter.write(evidence, into: path, ivorn: ivorn?.description)
                files = written.files
                publication.remarks += written.remarks
            } catch {
                publication.failures.append("the evidence could not be written: \(error)")
            }
            if let ivorn {
                let packet = try author.write(
                    evidence.event, meaning: evidence.meaning, ivorn: ivorn, evidence: files, clock: clock,
                    campaign: evidence.campaign, now: now)
                try place.write(packet, name: "event.xml")
            }
        } catch let error as VOEventError {
            throw error
        } catch {
            publication.failures.append("the event could not be written: \(error)")
        }
    }
}

extension EventPublisher.Destination {
    /// The outbox, if events go there.
    fileprivate var outbox: Outbox? {
        switch self {
        case .outbox(let outbox), .both(let outbox, _): outbox
        case .directory, .nowhere: nil
        }
    }

    /// The operator's directory, if events go there.
    fileprivate var directory: String? {
        switch self {
        case .directory(let path), .both(_, let path): path
        case .outbox, .nowhere: nil
        }
    }
}
