// SPDX-License-Identifier: Apache-2.0
import XML

extension WhereWhen {
    init(reading element: XMLElement) {
        let location = element.firstChild("ObsDataLocation")
        let observatory = location?.firstChild("ObservatoryLocation").map(ObservatoryLocation.init(reading:))
        let observation = location?.firstChild("ObservationLocation").map(ObservationLocation.init(reading:))
        // The schema wants both elements: one that says nothing stands for none.
        self.init(
            observatory: observatory == ObservatoryLocation() ? nil : observatory,
            observation: observation == ObservationLocation(system: nil, coordinates: nil) ? nil : observation)
        id = element.attribute("id")
        description = element.childText("Description")
        references = element.references
    }
}

extension WhereWhen.ObservatoryLocation {
    init(reading element: XMLElement) {
        self.init(
            id: element.attribute("id"),
            system: element.firstChild("AstroCoordSystem").map(AstroCoordSystem.init(reading:)),
            coordinates: element.firstChild("AstroCoords").map(AstroCoords.init(reading:)))
    }
}

extension WhereWhen.ObservationLocation {
    init(reading element: XMLElement) {
        self.init(
            system: element.firstChild("AstroCoordSystem").map(AstroCoordSystem.init(reading:)),
            coordinates: element.firstChild("AstroCoords").map(AstroCoords.init(reading:)))
    }
}

extension AstroCoordSystem {
    init(reading element: XMLElement) {
        self.init(
            id: element.attribute("id"), timeFrame: element.firstChild("TimeFrame").map(Frame.init(reading:)),
            spaceFrame: element.firstChild("SpaceFrame").map(Frame.init(reading:)))
    }
}

extension AstroCoordSystem.Frame {
    init(reading element: XMLElement) {
        self.init()
        id = element.attribute("id")
        name = element.childText("Name")
        referencePosition = element.childText("ReferencePosition")
        timeScale = element.childText("TimeScale")
        spaceReferenceFrame = element.childText("SpaceRefFrame")
        flavor = element.childText("CoordFlavor")
    }
}

extension AstroCoords {
    init(reading element: XMLElement) {
        self.init(
            systemID: element.attribute("coord_system_id"),
            time: element.firstChild("Time").map(EventTime.init(reading:)),
            positionName: element.childText("PositionName"),
            position2D: element.firstChild("Position2D").map { position in
                var read = Position2D(
                    unit: position.unit, names: position.axisTexts("Name", count: 2),
                    values: position.axisNumbers("Value2", count: 2), errorRadius: position.childNumber("Error2Radius"))
                if position.firstChild("Error2") != nil { read.axisErrors = position.axisNumbers("Error2", count: 2) }
                return read
            },
            position3D: element.firstChild("Position3D").map { position in
                var read = Position3D(
                    unit: position.unit, names: position.axisTexts("Name", count: 3),
                    values: position.axisNumbers("Value3", count: 3))
                if position.firstChild("Error3") != nil { read.axisErrors = position.axisNumbers("Error3", count: 3) }
                return read
            })
    }
}

extension EventTime {
    init(reading element: XMLElement) {
        let instant = element.firstChild("TimeInstant")
        if instant == nil, let interval = element.firstChild("TimeInterval") {
            self.init(
                .interval(start: interval.childText("ISOTimeStart"), stop: interval.childText("ISOTimeStop")))
        } else {
            self.init(.instant(isoTime: instant?.childText("ISOTime")))
        }
        offset = instant?.childNumber("TimeOffset")
        scale = instant?.childText("TimeScale")
        error = element.childNumber("Error")
        unit = element.unit
    }
}

extension XMLElement {
    /// The texts of `Name1`, `Name2` …; empty if there is none of them.
    fileprivate func axisTexts(_ prefix: String, count: Int) -> [String] {
        let texts = (1...count).map { childText("\(prefix)\($0)") }
        return texts.allSatisfy { $0 == nil } ? [] : texts.map { $0 ?? "" }
    }

    /// The numbers `C1`, `C2` … in a child; NaN where one is missing.
    fileprivate func axisNumbers(_ child: String, count: Int) -> [Double] {
        (1...count).map { firstChild(child)?.childNumber("C\($0)") ?? .nan }
    }
}
