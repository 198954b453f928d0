// SPDX-License-Identifier: Apache-2.0

extension What.Group {
    /// The group `target`: the body that was looked at.
    ///
    /// - Parameters:
    ///   - targetName: the body's name in English, for example `Moon`.
    ///   - targetClass: EPN-TAP's class: `planet`, `satellite`, `comet`, `sky`…
    ///   - region: part of the body, for example `surface` or `atmosphere`.
    public static func target(name targetName: String, targetClass: String, region: String) -> What.Group {
        What.Group(
            name: PSWSVocabulary.targetGroup,
            params: [
                PSWSVocabulary.targetName.param(targetName), PSWSVocabulary.targetClass.param(targetClass),
                PSWSVocabulary.targetRegion.param(region),
            ])
    }

    /// The group `camera`: what was looked with. Parameters without a value are left out.
    ///
    /// - Parameters:
    ///   - name: the model, as the device or the operator names it.
    ///   - exposureSeconds: exposure of one frame.
    ///   - framesPerSecond: frame rate.
    ///   - gain: in the camera's own unit.
    ///   - width: columns of a frame.
    ///   - height: rows of a frame.
    ///   - pixelFormat: name of the pixel format.
    public static func camera(
        name: String, exposureSeconds: Double? = nil, framesPerSecond: Double? = nil, gain: Double? = nil,
        width: Int? = nil, height: Int? = nil, pixelFormat: String? = nil
    ) -> What.Group {
        let params = [
            PSWSVocabulary.cameraName.param(name), exposureSeconds.map { PSWSVocabulary.exposure.param($0) },
            framesPerSecond.map { PSWSVocabulary.frameRate.param($0) }, gain.map { PSWSVocabulary.gain.param($0) },
            width.map { PSWSVocabulary.width.param($0) }, height.map { PSWSVocabulary.height.param($0) },
            pixelFormat.map { PSWSVocabulary.pixelFormat.param($0) },
        ]
        return What.Group(name: PSWSVocabulary.cameraGroup, params: params.compactMap { $0 })
    }

    /// The group `clock`: the proof of every time in the packet.
    ///
    /// - Parameters:
    ///   - source: what the clock follows, for example `GPS PPS` or `NTP`.
    ///   - state: for example `synchronised` or `free-running`.
    ///   - errorSeconds: estimated error; nil if nothing is known.
    ///   - method: how the time of a frame became UTC, in one sentence.
    public static func clock(source: String, state: String, errorSeconds: Double?, method: String) -> What.Group {
        let params = [
            PSWSVocabulary.clockSource.param(source), PSWSVocabulary.clockState.param(state),
            errorSeconds.map { PSWSVocabulary.clockError.param($0) }, PSWSVocabulary.timeMethod.param(method),
        ]
        return What.Group(name: PSWSVocabulary.clockGroup, params: params.compactMap { $0 })
    }
}

extension What.Table {
    /// The table `light_curve`.
    ///
    /// - Parameter points: seconds from the peak, and flux in ADU, one for each frame.
    public static func lightCurve(_ points: [(secondsFromPeak: Double, fluxADU: Double)]) -> What.Table {
        What.Table(
            name: PSWSVocabulary.lightCurveTable, description: "Light curve of the event",
            fields: [PSWSVocabulary.lightCurveTime.field, PSWSVocabulary.lightCurveFlux.field],
            numbers: points.map { [$0.secondsFromPeak, $0.fluxADU] })
    }
}
