// SPDX-License-Identifier: Apache-2.0

import Server
import Telemetry
import UTC
import VTP

extension CentreHealth {
    /// The health as a monitoring system collects it.
    func metrics(started: UTCInstant) -> [Metric] {
        [
            Metric(
                "psws_server_start_time", .gauge, unit: "seconds", help: "When the server began, as POSIX time.",
                value: started.secondsSince1970),
            Metric(
                "psws_server_archive_writable", .gauge, help: "1 if events can be stored, 0 if not.",
                value: archiveFault == nil ? 1 : 0),
            Metric(
                "psws_server_archive_free", .gauge, unit: "bytes", help: "Space left for the archive.",
                value: archiveFreeBytes.map(Double.init) ?? .nan),
            Metric(
                "psws_server_newest_sequence", .gauge, help: "Place of the newest event in the archive.",
                value: Double(newestSequence)),
            Metric(
                "psws_server_stream_age", .gauge, unit: "seconds", help: "Age of a stream's newest event.",
                label: "stream", values: streams.map { ($0.stream, age(of: $0.received)) }),
            Metric(
                "psws_server_authors", .gauge, help: "Authors that are connected over VTP.",
                value: Double(broker.authors)),
            Metric(
                "psws_server_subscribers", .gauge, help: "Subscribers that are connected over VTP.",
                value: Double(broker.subscribers)),
            Metric(
                "psws_server_upstream_connected", .gauge, help: "1 if another broker is connected, 0 if not.",
                label: "broker", values: upstreams.map { ($0.address.description, $0.isConnected ? 1 : 0) }),
            events("stored", "Events that were new and are stored.", \.stored),
            events("repeated", "Events that were stored already.", \.alreadyStored),
            events("refused", "Events that broke a rule.", \.refused),
            events("failed", "Events that could not be stored.", \.failed),
        ]
    }

    private func events(_ name: String, _ help: String, _ count: KeyPath<AcceptanceCounts, Int>) -> Metric {
        Metric(
            "psws_server_events_\(name)", .counter, help: help, label: "way",
            values: EventWay.allCases.map {
                ($0.rawValue, Double((broker.acceptances[$0] ?? AcceptanceCounts())[keyPath: count]))
            })
    }
}
