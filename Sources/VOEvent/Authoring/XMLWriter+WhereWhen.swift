// SPDX-License-Identifier: Apache-2.0
import XML

extension XMLWriter {
    /// Writes place and time. The schema wants both the observatory and the event, or neither.
    mutating func write(_ whereWhen: WhereWhen) {
        start("WhereWhen", XMLWriter.present([("id", whereWhen.id)]))
        if whereWhen.observatory != nil || whereWhen.observation != nil {
            start("ObsDataLocation")
            start("ObservatoryLocation", XMLWriter.present([("id", whereWhen.observatory?.id)]))
            write(whereWhen.observatory?.system)
            write(whereWhen.observatory?.coordinates)
            end()
            start("ObservationLocation")
            write(whereWhen.observation?.system)
            write(whereWhen.observation?.coordinates)
            end()
            end()
        }
        optional("Description", whereWhen.description)
        write(whereWhen.references)
        end()
    }

    private mutating func write(_ system: AstroCoordSystem?) {
        guard let system else { return }
        start("AstroCoordSystem", XMLWriter.present([("id", system.id)]))
        if let frame = system.timeFrame {
            start("TimeFrame", XMLWriter.present([("id", frame.id)]))
            optional("Name", frame.name)
            optional("ReferencePosition", frame.referencePosition)
            optional("TimeScale", frame.timeScale)
            end()
        }
        if let frame = system.spaceFrame {
            start("SpaceFrame", XMLWriter.present([("id", frame.id)]))
            optional("Name", frame.name)
            optional("SpaceRefFrame", frame.spaceReferenceFrame)
            optional("CoordFlavor", frame.flavor)
            optional("ReferencePosition", frame.referencePosition)
            end()
        }
        end()
    }

    private mutating func write(_ coordinates: AstroCoords?) {
        guard let coordinates else { return }
        start("AstroCoords", XMLWriter.present([("coord_system_id", coordinates.systemID)]))
        if let time = coordinates.time { write(time) }
        optional("PositionName", coordinates.positionName)
        if let position = coordinates.position2D {
            start("Position2D", XMLWriter.present([("unit", position.unit)]))
            names(position.names)
            axes("Value2", position.values)
            optional("Error2Radius", position.errorRadius.map(numberText))
            axes("Error2", position.axisErrors)
            end()
        }
        if let position = coordinates.position3D {
            start("Position3D", XMLWriter.present([("unit", position.unit)]))
            names(position.names)
            axes("Value3", position.values)
            axes("Error3", position.axisErrors)
            end()
        }
        end()
    }

    private mutating func write(_ time: EventTime) {
        start("Time", XMLWriter.present([("unit", time.unit)]))
        switch time.kind {
        case .instant(let isoTime):
            start("TimeInstant")
            optional("ISOTime", isoTime)
            optional("TimeOffset", time.offset.map(numberText))
            optional("TimeScale", time.scale)
            end()
        case .interval(let start, let stop):
            self.start("TimeInterval")
            optional("ISOTimeStart", start)
            optional("ISOTimeStop", stop)
            end()
        }
        optional("Error", time.error.map(numberText))
        end()
    }

    private mutating func names(_ names: [String]) {
        for (index, name) in names.enumerated() { element("Name\(index + 1)", text: name) }
    }

    private mutating func axes(_ name: String, _ values: [Double]) {
        guard !values.isEmpty else { return }
        start(name)
        for (index, value) in values.enumerated() { element("C\(index + 1)", text: numberText(value)) }
        end()
    }
}
