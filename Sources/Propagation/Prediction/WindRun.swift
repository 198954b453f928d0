// SPDX-License-Identifier: Apache-2.0

import Ephemeris
import UTC

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A way of computing the hours of a request.
protocol WindRun {
    /// The hours; nil if the computation went wrong.
    func run(progress: (Double) -> Void) -> WindResult
}

/// What a run gives.
struct WindResult {
    /// The hours; nil if the computation went wrong.
    var hours: [PredictedHour]?
    /// How often the solver left its main path.
    var counts: SolverCounts
    /// Facts about the grid and the way.
    var facts: [(name: String, value: String)]
}

/// An hour of a prediction from the plasma at the target.
struct HourMaker {
    let source: SourceWind
    /// Radial field at 1 AU in nT; nil to take it along Parker's spiral.
    let radialField: Double?

    /// Quality is whole within 30° of the Earth's longitude and falls to a quarter at 90°, as arrival errors grow
    /// (Tao et al. 2005 give two days at 50°); another latitude by more than 5° takes a fifth.
    static func geometryQuality(angle: Double, latitude: Double) -> Double {
        let byAngle = min(max(1 - 0.75 * (abs(angle) - 30) / 60, 0.25), 1)
        return abs(latitude) > 5 ? 0.8 * byAngle : byAngle
    }

    func hour(_ hour: Int, plasma w: PlasmaPoint) -> PredictedHour {
        let time = Double(hour)
        let distance = source.target.position(hour: time).length
        let angle = source.angleDegrees(hour: time)
        let bt = w.bt * SolverUnits.fieldNanotesla
        // B_t/B_r = −Ω r/v on the spiral.
        let turnSpeed = 2 * Double.pi / (SourceWind.siderealDays * 86_400) * distance * SolverUnits.timeSeconds
        let sign: Double = bt > 0 ? -1 : 1
        let br = radialField.map { sign * abs($0) / (distance * distance) } ?? -bt * w.ur / turnSpeed
        return PredictedHour(
            time: UTCInstant(nanosecondsSince1970: Int64(hour) * 3_600_000_000_000), distanceAU: distance,
            density: w.density, radialSpeed: w.ur, tangentialSpeed: w.ut,
            temperature: SolverUnits.temperature(
                pressure: w.pressure, density: w.density, factor: source.mode.pressureFactor),
            br: br, bt: bt, bn: w.bn * SolverUnits.fieldNanotesla,
            dynamicPressure: SolverUnits.pressureNanopascal * w.density * w.ur * w.ur, angleDegrees: angle,
            quality: min(max(w.quality, 0), 1)
                * HourMaker.geometryQuality(angle: angle, latitude: source.latitudeDegrees(hour: time)))
    }
}
