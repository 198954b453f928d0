// SPDX-License-Identifier: Apache-2.0

import BrokerTrials

/// The figures of brokers as tables.
enum BrokerBenchTables {
    static func load(_ results: [BrokerBenchPlan.Result]) -> BenchSection {
        var table = BenchTable(
            name: "broker_load", title: "Broker under load",
            columns: [
                .init(name: "subscribers", heading: "subscribers"), .init(name: "in_flight", heading: "in flight"),
                .init(name: "broker", heading: "broker"), .init(name: "connections", heading: "connections"),
                .init(name: "accepted_per_s", heading: "accepted/s"),
                .init(name: "deliveries_per_s", heading: "deliveries/s"),
                .init(name: "cpu_ms_per_event", heading: "CPU ms/event"),
                .init(name: "ack_p50_ms", heading: "ack p50 ms"),
                .init(name: "ack_p99_ms", heading: "ack p99 ms"),
                .init(name: "delivery_p99_ms", heading: "delivery p99 ms"),
                .init(name: "peak_mb", heading: "peak MB"), .init(name: "broker_processors", heading: "broker"),
                .init(name: "generator_processors", heading: "generator"), .init(name: "missing", heading: "missing"),
            ])
        table.rows = results.map { result in
            let (trial, figures) = (result.step.trial, result.figures)
            let events = Double(max(figures.accepted, 1))
            return [
                .count(trial.subscribers), .count(trial.inFlight), .word(result.step.kind.rawValue),
                .word(trial.keepsConnection ? "kept" : "one an event"),
                .number(Double(figures.accepted) / figures.seconds, decimals: 0),
                .number(Double(figures.deliveries) / figures.deliverySeconds, decimals: 0),
                .number(1000 * figures.brokerSeconds / events, decimals: 3),
                .number(figures.acknowledgement.milliseconds(fraction: 0.5)),
                .number(figures.acknowledgement.milliseconds(fraction: 0.99)),
                .number(figures.delivery.milliseconds(fraction: 0.99)),
                .number(figures.peakMegabytes, decimals: 1),
                .number(figures.brokerSeconds / figures.deliverySeconds),
                .number(figures.generatorSeconds / figures.deliverySeconds),
                .count(figures.accepted * trial.subscribers - figures.deliveries + figures.unaccepted),
            ]
        }
        table.notes = [
            "Columns 'broker' and 'generator' are processors in use; 'missing' are deliveries that did not come."
        ]
        return BenchSection(tables: [table])
    }

    static func stalled(_ results: [BrokerBenchPlan.Result]) -> BenchSection {
        var table = BenchTable(
            name: "broker_stalled", title: "Broker with subscribers that do not read",
            columns: [
                .init(name: "broker", heading: "broker"), .init(name: "stalled", heading: "that do not read"),
                .init(name: "events", heading: "events"), .init(name: "event_bytes", heading: "bytes"),
                .init(name: "peak_mb", heading: "peak MB"),
                .init(name: "still_connected", heading: "still connected"),
                .init(name: "delivery_p99_ms", heading: "delivery p99 ms of the one that reads"),
            ])
        table.rows = results.map { result in
            let (trial, figures) = (result.step.trial, result.figures)
            return [
                .word(result.step.kind.rawValue), .count(trial.stalled), .count(figures.accepted),
                .count(trial.eventBytes), .number(figures.peakMegabytes, decimals: 1), .count(figures.stalledConnected),
                .number(figures.delivery.milliseconds(fraction: 0.99)),
            ]
        }
        return BenchSection(tables: [table])
    }

    static func endurance(_ result: BrokerBenchPlan.Result) -> BenchSection {
        var table = BenchTable(
            name: "broker_endurance", title: "Memory of the broker in the long run",
            columns: [
                .init(name: "deliveries", heading: "deliveries"), .init(name: "resident_mb", heading: "resident MB"),
            ])
        table.rows = result.figures.memory.map { [.count($0.deliveries), .number($0.megabytes, decimals: 1)] }
        let (trial, figures) = (result.step.trial, result.figures)
        let missing = figures.accepted * trial.subscribers - figures.deliveries + figures.unaccepted
        table.notes = [
            "\(figures.accepted) events of \(trial.eventBytes) bytes to \(trial.subscribers) subscribers in "
                + "\(Int(figures.deliverySeconds)) s; \(missing) deliveries are missing."
        ]
        return BenchSection(tables: [table])
    }
}
