// SPDX-License-Identifier: Apache-2.0

import Ephemeris
import UTC

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Where a target is above the Sun's equator, quickly and at any time: cubic curves through positions at equal steps.
struct HeliosphericTrack: Sendable {
    /// Seconds since 1970 of the first position.
    private let start: Double
    private let step: Double
    let positions: [FrameVector<HeliographicInertial>]

    /// The track of a target over a span of time.
    init(of target: PropagationTarget, from: UTCInstant, to: UTCInstant) {
        // A step in which the fastest planet of its kind turns by less than 0.12 rad leaves errors below 0.001°.
        let days: Double =
            switch target {
            case .planet(.mercury): 1
            case .planet(.venus), .planet(.earth), .planet(.mars): 4
            case .planet: 16
            case .table: 0.25
            }
        step = days * 86_400
        start = from.secondsSince1970 - step
        let count = Int((to.secondsSince1970 - start) / step) + 4
        let begin = start
        let length = step
        positions = (0..<count).map { index in
            let time = UTCInstant(secondsSince1970: begin + Double(index) * length)
            let position: FrameVector<EclipticJ2000> =
                switch target {
                case .planet(let planet): Heliosphere.position(of: planet, at: Epoch(utc: time).tdb)
                case .table(let table): table.position(at: time)
                }
            return Rotation.toHeliographicInertial(position)
        }
    }

    /// Position in AU at a time in hours since 1970.
    func position(hour: Double) -> FrameVector<HeliographicInertial> {
        let place = min(max((hour * 3600 - start) / step, 1), Double(positions.count - 3) + 1)
        let index = min(Int(place), positions.count - 3)
        let t = place - Double(index)
        // Lagrange's cubic through the four nearest.
        let before = -t * (t - 1) * (t - 2) / 6
        let here = (t + 1) * (t - 1) * (t - 2) / 2
        let next = -(t + 1) * t * (t - 2) / 2
        let beyond = (t + 1) * t * (t - 1) / 6
        return before * positions[index - 1] + here * positions[index] + next * positions[index + 1] + beyond
            * positions[index + 2]
    }
}
