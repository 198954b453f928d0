// SPDX-License-Identifier: Apache-2.0

import Ephemeris

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The wind at 1 AU below the target: what the Earth had when the same side of the Sun looked at it.
struct SourceWind: Sendable {
    /// Rotation of the Sun against the stars that brings a stream from the Earth to the target, in days. The synodic
    /// 27.2753 d would move streams by half a day.
    static let siderealDays = 25.38
    /// Days on each side of a conjunction over which one branch fades into the other.
    private static let fadeDays = 3.0

    var wind: HourlyWind
    let earth: HeliosphericTrack
    let target: HeliosphericTrack
    let mode: PropagationMode
    /// Days of one rotation; members of an ensemble differ in it.
    var rotationDays = SourceWind.siderealDays
    /// Hours by which all comes later; members of an ensemble differ in it.
    var delayHours = 0.0

    /// Longitude of the target ahead of the Earth in degrees, −180…180, at a time in hours since 1970.
    func angleDegrees(hour: Double) -> Double {
        let difference = target.position(hour: hour).longitudeDegrees - earth.position(hour: hour).longitudeDegrees
        return difference - 360 * (difference / 360).rounded()
    }

    /// Latitude of the target above that of the Earth in degrees.
    func latitudeDegrees(hour: Double) -> Double {
        target.position(hour: hour).latitudeDegrees - earth.position(hour: hour).latitudeDegrees
    }

    /// When the Earth had the plasma that is below the target at a time, in hours since 1970: now or at most half a
    /// rotation before or after, and the other way round the Sun.
    ///
    /// - Reference: positive angle means later, t_target = t_Earth + angle/Ω.
    func sourceHours(hour: Double) -> (near: Double, far: Double, weight: Double) {
        let angle = angleDegrees(hour: hour)
        let near = solve(hour: hour, angle: angle)
        let far = solve(hour: hour, angle: angle > 0 ? angle - 360 : angle + 360)
        // Both ways are equally long at conjunction; the weight of the shorter grows with the days from there.
        let turned = angleDegrees(hour: hour + 24) - angleDegrees(hour: hour)
        let degreesPerDay = max(abs(turned - 360 * (turned / 360).rounded()), 0.01)
        let days = (abs(far.angle) - abs(near.angle)) / (2 * degreesPerDay)
        let weight = min(max(0.5 + 0.5 * days / SourceWind.fadeDays, 0), 1)
        return (near.hour, far.hour, weight)
    }

    private func solve(hour: Double, angle: Double) -> (hour: Double, angle: Double) {
        var angle = angle
        var source = hour
        // The Earth moves on while the Sun turns; each round is fifteen times nearer.
        for _ in 0..<4 {
            source = hour - delayHours - angle / 360 * rotationDays * 24
            let found = angleDegrees(hour: source)
            angle = found + 360 * ((angle - found) / 360).rounded()
        }
        return (source, angle)
    }

    /// The plasma at 1 AU below the target, in the solver's units, and how well it is known.
    func plasma(hour: Double) -> PlasmaPoint {
        let source = sourceHours(hour: hour)
        let near = plasma(sourceHour: source.near)
        guard source.weight < 1 else { return near }
        return .mix(plasma(sourceHour: source.far), near, part: source.weight)
    }

    /// What the Earth had at a time, carried to 1 AU as expansion has it.
    private func plasma(sourceHour: Double) -> PlasmaPoint {
        let stamp = sourceHour - mode.stampDelayHours
        let r = earth.position(hour: sourceHour).length
        let density = exp(wind.value(.logDensity, hour: stamp)) * r * r
        let temperature = exp(wind.value(.logTemperature, hour: stamp)) * pow(r, 4.0 / 3)
        let all = mode.hasAllComponents
        return PlasmaPoint(
            density: density, ur: wind.value(.speed, hour: stamp), ut: wind.value(.ut, hour: stamp),
            un: all ? wind.value(.un, hour: stamp) : 0,
            pressure: SolverUnits.pressure(density: density, temperature: temperature, factor: mode.pressureFactor),
            bt: wind.value(.bt, hour: stamp) * r / SolverUnits.fieldNanotesla,
            bn: all ? wind.value(.bn, hour: stamp) * r / SolverUnits.fieldNanotesla : 0,
            quality: wind.quality(hour: stamp))
    }
}
