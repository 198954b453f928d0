// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import Ephemeris

/// Gives an event its meaning, from what the operator has told about site and camera and from the disk in the picture.
struct EventInterpreter: Sendable {
    private let target: ObservationTarget
    private let site: GeodeticSite?
    private let arcsecondsPerPixel: Double?
    private let calibration: CalibrationConfiguration
    private let frameSeconds: Double?
    private let exposureSeconds: Double?

    /// An interpreter for one stream of frames.
    ///
    /// - Parameter hasSite: false for a recording without a configuration, whose site is unknown.
    init(configuration: AgentConfiguration, source: SourceDescription, hasSite: Bool = true) {
        target = configuration.target
        let place = configuration.site
        site =
            hasSite
            ? GeodeticSite(
                longitudeDegrees: place.longitudeDegrees, latitudeDegrees: place.latitudeDegrees,
                heightMetres: place.heightMetres) : nil
        arcsecondsPerPixel = configuration.detection.arcsecondsPerPixel
        calibration = configuration.calibration
        frameSeconds = source.framesPerSecond.map { 1 / $0 }
        exposureSeconds = source.exposureSeconds
    }

    /// The meaning of an event.
    ///
    /// - Parameter background: what the scene usually shows, in the coordinates of the event's brightest frame; asked
    ///   for only where there is a disk to be found.
    func meaning(of event: DetectedEvent, background: () -> BackgroundImage) -> EventMeaning {
        var meaning = EventMeaning()
        addMagnitude(of: event, to: &meaning)
        guard let body = target.body else { return meaning }
        guard let appearance = appearance(of: body, event: event, remarks: &meaning.remarks) else { return meaning }
        addLunarEnergy(of: event, appearance, to: &meaning)
        let image = background()
        let shape = DiskShape(
            of: appearance, arcsecondsPerPixel: arcsecondsPerPixel,
            pointSpreadSigmaPixels: event.pointSpreadSigmaPixels)
        let outline: DiskOutline
        do {
            outline = try LimbFit.outline(in: image, shape: shape)
        } catch {
            meaning.remarks.append("The place on the body is unknown: \(error).")
            return meaning
        }
        meaning.outline = outline
        meaning.arcsecondsPerPixel = appearance.semidiameterArcseconds / outline.radiusPixels
        addPosition(of: event, appearance, outline, to: &meaning)
        addJovianLight(of: event, appearance, DiskPhotometry.fluxADU(of: outline, in: image), to: &meaning)
        return meaning
    }

    /// How the body appeared; nil, with the reason, if site or time are unknown or cannot be right.
    private func appearance(
        of body: Body, event: DetectedEvent, remarks: inout [String]
    ) -> PhysicalEphemeris? {
        guard let site else {
            remarks.append("The place on the body is unknown: nobody said where the camera stands.")
            return nil
        }
        guard let time = event.timePeak?.middleOfExposure else {
            remarks.append("The place on the body is unknown: the frames have no times.")
            return nil
        }
        let appearance = PhysicalEphemeris(of: body, from: Observer(site: site, epoch: Epoch(utc: time)))
        // Refraction lifts a body by about half a degree at the horizon.
        guard appearance.altitudeDegrees > -1 else {
            remarks.append(
                "The place on the body is unknown: by site and time \(body == .moon ? "the Moon" : "Jupiter") stood"
                    + " \((-appearance.altitudeDegrees).fixed(0))° below the horizon, so that one of them is wrong.")
            return nil
        }
        return appearance
    }

    private func addPosition(
        of event: DetectedEvent, _ appearance: PhysicalEphemeris, _ outline: DiskOutline,
        to meaning: inout EventMeaning
    ) {
        guard let orientation = calibration.orientation else {
            let offset = SIMD2(event.x, event.y) - outline.centre
            let distance = (offset * offset).sum().squareRoot() / outline.radiusPixels
            meaning.remarks.append(
                "The place on the body is unknown: the camera's position angle is not configured; the event stood"
                    + " \(distance.fixed(2)) radii from the middle of the disk.")
            return
        }
        let place = SIMD2(event.x, event.y)
        // Cramér and Rao: the error of a coordinate is the point spread over the signal to noise.
        let error = event.pointSpreadSigmaPixels / max(event.signalToNoise, 1)
        func geometry(_ system: RotationSystem) -> DiskGeometry {
            DiskGeometry(outline: outline, orientation: orientation, appearance: appearance, system: system)
        }
        let disk = geometry(.standard(of: appearance.body))
        meaning.position = disk.position(of: place, errorPixels: error)
        switch meaning.position {
        case .besideDisk(_, let arcseconds):
            meaning.remarks.append("The event stood beside the disk, \(arcseconds.fixed(1))″ from the limb.")
        case .onDisk where appearance.body == .jupiter:
            for system in [RotationSystem.jupiterI, .jupiterII] {
                guard case .onDisk(let found) = geometry(system).position(of: place, errorPixels: error) else {
                    continue
                }
                meaning.cloudLongitudesWestDegrees[system] = found.coordinate.longitudeWestDegrees
            }
        default: break
        }
    }
}

extension ObservationTarget {
    /// The body whose disk is in the picture; nil for the sky.
    fileprivate var body: Body? {
        switch self {
        case .moon: .moon
        case .jupiter: .jupiter
        case .sky: nil
        }
    }
}

extension DetectedEvent {
    /// Standard error of the flux in one frame: that of the sum comes from as many frames as the track has.
    fileprivate var peakFluxErrorADU: Double { fluxErrorADU / Double(max(1, track.count)).squareRoot() }
}

// MARK: - Light

extension EventInterpreter {
    /// Exposure and time between frames; the one stands for the other where only one is known.
    private var times: (exposure: Double, frame: Double)? {
        guard let known = exposureSeconds ?? frameSeconds else { return nil }
        return (exposureSeconds ?? known, max(frameSeconds ?? known, exposureSeconds ?? known))
    }

    private func addMagnitude(of event: DetectedEvent, to meaning: inout EventMeaning) {
        guard let zeroPoint = calibration.zeroPoint else { return }
        guard let times, let peak = event.track.first(where: { $0.frame == event.framePeak })?.fluxADU else {
            meaning.remarks.append("The magnitude is unknown: neither exposure nor frame rate is.")
            return
        }
        meaning.magnitude = zeroPoint.magnitude(
            fluxADU: peak, fluxErrorADU: event.peakFluxErrorADU, exposureSeconds: times.exposure)
        meaning.band = zeroPoint.band
        if event.saturated { meaning.remarks.append("Pixels were saturated: the event was brighter than stated.") }
    }

    private func addLunarEnergy(
        of event: DetectedEvent, _ appearance: PhysicalEphemeris, to meaning: inout EventMeaning
    ) {
        guard appearance.body == .moon else { return }
        guard let zeroPoint = calibration.zeroPoint, let times else {
            meaning.remarks.append("Magnitude and energy are unknown: no photometric zero point is configured.")
            return
        }
        guard event.fluxADU > 0 else { return }
        // A star of the zero point's magnitude gives one ADU a second; what fell between exposures is made up for.
        let perADU = zeroPoint.band.fluxOfMagnitude(zeroPoint.magnitude.value)
        let fluence = perADU * event.fluxADU * times.frame / times.exposure
        let fromZeroPoint = 0.921 * zeroPoint.magnitude.standardError
        let fromNoise = event.fluxErrorADU / event.fluxADU
        meaning.energy = calibration.lunarImpact.energy(
            fluenceJoulesPerSquareMetre: fluence,
            relativeError: (fromZeroPoint * fromZeroPoint + fromNoise * fromNoise).squareRoot(), band: zeroPoint.band,
            distanceKilometres: appearance.distanceKilometres)
    }

    private func addJovianLight(
        of event: DetectedEvent, _ appearance: PhysicalEphemeris, _ diskFlux: Double?, to meaning: inout EventMeaning
    ) {
        guard appearance.body == .jupiter else { return }
        guard let diskFlux, let times, event.fluxADU > 0 else {
            meaning.remarks.append(
                "The energy is unknown: Jupiter's own light, by which it is measured, is saturated or cut off.")
            return
        }
        meaning.energy = calibration.jovianImpact.energy(
            ratio: event.fluxADU / diskFlux, relativeError: event.fluxErrorADU / event.fluxADU,
            frameSeconds: times.frame, jupiter: appearance)
        guard meaning.magnitude == nil,
            let peak = event.track.first(where: { $0.frame == event.framePeak })?.fluxADU
        else { return }
        let planet = PhotometricZeroPoint(
            magnitude: Magnitude(value: JovianImpactModel.magnitude(of: appearance), standardError: 0.1), band: .v)
        meaning.magnitude = planet.magnitude(
            fluxADU: peak / diskFlux, fluxErrorADU: event.peakFluxErrorADU / diskFlux, exposureSeconds: 1)
        meaning.band = .v
    }
}
