// SPDX-License-Identifier: Apache-2.0


/// The rules that an event must follow to be accepted.
enum EventRules {
    /// Everything in the packet that breaks a rule, each with line and column; empty if it may pass.
    static func violations(in packet: [UInt8]) -> [String] { [] }
}
