// SPDX-License-Identifier: Apache-2.0

/// What a packet is for. A struct, because packets with roles of their own are in circulation and must be readable.
public struct VOEventRole: RawRepresentable, Sendable, Hashable {
    /// The role as written in the packet.
    public let rawValue: String
    /// A role by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Something was seen. The default of the standard.
    public static let observation = VOEventRole(rawValue: "observation")
    /// Something is going to happen, or was computed to have happened.
    public static let prediction = VOEventRole(rawValue: "prediction")
    /// About the instruments, not the sky.
    public static let utility = VOEventRole(rawValue: "utility")
    /// A test: nobody shall act on it.
    public static let test = VOEventRole(rawValue: "test")

    /// The roles of the standard, in its order.
    public static let standard: [VOEventRole] = [.observation, .prediction, .utility, .test]
}
