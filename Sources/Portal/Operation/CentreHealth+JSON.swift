// SPDX-License-Identifier: Apache-2.0

import JSON
import Server
import UTC

extension CentreHealth {
    /// The health as programs read it.
    ///
    /// - Parameters:
    ///   - started: when the server began.
    ///   - live: clients that follow the stream over HTTP.
    func json(started: UTCInstant, live: Int) -> JSONText {
        .object([
            ("status", .string(archiveFault == nil ? "ok" : "failing")), ("time", .string(time.description)),
            ("started", .string(started.description)),
            (
                "archive",
                .object([
                    ("writable", .boolean(archiveFault == nil)), ("fault", .string(archiveFault)),
                    ("free_bytes", archiveFreeBytes.map { .integer(Int($0)) } ?? .null),
                    ("newest_sequence", .integer(Int(newestSequence))),
                ])
            ),
            ("streams", .array(streams.map(json))), ("upstreams", .array(upstreams.map(json))),
            ("authors", .integer(broker.authors)), ("subscribers", .integer(broker.subscribers)),
            ("stream_clients", .integer(live)),
        ])
    }

    private func json(_ stream: StreamReception) -> JSONText {
        .object([
            ("stream", .string(stream.stream)), ("last_received", .string(stream.received.description)),
            ("age_s", .number(age(of: stream.received))),
        ])
    }

    private func json(_ upstream: UpstreamState) -> JSONText {
        .object([
            ("address", .string(upstream.address.description)), ("connected", .boolean(upstream.isConnected)),
            ("last_event", .string(upstream.lastEvent?.description)),
            ("age_s", .number(upstream.lastEvent.map(age))),
        ])
    }

    /// Seconds since a time, to the millisecond; none before the clock was stepped back.
    func age(of past: UTCInstant) -> Double { (max(0, time.seconds(since: past)) * 1000).rounded() / 1000 }
}
