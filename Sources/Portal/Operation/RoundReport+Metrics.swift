// SPDX-License-Identifier: Apache-2.0

import Alerts
import Telemetry

extension RoundReport {
    /// How the predictions do, for monitoring systems.
    var metrics: [Metric] {
        var metrics = [
            Metric(
                "psws_server_prediction_round_time", .gauge, unit: "seconds",
                help: "When the newest round of predictions began, since 1970.", value: time.secondsSince1970),
            Metric(
                "psws_server_prediction_good", .gauge,
                help: "1 if every feed and every rule of the newest round gave a result and no event waits.",
                value: isGood ? 1 : 0),
            Metric(
                "psws_server_prediction_intervals", .gauge, help: "Intervals that the newest round found.",
                label: "rule", values: rules.map { ($0.name, Double($0.intervals)) }),
        ]
        if let newestMeasurement {
            metrics.append(
                Metric(
                    "psws_server_prediction_newest_measurement_time", .gauge, unit: "seconds",
                    help: "Time of the newest measurement near the Earth, since 1970.",
                    value: newestMeasurement.secondsSince1970))
        }
        return metrics
    }
}
