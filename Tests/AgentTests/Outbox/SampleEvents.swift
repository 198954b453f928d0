// SPDX-License-Identifier: Apache-2.0

import UTC

@testable import Agent

/// Event number `number`: a name, an ivorn, bytes and evidence of its own.
struct SampleEvent {
    let number: Int

    static let time = UTCInstant(nanosecondsSince1970: 1_774_123_200_000_000_000)

    var name: OutboxEntryName {
        OutboxEntryName(time: Self.time.advanced(bySeconds: Double(number)), shortID: "e\(number)")
    }
    var ivorn: String { "ivo://psws.irap/flashes#lunar-1-\(name)" }
    var bytes: [UInt8] { Array("<voe:VOEvent ivorn=\"\(ivorn)\"/>".utf8) }
    var evidence: [UInt8] { Array(repeating: UInt8(number), count: 1000) }
}

extension Outbox {
    /// Stages an event, writes its evidence, and commits it.
    @discardableResult
    func keep(_ event: SampleEvent, evidence: [UInt8]? = nil) throws(OutboxError) -> OutboxReceipt {
        let draft = try stage(event.name)
        do {
            try files.createFile(draft.path + "/frames.fits", evidence ?? event.evidence)
        } catch {
            // A full disk is noticed by whoever writes the evidence; the event is committed all the same.
            guard error.reason == .diskFull else { throw OutboxError(error) }
        }
        return try commit(draft, event: event.bytes, ivorn: event.ivorn, at: SampleEvent.time)
    }

    /// Names in a state, oldest first.
    func names(_ state: OutboxEntry.State) throws(OutboxError) -> [String] { try list(state).map(\.name.text) }
}
