// SPDX-License-Identifier: Apache-2.0

extension SceneLightCurve {
    /// Light in each frame of an event that begins somewhere within its first frame; frames follow without a gap.
    ///
    /// - Parameters:
    ///   - durationSeconds: length of the event.
    ///   - framesPerSecond: frame rate; the exposure is as long as a frame.
    ///   - phase: start of the event within the first frame, 0..<1 of a frame.
    /// - Returns: relative light, without frames at the end that have less than a thousandth of the brightest one.
    public func light(durationSeconds: Double, framesPerSecond: Double, phase: Double) -> [Double] {
        let stepsPerFrame = 64
        let count = Int((durationSeconds * framesPerSecond + phase).rounded(.up))
        var light = (0..<max(count, 1)).map { frame in
            (0..<stepsPerFrame).reduce(0.0) { sum, step in
                let frames = Double(frame) + (Double(step) + 0.5) / Double(stepsPerFrame) - phase
                return sum + value(atSeconds: frames / framesPerSecond, durationSeconds: durationSeconds)
            } / Double(stepsPerFrame)
        }
        let brightest = light.max() ?? 0
        while light.count > 1, let last = light.last, last < 1e-3 * brightest { light.removeLast() }
        return light
    }
}
