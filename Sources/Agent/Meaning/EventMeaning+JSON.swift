// SPDX-License-Identifier: Apache-2.0

import Detection
import Ephemeris
import JSON

extension EventMeaning {
    /// The members that `psws-agent replay --json` adds to an event: `place`, `magnitude`, `energy`, each only where it
    /// is known, and `remarks`.
    var members: [(String, JSONText)] {
        var members: [(String, JSONText)] = []
        if case .onDisk(let place) = position { members.append(("place", json(place))) }
        if case .besideDisk(_, let arcseconds) = position {
            members.append(("limb_distance_arcsec", .number(arcseconds.rounded(decimals: 2))))
        }
        if let magnitude, let band {
            members.append(("magnitude", .number(magnitude.value.rounded(decimals: 2))))
            members.append(("magnitude_error", .number(magnitude.standardError.rounded(decimals: 2))))
            members.append(("magnitude_band", .string(band.rawValue)))
        }
        if let energy {
            members.append(("luminous_energy_j", json(energy.luminousJoules)))
            members.append(("kinetic_energy_j", json(energy.kineticJoules)))
            members.append(("mass_kg", json(energy.massKilograms)))
            members.append(("energy_assumptions", .array(energy.assumptions.map { .string($0) })))
        }
        if !remarks.isEmpty { members.append(("remarks", .array(remarks.map { .string($0) }))) }
        return members
    }

    private func json(_ place: SurfacePlace) -> JSONText {
        let isJupiter = place.coordinate.system.body == .jupiter
        var members: [(String, JSONText)] = [
            ("system", .string(place.coordinate.system.words)),
            isJupiter
                ? ("longitude_west_deg", .number(place.coordinate.longitudeWestDegrees.rounded(decimals: 4)))
                : ("longitude_east_deg", .number(place.coordinate.longitudeEastDegrees.rounded(decimals: 4))),
            ("longitude_error_deg", .number(place.longitudeErrorDegrees.rounded(decimals: 4))),
            ("latitude_deg", .number(place.coordinate.latitudeGraphicDegrees.rounded(decimals: 4))),
            ("latitude_error_deg", .number(place.latitudeErrorDegrees.rounded(decimals: 4))),
            ("cosine_of_emission", .number(place.cosineOfEmission.rounded(decimals: 4))),
        ]
        for (system, name) in [(RotationSystem.jupiterI, "longitude_i_deg"), (.jupiterII, "longitude_ii_deg")] {
            guard let degrees = cloudLongitudesWestDegrees[system] else { continue }
            members.append((name, .number(degrees.rounded(decimals: 4))))
        }
        if let outline { members.append(("limb_residual_px", .number(outline.residualPixels.rounded(decimals: 3)))) }
        return .object(members)
    }

    /// `[low, value, high]`, with two digits.
    private func json(_ estimate: Estimate) -> JSONText {
        .array([estimate.low, estimate.value, estimate.high].map { .number($0.rounded(digits: 2)) })
    }
}
