// SPDX-License-Identifier: Apache-2.0
import UTC
import XML

extension MeaningCheck {
    mutating func checkWhereWhen(_ whereWhen: XMLElement) {
        let locations = whereWhen.children("ObsDataLocation")
        if locations.isEmpty { warn(whereWhen, "WhereWhen has no ObsDataLocation") }
        if locations.count > 1 { warn(locations[1], "WhereWhen has more than one ObsDataLocation") }
        for location in locations {
            // 1.1 takes both from another standard, with rules of its own.
            guard version != .v1_1 else { continue }
            if let observatory = location.firstChild("ObservatoryLocation") {
                let isNamed = observatory.attribute("id") != nil
                checkCoordinates(of: observatory, mayBeEmpty: isNamed)
                if !isNamed && observatory.elements.isEmpty {
                    warn(observatory, "ObservatoryLocation says nothing: neither an id nor coordinates")
                }
            }
            if let observation = location.firstChild("ObservationLocation") {
                checkCoordinates(of: observation, mayBeEmpty: false)
                if let coordinates = observation.firstChild("AstroCoords"), coordinates.firstChild("Time") == nil {
                    warn(coordinates, "ObservationLocation has no Time: nobody can tell when it happened")
                }
            }
        }
        checkTimes(in: whereWhen)
        checkAngles(in: whereWhen)
    }

    private mutating func checkCoordinates(of location: XMLElement, mayBeEmpty: Bool) {
        let place = location.localName
        let system = location.firstChild("AstroCoordSystem")
        let coordinates = location.firstChild("AstroCoords")
        if let system, system.attribute("id") == nil, system.elements.isEmpty {
            warn(system, "AstroCoordSystem of \(place) has no id: nobody can tell what the coordinates mean")
        }
        guard let coordinates else { return }
        if coordinates.elements.isEmpty, !mayBeEmpty { warn(coordinates, "AstroCoords of \(place) is empty") }
        let wanted = coordinates.attribute("coord_system_id")
        if wanted == nil, system?.elements.isEmpty ?? true {
            warn(coordinates, "AstroCoords of \(place) has no coord_system_id")
        }
        if let wanted, let id = system?.attribute("id"), wanted != id {
            warn(
                coordinates, attribute: "coord_system_id",
                "coord_system_id \(Finding.quoted(wanted)) of \(place) is not the id of its AstroCoordSystem, "
                    + Finding.quoted(id))
        }
    }

    /// ISO times at any depth, so that 1.1's nesting is covered too.
    private mutating func checkTimes(in element: XMLElement) {
        for child in element.elements {
            if ["ISOTime", "ISOTimeStart", "ISOTimeStop"].contains(child.localName) {
                let text = child.trimmedText
                if UTCInstant(iso8601: text) == nil {
                    warn(child, "\(child.localName) \(Finding.quoted(text)) is not a time in ISO 8601")
                }
            } else {
                checkTimes(in: child)
            }
        }
        if element.localName == "TimeInterval",
            let start = element.childText("ISOTimeStart").flatMap({ UTCInstant(iso8601: $0) }),
            let stop = element.childText("ISOTimeStop").flatMap({ UTCInstant(iso8601: $0) }), stop < start
        {
            warn(element, "the interval ends before it begins")
        }
    }

    private mutating func checkAngles(in element: XMLElement) {
        for child in element.elements { checkAngles(in: child) }
        guard element.localName == "Position2D", element.unit == "deg",
            let latitude = element.firstChild("Value2")?.childNumber("C2"), abs(latitude) > 90
        else { return }
        warn(element, "the second coordinate \(latitude) is beyond ±90 degrees")
    }
}
