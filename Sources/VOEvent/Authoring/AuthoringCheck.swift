// SPDX-License-Identifier: Apache-2.0

/// What an author must not write although a validator could not tell from the document alone.
enum AuthoringCheck {
    /// Everything wrong with a packet that is not left to `VOEventValidator`.
    static func problems(of packet: VOEventPacket) -> [String] {
        var problems: [String] = []
        if packet.version == .v1_1 { problems.append("version 1.1 is read but not written") }
        if packet.who == nil { problems.append("Who is missing") }
        if packet.whereWhen == nil, packet.role != .utility, packet.role != .test {
            problems.append("WhereWhen is missing in a packet about the sky")
        }
        problems += numbers(of: packet).filter { !$0.value.isFinite }.map { "\($0.name) is not a finite number" }
        problems += misshapen(packet)
        if packet.version == .v2_0 { problems += onlyIn2_1(packet) }
        return problems
    }

    private static func coordinates(of packet: VOEventPacket) -> [AstroCoords] {
        [packet.whereWhen?.observatory?.coordinates, packet.whereWhen?.observation?.coordinates].compactMap { $0 }
    }

    /// All numbers that the model holds as numbers.
    private static func numbers(of packet: VOEventPacket) -> [(name: String, value: Double)] {
        var numbers: [(name: String, value: Double?)] = [("importance", packet.why?.importance)]
        for inference in packet.why?.inferences ?? [] { numbers.append(("probability", inference.probability)) }
        for coordinates in coordinates(of: packet) {
            numbers.append(("Time/Error", coordinates.time?.error))
            numbers.append(("TimeOffset", coordinates.time?.offset))
            numbers.append(("Error2Radius", coordinates.position2D?.errorRadius))
            let axes = [
                ("Position2D", coordinates.position2D?.values),
                ("Position2D/Error2", coordinates.position2D?.axisErrors),
                ("Position3D", coordinates.position3D?.values),
                ("Position3D/Error3", coordinates.position3D?.axisErrors),
            ]
            for (name, values) in axes { numbers += (values ?? []).map { (name, $0) } }
        }
        return numbers.compactMap { entry in entry.value.map { (entry.name, $0) } }
    }

    /// Lists of the wrong length, which would be written as something else.
    private static func misshapen(_ packet: VOEventPacket) -> [String] {
        var problems: [String] = []
        func check(_ name: String, _ count: Int, allowed: [Int]) {
            if !allowed.contains(count) { problems.append("\(name) has \(count) entries") }
        }
        for coordinates in coordinates(of: packet) {
            if let position = coordinates.position2D {
                check("Position2D values", position.values.count, allowed: [2])
                check("Position2D names", position.names.count, allowed: [0, 2])
                check("Position2D axisErrors", position.axisErrors.count, allowed: [0, 2])
            }
            if let position = coordinates.position3D {
                check("Position3D values", position.values.count, allowed: [3])
                check("Position3D names", position.names.count, allowed: [0, 3])
                check("Position3D axisErrors", position.axisErrors.count, allowed: [0, 3])
            }
        }
        return problems
    }

    /// Parts of the packet that 2.0 has no place for. The writer leaves the attributes of contributors out by itself
    /// only in so far as they are nil.
    private static func onlyIn2_1(_ packet: VOEventPacket) -> [String] {
        var found: [String] = []
        for contributor in packet.who?.author?.contributors ?? []
        where contributor.role != nil || contributor.ivorn != nil || contributor.altIdentifier != nil {
            found.append("the role or identifier of contributor \(Finding.quoted(contributor.name))")
        }
        for coordinates in coordinates(of: packet) {
            if coordinates.positionName != nil { found.append("PositionName") }
            if case .interval? = coordinates.time?.kind { found.append("TimeInterval") }
            if coordinates.position2D?.axisErrors.isEmpty == false { found.append("Error2") }
            if coordinates.position3D?.axisErrors.isEmpty == false { found.append("Error3") }
        }
        for system in [packet.whereWhen?.observatory?.system, packet.whereWhen?.observation?.system] {
            if system?.timeFrame != nil || system?.spaceFrame != nil { found.append("a coordinate frame") }
        }
        return found.map { "\($0) needs version 2.1" }
    }
}
