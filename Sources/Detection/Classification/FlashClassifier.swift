// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Tells flashes from particles, hot pixels, satellites and artefacts.
struct FlashClassifier {
    let configuration: DetectorConfiguration

    /// True if the spot is too sharp for light that came through the optics.
    ///
    /// In a single frame of Moon or planet particles are far more frequent than flashes, so that the shape has to
    /// speak for light as clearly as the rates speak against it. In the sky, where still spots are not looked for,
    /// the likelier shape decides.
    func isSharp(_ flash: ClosedFlash) -> Bool {
        guard flash.samples.count == 1 else { return flash.misfit.sharp > FlashClassifier.limitOfMisfit }
        return flash.misfit.sharp > (configuration.target == .sky ? 0 : -2 * log(FlashClassifier.particlesPerFlash))
    }

    /// Particles that leave a spot like that of a faint flash, for each flash. At sea level a muon a minute crosses a
    /// square centimetre, one in ten so steeply that it marks few pixels; several times as many electrons come from
    /// the glass in front of the sensor. Lunar flashes are seen about once an hour.
    static let particlesPerFlash = 20.0

    /// Misfit from which on a spot does not have the shape of light through the optics, see
    /// `PointSpreadFit.misfit`: a likelihood ratio of e² for one degree of freedom more.
    static let limitOfMisfit = 4.0

    /// True if a still spot is news: not a known flickering place, not a by-product of a picture that changed as a
    /// whole, not a piece of a moving track, which is told as a whole. In the sky only particles are told, because
    /// every twinkling star would be news otherwise.
    func isWorthTelling(_ flash: ClosedFlash) -> Bool {
        if flash.isRestless || flash.isMoving { return false }
        // While candidates flood the detector only what stands well above the threshold is believed.
        if flash.wasDisturbed, flash.signalToNoise < 1.5 * flash.threshold { return false }
        return configuration.target != .sky || isSharp(flash)
    }

    /// Judges a still spot.
    func judge(
        _ flash: ClosedFlash, circumstances: FlashCircumstances = FlashCircumstances(), falseAlarmsPerHour: Double
    ) -> Verdict {
        let frames = flash.samples.count
        let seconds = Double(frames) / configuration.framesPerSecond
        let significance = 1 - FalseAlarm.chance(ratePerHour: falseAlarmsPerHour)
        var verdict = Verdict(kind: .other, isAlert: false, probability: 0.5, reasons: [])
        verdict.add(
            "significant",
            "The signal to noise is \(Verdict.text(flash.signalToNoise)) over \(frames) frame\(frames == 1 ? "" : "s")."
        )
        if isSharp(flash) {
            verdict.kind = frames <= 2 ? .cosmicRay : .other
            verdict.probability = 0.9
            verdict.add("sharper-than-point-spread", "The spot is sharper than light through the optics can be.")
            if frames > 2 { verdict.add("hot-pixel", "It stays for several frames, as a hot pixel does.") }
            return verdict
        }
        // What crosses the field does so faster than the seeing moves a still spot about.
        let halfFrames = Double(max(1, frames / 2))
        let drifts = flash.drift.map { $0.distance > max(1.2, 3.5 * $0.error, 0.2 * halfFrames) } ?? false
        if drifts, let drift = flash.drift {
            verdict.kind = .satellite
            verdict.probability = 0.8
            verdict.add("moves", "The spot moves by \(Verdict.text(drift.distance)) pixels between its halves.")
            return verdict
        }
        if circumstances.passingLight > PassingLight.significant {
            verdict.kind = .satellite
            verdict.probability = 0.8
            verdict.add(
                "passes",
                "Light comes to its place and goes on from there, with a signal to noise of "
                    + "\(Verdict.text(circumstances.passingLight)) before and after it.")
            return verdict
        }
        if frames <= 3, let companion = circumstances.companion {
            verdict.kind = .aircraft
            verdict.probability = 0.6
            verdict.add(
                "in-series",
                "Another short spot shone \(Verdict.text(companion.seconds)) s apart, "
                    + "\(Verdict.text(companion.distance, decimals: 0)) pixels away, as the lights of an aircraft do.")
            return verdict
        }
        if let obstacle = obstacle(flash, circumstances, seconds: seconds) {
            verdict.reasons.append(obstacle)
            verdict.probability = 0.7
            return verdict
        }
        guard configuration.target != .sky else {
            verdict.add("still-in-the-sky", "The spot stands still; what is looked for in the sky moves.")
            return verdict
        }
        verdict.kind = configuration.target == .moon ? .lunarFlash : .fireball
        verdict.isAlert = true
        verdict.add("still", "The spot stands still on the surface.")
        verdict.add("as-wide-as-point-spread", "It is as wide as a point of light.")
        if frames == 1 {
            verdict.add("single-frame", "It is seen in one frame only: suspected.")
        } else {
            verdict.add("several-frames", "It is seen in \(frames) successive frames.")
        }
        verdict.probability = significance * (frames == 1 ? 0.6 : 0.9)
        return verdict
    }

    /// Widths of the scene's own scatter that a flash must exceed. Cloud makes a few hundred independent spots at a
    /// time, and new ones every few seconds: some 10⁵ an hour.
    private static let scatterWidths = 4.5

    private func obstacle(
        _ flash: ClosedFlash, _ circumstances: FlashCircumstances, seconds: Double
    ) -> Reason? {
        if !circumstances.isOnTarget {
            return Reason(code: "off-target", sentence: "The spot does not lie on the disk that is watched.")
        }
        if flash.isPersistent || seconds > configuration.maximumEventSeconds {
            return Reason(code: "persistent", sentence: "The spot shines for longer than a flash does.")
        }
        if flash.misfit.wide > FlashClassifier.limitOfMisfit {
            return Reason(code: "wider-than-point-spread", sentence: "The spot is wider than a point of light.")
        }
        if seconds < configuration.minimumFlashSeconds {
            return Reason(
                code: "too-short",
                sentence: "It lasts \(Verdict.text(seconds, decimals: 2)) s, less than what is looked for.")
        }
        if flash.signalToNoise < flash.threshold {
            return Reason(
                code: "below-threshold-when-measured",
                sentence: "Measured as a whole it has less than the threshold of \(Verdict.text(flash.threshold)).")
        }
        let scatter = FlashClassifier.scatterWidths * flash.sceneScatter
        if flash.signalToNoise * flash.signalToNoise < flash.threshold * flash.threshold + scatter * scatter {
            return Reason(
                code: "within-cloud-noise",
                sentence:
                    "The scene around it scatters by \(Verdict.text(flash.sceneScatter)) times the noise, as under "
                    + "a cloud; among such spots one of \(Verdict.text(flash.signalToNoise)) is no news.")
        }
        return nil
    }
}
