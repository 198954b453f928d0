// SPDX-License-Identifier: Apache-2.0

extension SchemaRules {
    /// The part about place and time, in which 2.0 and 2.1 differ most.
    static func whereWhen(_ version: VOEventVersion) -> ElementRule {
        let coordinates = [
            ChildRule(name: "AstroCoordSystem", rule: coordinateSystem(version)),
            ChildRule(name: "AstroCoords", rule: coordinates(version)),
        ]
        let observatory = ElementRule(attributes: [AttributeRule(name: "id")], content: .anyOrder(coordinates))
        let observation = ElementRule(content: .anyOrder(coordinates.map(required)))
        let location = ElementRule(
            content: .anyOrder([
                ChildRule(name: "ObservatoryLocation", rule: observatory, isRequired: true),
                ChildRule(name: "ObservationLocation", rule: observation, isRequired: true),
            ]))
        return ElementRule(
            attributes: [AttributeRule(name: "id", type: .identifier)],
            content: .mixture(
                [ChildRule(name: "ObsDataLocation", rule: location), description, reference], atLeastOne: false))
    }

    private static func required(_ child: ChildRule) -> ChildRule {
        ChildRule(name: child.name, rule: child.rule, isRequired: true)
    }

    private static func steps(_ children: [ChildRule]) -> ElementRule.Content {
        .sequence(children.map { StepRule(alternatives: [$0]) })
    }

    private static func coordinateSystem(_ version: VOEventVersion) -> ElementRule {
        guard version == .v2_1 else {
            return ElementRule(
                attributes: [AttributeRule(name: "id", type: .oneOf(AstroCoordSystem.identifiers2_0))], content: .empty)
        }
        let id = AttributeRule(name: "id", type: .identifier)
        let time = ElementRule(
            attributes: [id], content: steps([text("Name"), text("ReferencePosition"), text("TimeScale")]))
        let space = ElementRule(
            attributes: [id],
            content: steps([text("Name"), text("SpaceRefFrame"), text("CoordFlavor"), text("ReferencePosition")]))
        return ElementRule(
            attributes: [id],
            content: steps([ChildRule(name: "TimeFrame", rule: time), ChildRule(name: "SpaceFrame", rule: space)]))
    }

    private static func coordinates(_ version: VOEventVersion) -> ElementRule {
        let time = ChildRule(name: "Time", rule: time(version))
        let plane = ChildRule(name: "Position2D", rule: position2D(version))
        let solid = ChildRule(name: "Position3D", rule: position3D(version))
        guard version == .v2_1 else {
            return ElementRule(
                attributes: [
                    AttributeRule(name: "coord_system_id", type: .oneOf(AstroCoordSystem.identifiers2_0))
                ], content: .anyOrder([time, plane, solid]))
        }
        return ElementRule(
            attributes: [AttributeRule(name: "coord_system_id")],
            content: steps([time, text("PositionName"), plane, solid]))
    }

    private static func time(_ version: VOEventVersion) -> ElementRule {
        let instantParts = [text("ISOTime"), text("TimeOffset", .float), text("TimeScale")]
        let unit = AttributeRule(name: "unit")
        guard version == .v2_1 else {
            let instant = ElementRule(content: .mixture(instantParts, atLeastOne: false))
            return ElementRule(
                attributes: [unit],
                content: .mixture(
                    [ChildRule(name: "TimeInstant", rule: instant), text("Error", .float)], atLeastOne: false))
        }
        let instant = ElementRule(content: steps(instantParts))
        let interval = ElementRule(content: steps([text("ISOTimeStart"), text("ISOTimeStop")]))
        return ElementRule(
            attributes: [unit],
            content: .sequence([
                StepRule(alternatives: [
                    ChildRule(name: "TimeInstant", rule: instant), ChildRule(name: "TimeInterval", rule: interval),
                ]),
                StepRule(alternatives: [text("Error", .float)]),
            ]))
    }

    private static func position2D(_ version: VOEventVersion) -> ElementRule {
        var children = [text("Name1"), text("Name2")]
        let axes = [coordinate("C1", version), coordinate("C2", version)]
        children.append(
            ChildRule(name: "Value2", rule: ElementRule(content: .anyOrder(axes.map(required))), isRequired: true))
        var radius = coordinate("Error2Radius", version)
        radius.isRequired = version == .v2_0
        children.append(radius)
        if version == .v2_1 {
            children.append(ChildRule(name: "Error2", rule: ElementRule(content: .anyOrder(axes))))
        }
        return ElementRule(attributes: [AttributeRule(name: "unit")], content: .anyOrder(children))
    }

    private static func position3D(_ version: VOEventVersion) -> ElementRule {
        var children = [text("Name1"), text("Name2"), text("Name3")]
        let axes = ["C1", "C2", "C3"].map { coordinate($0, version) }
        children.append(
            ChildRule(name: "Value3", rule: ElementRule(content: .anyOrder(axes.map(required))), isRequired: true))
        if version == .v2_1 {
            children.append(ChildRule(name: "Error3", rule: ElementRule(content: .anyOrder(axes))))
        }
        return ElementRule(attributes: [AttributeRule(name: "unit")], content: .anyOrder(children))
    }

    /// A number along one axis; in 2.1 it may say what it is and in which unit.
    private static func coordinate(_ name: String, _ version: VOEventVersion) -> ChildRule {
        let attributes = version == .v2_1 ? [AttributeRule(name: "ucd"), AttributeRule(name: "pos_unit")] : []
        return ChildRule(name: name, rule: ElementRule(attributes: attributes, content: .value(.float)))
    }
}
