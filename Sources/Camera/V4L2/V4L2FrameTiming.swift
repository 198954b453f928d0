// SPDX-License-Identifier: Apache-2.0

import UTC

/// From a driver's stamp to the time of the middle of the exposure.
struct V4L2FrameTiming {
    /// What a driver's stamp means.
    enum Stamp: Hashable {
        case endOfFrame(MonotonicInstant)
        case startOfExposure(MonotonicInstant)
    }

    /// Exposure in seconds; nil if the camera does not say.
    var exposureSeconds: Double?
    /// Seconds between frames; nil if the camera does not say.
    var frameIntervalSeconds: Double?
    /// Measured delay of the camera chain; nil if nobody has measured it.
    var latency: V4L2CameraOptions.Latency?

    /// Without a frame for this long a camera has stalled: the exposure and twelve frame intervals, since a camera that
    /// loses three frames of ten loses twelve in a row once in two million; 2 s for a camera without a known rate.
    ///
    /// A fast camera has 1 s, which a busy machine may need; a slow one at most 3 s, or three frame intervals.
    var usualStallSeconds: Double {
        guard let interval = frameIntervalSeconds else { return 2 + (exposureSeconds ?? 0) }
        return max(1, min(12 * interval, 3), 3 * interval) + (exposureSeconds ?? 0)
    }

    /// A stamp older than this is no stamp.
    private static let greatestStampAgeSeconds = 10.0

    /// The time of a frame that arrived at `arrival` with the given stamp, or with none.
    ///
    /// Notes:
    /// 1. The middle lies half an exposure before the end of the frame and after the start of the exposure. An
    ///    unknown exposure is taken as half a frame interval, give or take as much.
    /// 2. Reading out and transferring a frame takes up to one frame interval. Unless that latency was measured, it
    ///    is not corrected for, and enters the error as the root mean square of a delay that is uniform in 0…interval.
    /// 3. Errors are independent and add in quadrature. That of the host's clock against UTC is not among them: it is
    ///    the clock evidence's business.
    func time(
        stamp: Stamp?, arrival: MonotonicInstant, converter: inout MonotonicToUTC
    ) -> FrameTime {
        let stamp = stamp.flatMap { isPlausible($0, arrival: arrival) ? $0 : nil }
        let halfExposure = exposureSeconds.map { $0 / 2 } ?? frameIntervalSeconds.map { $0 / 4 } ?? 0
        let origin: FrameTime.Origin
        let middle: MonotonicInstant
        switch stamp {
        case .startOfExposure(let instant):
            origin = .driverStartOfExposure
            middle = instant.advanced(bySeconds: halfExposure)
        case .endOfFrame(let instant):
            origin = .driverEndOfFrame
            middle = instant.advanced(bySeconds: -halfExposure)
        case nil:
            origin = .hostArrival
            middle = arrival.advanced(bySeconds: -halfExposure)
        }
        let converted = converter.utc(of: middle.advanced(bySeconds: -(latency?.seconds ?? 0)))
        return FrameTime(
            middleOfExposure: converted.instant,
            uncertaintySeconds: uncertaintySeconds(conversionError: converted.errorSeconds), origin: origin)
    }

    private func isPlausible(_ stamp: Stamp, arrival: MonotonicInstant) -> Bool {
        let instant =
            switch stamp {
            case .endOfFrame(let instant), .startOfExposure(let instant): instant
            }
        let age = arrival.seconds(since: instant)
        let greatestAge = V4L2FrameTiming.greatestStampAgeSeconds + (exposureSeconds ?? 0)
        // Drivers that compute the stamp, from the camera's clock or from its rate, run ahead by up to a frame.
        return age >= -(frameIntervalSeconds ?? 0.001) && age <= greatestAge
    }

    private func uncertaintySeconds(conversionError: Double) -> Double? {
        var variance = conversionError * conversionError
        if let latency {
            variance += latency.uncertaintySeconds * latency.uncertaintySeconds
        } else if let interval = frameIntervalSeconds {
            variance += interval * interval / 3
        } else {
            return nil
        }
        if exposureSeconds == nil {
            // Half the exposure is uniform in 0…interval/2, whose standard deviation is interval/√48.
            guard let interval = frameIntervalSeconds else { return nil }
            variance += interval * interval / 48
        }
        return variance.squareRoot()
    }
}
