// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// A sensor that exposes its rows one after the other: the time of a flash is that of its row.
///
/// A frame's time is that of the row to which its stamp belongs: the first one for a stamp at the start of the exposure,
/// and for recordings, whose programs stamp likewise; the last one, which is read out last, for a stamp at the end of
/// the frame and for a time of arrival; after a calibration with the timing light, that of the light's row. A simulated
/// scene exposes all its rows at once.
struct RollingShutter: Sendable, Hashable {
    /// Seconds from the exposure of one row to that of the next one below; negative for a sensor read from below.
    let rowSeconds: Double
    /// Rows of a frame.
    let rowCount: Int
    /// Row for which the times of frames were calibrated; nil without.
    var calibratedRow: Double?

    /// The shutter of a camera or a recording; nil if all rows are exposed at once, as far as anybody knows.
    static func of(
        _ camera: CameraConfiguration, source: SourceDescription, calibration: TimingCalibration? = nil
    ) -> RollingShutter? {
        guard let rowSeconds = camera.rowSeconds else { return nil }
        // A latency that the configuration gives goes first, and is that of the driver's own row.
        let isCalibrated = camera.device.latencySeconds == nil && calibration?.holds(for: source) == true
        return RollingShutter(
            rowSeconds: rowSeconds, rowCount: source.format.height,
            calibratedRow: isCalibrated ? calibration?.row : nil)
    }

    /// The event with its times moved to its rows.
    func corrected(_ event: DetectedEvent) -> DetectedEvent {
        var event = event
        let firstY = event.track.first { $0.frame == event.frameFirst }?.y ?? event.y
        let lastY = event.track.last { $0.frame == event.frameLast }?.y ?? event.y
        event.timeStart = corrected(event.timeStart, row: firstY)
        event.timePeak = corrected(event.timePeak, row: event.y)
        event.timeEnd = corrected(event.timeEnd, row: lastY)
        for index in event.track.indices {
            event.track[index].time = corrected(event.track[index].time, row: event.track[index].y)
        }
        return event
    }

    private func corrected(_ time: FrameTime?, row: Double) -> FrameTime? {
        guard var time, time.origin != .simulated else { return time }
        let last = Double(rowCount - 1)
        let row = min(max(row, 0), last)
        if let calibratedRow {
            time.middleOfExposure = time.middleOfExposure.advanced(bySeconds: (row - calibratedRow) * rowSeconds)
            return time
        }
        // The row that was exposed first lies at the top, or at the bottom of a sensor that is read from below.
        let place = rowSeconds < 0 ? last - row : row
        let rows = time.origin.isStampOfLastRow ? place - last : place
        time.middleOfExposure = time.middleOfExposure.advanced(bySeconds: rows * abs(rowSeconds))
        return time
    }
}

extension FrameTime.Origin {
    /// True if the frame's time is that of the row which is read out last.
    fileprivate var isStampOfLastRow: Bool { self == .driverEndOfFrame || self == .hostArrival }
}
