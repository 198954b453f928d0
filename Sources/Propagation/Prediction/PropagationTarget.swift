// SPDX-License-Identifier: Apache-2.0

public import Ephemeris

/// Where the solar wind is to be predicted.
public enum PropagationTarget: Sendable, Hashable {
    /// A planet.
    case planet(Planet)
    /// Any body or spacecraft whose positions are given.
    case table(PositionTable)

    /// Name for people.
    public var name: String {
        switch self {
        case .planet(let planet): planet.rawValue
        case .table(let table): table.name
        }
    }
}
