// SPDX-License-Identifier: Apache-2.0

public import UTC

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Carries the solar wind from the Earth's orbit to a target by magnetohydrodynamics along the radius.
///
/// - Reference: the kind of model of Tao et al. 2005, J. Geophys. Res. 110, A11208, and Zieger and Hansen 2008,
///   J. Geophys. Res. 113, A08107.
public enum SolarWindPropagator {
    /// Version of the computation; it changes whenever results do.
    public static let version = "1"
    /// Distance in AU below which a target is reached inwards.
    static let inwardLimitAU = 0.97
    /// Slowest wind that is waited for before the first hour, in km/s.
    private static let slowestSpeed = 300.0
    /// Distance in AU up to which cells have one width.
    private static let uniformToAU = 6.0
    /// Days on each side by which the source may be earlier or later: half a rotation and the fading.
    private static let marginDays = 18.0

    /// The prediction for a request.
    ///
    /// - Parameters:
    ///   - measurements: of spacecraft near the Earth, in any order.
    ///   - report: what was found in reading them; what is done with them is added.
    ///   - progress: called with the part that is done, 0…1.
    /// - Throws: `noData` if the measurements do not cover the time, `unstable` if the computation failed.
    public static func predict(
        _ request: PropagationRequest, from measurements: [SolarWindMeasurement], report: InputReport = InputReport(),
        progress: (Double) -> Void = { _ in }
    ) throws(PropagationError) -> PredictedWind {
        var report = report
        let source = try source(for: request, from: measurements, report: &report)
        let distances = request.hours.map { source.target.position(hour: Double($0)).length }
        let nearest = distances.min() ?? 1
        let run =
            nearest < inwardLimitAU
            ? InwardRun(request: request, source: source) : OutwardRun(request: request, source: source) as any WindRun
        let result = run.run(progress: progress)
        guard let hours = result.hours, hours.allSatisfy({ $0.dynamicPressure.isFinite && $0.density > 0 }) else {
            throw PropagationError(
                .unstable, place: request.target.name, message: "the computation gave numbers that are not finite")
        }
        let facts = [
            ("model", "1-D MHD along the radius, inertial, gamma 5/3"), ("code", "psws \(version)"),
            ("mode", request.mode.rawValue), ("target", request.target.name),
            ("pressure", request.mode == .tao ? "p = n k T" : "p = 2 n k T (electrons as hot as protons)"),
            ("field", request.mode == .tao ? "tangential; br_nt from Parker's spiral" : "all components"),
            ("corotation", "\(SourceWind.siderealDays) d sidereal, longitudes HGI"),
            ("times", "arrival at the target, UTC, no light time"),
            ("angle_deg", "longitude of the target ahead of the Earth"),
            ("field_input", source.wind.hasField ? "measured" : "none measured, 3.5 nT tangential assumed"),
        ]
        let counts = report.listed + result.counts.listed
        return PredictedWind(
            target: request.target.name, mode: request.mode, hours: hours,
            facts: facts + result.facts + counts.map { ($0.name, String($0.count)) })
    }

    /// Time from which on measurements matter to a request: what the slowest wind takes, and two rotations more, for
    /// what recurs. Earlier ones change nothing.
    public static func earliestMeasurement(for request: PropagationRequest) -> UTCInstant {
        UTCInstant(secondsSince1970: Double(sourceSpan(of: request).hours.lowerBound) * 3600)
    }

    /// When the wind below the target is needed, and the hours of measurements for it.
    private static func sourceSpan(
        of request: PropagationRequest
    ) -> (start: UTCInstant, end: UTCInstant, hours: Range<Int>) {
        let hours = request.hours
        let before = UTCInstant(secondsSince1970: Double(hours.lowerBound) * 3600)
        let after = UTCInstant(secondsSince1970: Double(hours.upperBound) * 3600)
        let margin = marginDays * 86_400
        let farthest = HeliosphericTrack(of: request.target, from: before, to: after).farthest
        let lead = spinUpSeconds(distance: farthest) + margin
        let start = before.advanced(bySeconds: -lead)
        let end = after.advanced(bySeconds: margin)
        let first = Int(start.secondsSince1970 / 3600) - 2 * Int(GapFiller.rotationHours)
        return (start, end, first..<Int(end.secondsSince1970 / 3600) + 1)
    }

    /// The wind at 1 AU below the target, for as long as the request needs it.
    static func source(
        for request: PropagationRequest, from measurements: [SolarWindMeasurement], report: inout InputReport
    ) throws(PropagationError) -> SourceWind {
        let (start, end, span) = sourceSpan(of: request)
        let near = measurements.filter {
            let hour = $0.time.secondsSince1970 / 3600
            return hour >= Double(span.lowerBound) && hour < Double(span.upperBound)
        }
        let wind = try HourlyWind(near, hours: span, report: &report)
        let pad = 20 * 86_400.0
        return SourceWind(
            wind: wind,
            earth: HeliosphericTrack(
                of: .planet(.earth), from: start.advanced(bySeconds: -pad), to: end.advanced(bySeconds: pad)),
            target: HeliosphericTrack(
                of: request.target, from: start.advanced(bySeconds: -pad), to: end.advanced(bySeconds: pad)),
            mode: request.mode)
    }

    /// Time that the slowest wind takes to a distance, in seconds.
    static func spinUpSeconds(distance: Double) -> Double {
        max(distance - 1, 0.5) * SolverUnits.timeSeconds / slowestSpeed
    }

    /// The grid from a distance to another, of cells as wide as the mode has them or some times that.
    static func grid(
        from inner: Double, to outer: Double, mode: PropagationMode, coarsening: Int = 1
    ) -> RadialGrid {
        .stretched(from: inner, to: outer, width: mode.cellWidthAU * Double(coarsening), uniformTo: uniformToAU)
    }

    /// How the solver computes in a mode.
    static func configuration(mode: PropagationMode, radialField: Double) -> SolverConfiguration {
        var configuration = SolverConfiguration()
        configuration.gravity = SolverUnits.solarGravity
        configuration.innerRadialField = Lanes(repeating: radialField / SolverUnits.fieldNanotesla)
        // 500 K: colder than any solar wind that was measured.
        configuration.pressureFloorPerDensity = SolverUnits.pressure(
            density: 1, temperature: 500, factor: mode.pressureFactor)
        return configuration
    }
}
