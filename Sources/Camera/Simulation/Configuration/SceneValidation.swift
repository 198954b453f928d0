// SPDX-License-Identifier: Apache-2.0

extension CameraError.Code {
    /// A simulated scene asks for something impossible.
    public static let impossibleScene = CameraError.Code(rawValue: "impossible-scene")
}

extension SceneConfiguration {
    /// Throws `impossibleScene` for the first value that is out of its range.
    public func validate() throws(CameraError) {
        try check((8...16_384).contains(width), "width", "must be 8 to 16384 pixels")
        try check((8...16_384).contains(height), "height", "must be 8 to 16384 pixels")
        try check(width * height <= 1 << 26, "width and height", "must not make more than 64 million pixels")
        try check((8...16).contains(bitsPerSample), "bitsPerSample", "must be 8 to 16")
        try check(framesPerSecond, "framesPerSecond", in: 0.001...10_000)
        try check(durationSeconds, "durationSeconds", in: 0...86_400)
        try check((1...3_000_000).contains(frameCount), "durationSeconds", "must make 1 to 3 million frames")
        try check(exposureSeconds, "exposureSeconds", in: 1e-7...(1 / framesPerSecond * 1.000_001))
        try check(pointSpreadSigmaPixels, "pointSpreadSigmaPixels", in: 0.2...50)
        try checkMotion()
        try checkSensor()
        try checkAtmosphere()
        try checkTarget()
        for (index, event) in events.enumerated() { try check(event, index) }
    }

    private func checkMotion() throws(CameraError) {
        // The picture is drawn once with a margin as wide as the drift: bound it.
        let limit = Double(max(width, height))
        let farthest = max(abs(driftXPixelsPerSecond), abs(driftYPixelsPerSecond)) * durationSeconds
        try check(farthest <= limit, "drift", "must not move the target by more than a frame during the scene")
    }

    private func checkSensor() throws(CameraError) {
        try check(sensor.readNoiseElectrons, "sensor.readNoiseElectrons", in: 0...10_000)
        try check(sensor.gainElectronsPerADU, "sensor.gainElectronsPerADU", in: 1e-6...1e6)
        try check(sensor.offsetADU, "sensor.offsetADU", in: 0...65_535)
        try check(sensor.fullWellElectrons, "sensor.fullWellElectrons", in: 1...1e9)
        try check(sensor.rowNoiseElectrons, "sensor.rowNoiseElectrons", in: 0...10_000)
        try check(sensor.responseNonUniformity, "sensor.responseNonUniformity", in: 0...0.3)
        try check(sensor.offsetNonUniformityElectrons, "sensor.offsetNonUniformityElectrons", in: 0...10_000)
        try check(sensor.hotPixelFraction, "sensor.hotPixelFraction", in: 0...1)
        try check(sensor.hotPixelMeanElectrons, "sensor.hotPixelMeanElectrons", in: 0...1e6)
        try check(sensor.flickeringPixelFraction, "sensor.flickeringPixelFraction", in: 0...1)
        try check(sensor.flickeringPixelElectrons, "sensor.flickeringPixelElectrons", in: -1e6...1e6)
    }

    private func checkAtmosphere() throws(CameraError) {
        let air = atmosphere
        try check(air.wanderRMSPixels, "atmosphere.wanderRMSPixels", in: 0...50)
        try check(air.wanderCorrelationSeconds, "atmosphere.wanderCorrelationSeconds", in: 1e-6...3600)
        try check(air.scintillationFraction, "atmosphere.scintillationFraction", in: 0...2)
        try check(air.scintillationCorrelationSeconds, "atmosphere.scintillationCorrelationSeconds", in: 1e-6...3600)
        try check(air.starScintillationFraction, "atmosphere.starScintillationFraction", in: 0...2)
        try check(air.transparencyDriftPerMinute, "atmosphere.transparencyDriftPerMinute", in: 0...1)
        try check(air.cloudOpticalDepth, "atmosphere.cloudOpticalDepth", in: 0...20)
        try check(air.cloudCover, "atmosphere.cloudCover", in: 0...1)
        try check(air.cloudSizeInFrameWidths, "atmosphere.cloudSizeInFrameWidths", in: 0.01...100)
        try check(air.cloudSpeedPixelsPerSecond, "atmosphere.cloudSpeedPixelsPerSecond", in: -1e5...1e5)
        try check(air.cloudGlowElectronsPerPixel, "atmosphere.cloudGlowElectronsPerPixel", in: 0...1e6)
        try check(
            air.twilightElectronsPerPixelPerSecond, "atmosphere.twilightElectronsPerPixelPerSecond", in: -1e6...1e6)
        try check(air.gustsPerMinute, "atmosphere.gustsPerMinute", in: 0...600)
        try check(air.gustPixels, "atmosphere.gustPixels", in: 0...50)
    }

    private func checkTarget() throws(CameraError) {
        let light = 0...1e9
        switch kind {
        case .moon:
            try check(moon.radiusInFrameWidths, "moon.radiusInFrameWidths", in: 0.01...100)
            try check(moon.centreXInFrameWidths, "moon.centreXInFrameWidths", in: -100...100)
            try check(moon.centreYInFrameHeights, "moon.centreYInFrameHeights", in: -100...100)
            try check(moon.phaseAngleDegrees, "moon.phaseAngleDegrees", in: 90...180)
            try check(moon.earthshineElectronsPerPixel, "moon.earthshineElectronsPerPixel", in: light)
            try check(moon.mareContrast, "moon.mareContrast", in: 0...1)
            try check(moon.glareElectronsPerPixel, "moon.glareElectronsPerPixel", in: light)
            try check(moon.sunlitElectronsPerPixel, "moon.sunlitElectronsPerPixel", in: light)
        case .jupiter:
            let diameter = jupiter.equatorialDiameterInFrameHeights
            try check(diameter, "jupiter.equatorialDiameterInFrameHeights", in: 0.01...100)
            try check(jupiter.oblateness, "jupiter.oblateness", in: 0...0.9)
            try check(jupiter.limbDarkeningExponent, "jupiter.limbDarkeningExponent", in: 0...10)
            try check(jupiter.beltContrast, "jupiter.beltContrast", in: 0...1)
            try check(jupiter.tiltDegrees, "jupiter.tiltDegrees", in: -360...360)
            try check(jupiter.centreElectronsPerPixel, "jupiter.centreElectronsPerPixel", in: light)
            try check(jupiter.skyElectronsPerPixel, "jupiter.skyElectronsPerPixel", in: light)
        case .sky:
            try check(sky.skyElectronsPerPixel, "sky.skyElectronsPerPixel", in: light)
            try check(sky.horizonBrightening, "sky.horizonBrightening", in: 0...1000)
            try check(sky.vignetting, "sky.vignetting", in: 0...1)
            try check((0...1_000_000).contains(sky.starCount), "sky.starCount", "must be 0 to 1 million")
            try check(sky.brightestMagnitude, "sky.brightestMagnitude", in: -30...30)
            try check(sky.faintestMagnitude, "sky.faintestMagnitude", in: sky.brightestMagnitude...40)
            try check(sky.electronsOfMagnitudeZero, "sky.electronsOfMagnitudeZero", in: 0...1e12)
        }
    }

    private func check(_ event: SceneEvent, _ index: Int) throws(CameraError) {
        let name = "events[\(index)] (\(event.kind.rawValue))"
        try check(event.startSeconds, name + ".startSeconds", in: -86_400...86_400)
        try check(event.durationSeconds, name + ".durationSeconds", in: 1e-9...86_400)
        try check(event.x, name + ".x", in: -1e6...1e6)
        try check(event.y, name + ".y", in: -1e6...1e6)
        try check(event.greatestSpeedPixelsPerSecond, name + ".velocity", in: 0...1e10)
        if let sigma = event.sigmaPixels { try check(sigma, name + ".sigmaPixels", in: 0.1...200) }
        switch event.strength {
        case .totalElectrons(let electrons): try check(electrons, name + ".totalElectrons", in: -1e12...1e12)
        case .signalToNoise(let ratio), .peakFrameSignalToNoise(let ratio):
            try check(ratio, name + ".signalToNoise", in: 0...1e6)
        case .lunarImpact(let impact):
            try check(impact.totalElectrons, name + ".lunarImpact (its electrons)", in: 0...1e12)
        }
    }

    private func check(
        _ value: Double, _ name: String, in range: ClosedRange<Double>
    ) throws(CameraError) {
        // A number that is not a number is in no range.
        try check(range.contains(value), name, "is \(value), must be \(range.lowerBound) to \(range.upperBound)")
    }

    private func check(_ condition: Bool, _ name: String, _ message: String) throws(CameraError) {
        if !condition {
            throw CameraError(
                .impossibleScene, place: "simulated \(kind.rawValue) scene", message: "\(name) \(message)")
        }
    }
}
