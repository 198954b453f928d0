// SPDX-License-Identifier: Apache-2.0

import Detection
import Ephemeris
import VOEvent

extension EventMeaning {
    /// The groups of a VOEvent that say what is known; none for what is not.
    var groups: [What.Group] { [place, brightness, impact].compactMap { $0 } }

    private var place: What.Group? {
        guard case .onDisk(let place) = position, let outline else { return nil }
        typealias Name = PSWSVocabulary
        let isJupiter = place.coordinate.system.body == .jupiter
        let longitude =
            isJupiter ? place.coordinate.longitudeWestDegrees : place.coordinate.longitudeEastDegrees
        let longitudeDecimals = place.longitudeErrorDegrees.decimalsThatCount()
        let latitudeDecimals = place.latitudeErrorDegrees.decimalsThatCount()
        var params = [
            Name.placeSystem.param(place.coordinate.system.words),
            (isJupiter ? Name.longitudeWest : Name.longitudeEast).param(longitude.rounded(decimals: longitudeDecimals)),
            Name.longitudeError.param(place.longitudeErrorDegrees.rounded(decimals: longitudeDecimals)),
            Name.latitude.param(place.coordinate.latitudeGraphicDegrees.rounded(decimals: latitudeDecimals)),
            Name.latitudeError.param(place.latitudeErrorDegrees.rounded(decimals: latitudeDecimals)),
            Name.cosineOfEmission.param(place.cosineOfEmission.rounded(decimals: 3)),
            Name.limbResidual.param(outline.residualPixels.rounded(decimals: 2)),
        ]
        for (system, name) in [(RotationSystem.jupiterI, Name.longitudeI), (.jupiterII, Name.longitudeII)] {
            guard let degrees = cloudLongitudesWestDegrees[system] else { continue }
            params.append(name.param(degrees.rounded(decimals: longitudeDecimals)))
        }
        if let scale = arcsecondsPerPixel { params.append(Name.plateScale.param(scale.rounded(decimals: 4))) }
        return What.Group(name: Name.placeGroup, params: params)
    }

    private var brightness: What.Group? {
        guard let magnitude, let band else { return nil }
        typealias Name = PSWSVocabulary
        let decimals = min(2, magnitude.standardError.decimalsThatCount())
        return What.Group(
            name: Name.magnitudeGroup,
            params: [
                Name.magnitude.param(magnitude.value.rounded(decimals: decimals)),
                Name.magnitudeError.param(magnitude.standardError.rounded(decimals: decimals)),
                Name.band.param(band.rawValue),
            ])
    }

    private var impact: What.Group? {
        guard let energy else { return nil }
        typealias Name = PSWSVocabulary
        func params(_ estimate: Estimate, _ names: (PSWSParameter, PSWSParameter, PSWSParameter)) -> [What.Param] {
            [
                names.0.param(estimate.value.rounded(digits: 2)), names.1.param(estimate.low.rounded(digits: 2)),
                names.2.param(estimate.high.rounded(digits: 2)),
            ]
        }
        return What.Group(
            name: Name.energyGroup,
            params: params(
                energy.luminousJoules, (Name.luminousEnergy, Name.luminousEnergyLow, Name.luminousEnergyHigh))
                + params(energy.kineticJoules, (Name.kineticEnergy, Name.kineticEnergyLow, Name.kineticEnergyHigh))
                + params(energy.massKilograms, (Name.mass, Name.massLow, Name.massHigh))
                + [Name.energyAssumptions.param(energy.assumptions.joined(separator: " "))])
    }
}

extension RotationSystem {
    /// The system as it stands in events.
    var words: String {
        switch self {
        case .selenographic: "selenographic, mean Earth"
        case .jupiterI: "Jupiter System I"
        case .jupiterII: "Jupiter System II"
        case .jupiterIII: "Jupiter System III"
        }
    }
}
