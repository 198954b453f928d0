// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Telemetry

/// Knows what the system clock is worth: asks the kernel when it is asked itself, and chrony and the pulses before.
final class ClockWatch: Sendable {
    private let pulses: PulseInput?
    private let chrony: ChronyClient?
    private let tracking = Mutex<ChronyTracking?>(nil)

    /// Seconds between questions to chrony; it measures every 16 s at the most, if it is not told otherwise.
    private static let askingIntervalSeconds = 16.0

    /// A watch over what there is.
    init(pulses: PulseInput?, chrony: ChronyClient?) {
        self.pulses = pulses
        self.chrony = chrony
    }

    /// What the clock is worth now; nil if the kernel does not answer.
    func evidence() -> ClockEvidence? {
        var evidence = ClockEvidence.sample()
        evidence?.chrony = tracking.withLock { $0 }
        evidence?.pulses = pulses?.evidence
        return evidence
    }

    /// Asks chrony again and again until the task is cancelled.
    func run() async {
        guard let chrony else { return }
        while !Task.isCancelled {
            let answer = await chrony.tracking()
            tracking.withLock { $0 = answer }
            try? await Task.sleep(for: .seconds(Self.askingIntervalSeconds))
        }
    }

    /// Figures for monitoring systems.
    var metrics: [Metric] {
        guard let evidence = evidence() else { return [] }
        var metrics = [
            Metric(
                "psws_clock_synchronised", .gauge, help: "1 while somebody keeps the system clock synchronised.",
                value: evidence.isSynchronised ? 1 : 0),
            Metric(
                "psws_clock_error", .gauge, unit: "seconds", help: "Estimated error of the system clock.",
                value: evidence.errorSeconds ?? .nan),
        ]
        if let chrony = evidence.chrony {
            metrics.append(
                Metric(
                    "psws_chrony_maximum_error", .gauge, unit: "seconds",
                    help: "Greatest error of the system clock as chrony knows it.", value: chrony.maximumErrorSeconds))
        }
        if let pulses {
            metrics.append(
                Metric(
                    "psws_pps_pulses", .counter, help: "Pulses of the receiver.", value: Double(pulses.count)))
            metrics += [
                Metric(
                    "psws_pps_offset", .gauge, unit: "seconds",
                    help: "How much the system clock is fast, by the receiver's pulses.",
                    value: evidence.pulses?.offsetSeconds ?? .nan),
                Metric(
                    "psws_pps_jitter", .gauge, unit: "seconds", help: "Scatter of the receiver's pulses.",
                    value: evidence.pulses?.jitterSeconds ?? .nan),
            ]
        }
        return metrics
    }
}
