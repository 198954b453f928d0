// SPDX-License-Identifier: Apache-2.0

import Settings

/// Where events wait until a broker has them, and how much room they may take.
public struct OutboxConfiguration: Sendable, Hashable {
    /// Directory of the outbox.
    public var directory = "/var/lib/psws-agent/outbox"
    /// What may lie in it.
    public var limits = OutboxLimits()

    init() {}

    init(_ section: inout SettingsSection) {
        directory = section.read("directory", .path, default: directory)
        limits.entries = section.read("entries", .integer(1...1_000_000), default: limits.entries)
        limits.bytes = section.read("bytes", .bytes((1 << 20)...(1 << 50)), default: limits.bytes)
        limits.minimumFreeBytes = section.read(
            "minimum_free", .bytes(0...(1 << 50)), default: limits.minimumFreeBytes)
        limits.hardFloorBytes = section.read(
            "hard_floor", .bytes(0...(1 << 50)), default: min(limits.hardFloorBytes, limits.minimumFreeBytes))
        if limits.hardFloorBytes > limits.minimumFreeBytes {
            section.reject(
                "hard_floor", "the hard floor is above minimum_free",
                remedy: "below hard_floor unsent evidence goes: make it the smaller one")
        }
    }
}
