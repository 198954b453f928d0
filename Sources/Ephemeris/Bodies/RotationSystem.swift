// SPDX-License-Identifier: Apache-2.0

/// What longitudes on a body are counted from.
public enum RotationSystem: String, Sendable, Hashable, CaseIterable {
    /// Moon: mean Earth direction and rotation axis; longitude east positive.
    case selenographic
    /// Jupiter, System I: clouds within 10° of the equator, 877.900° a day; longitude west positive.
    case jupiterI
    /// Jupiter, System II: clouds beyond, 870.270° a day; longitude west positive.
    case jupiterII
    /// Jupiter, System III (1965): magnetic field, 870.536° a day; longitude west positive.
    case jupiterIII

    /// The body.
    public var body: Body { self == .selenographic ? .moon : .jupiter }

    /// The usual system of a body: for Jupiter System III, which no cloud drifts against.
    public static func standard(of body: Body) -> RotationSystem { body == .moon ? .selenographic : .jupiterIII }

    /// How the body's axes lie at a time.
    ///
    /// Given: time at which the light left the body. Returned: rotation from ICRF to the body's axes.
    public func orientation(at date: JulianDate<TDB>) -> Rotation<ICRF, BodyFixed> {
        switch self {
        case .selenographic: moonOrientation(at: date)
        case .jupiterI: jupiterOrientation(at: date, meridianDegrees: 67.1, degreesPerDay: 877.900)
        case .jupiterII: jupiterOrientation(at: date, meridianDegrees: 43.3, degreesPerDay: 870.270)
        case .jupiterIII: jupiterOrientation(at: date, meridianDegrees: 284.95, degreesPerDay: 870.536)
        }
    }
}
