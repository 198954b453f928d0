// SPDX-License-Identifier: Apache-2.0

/// How much the outbox may keep, and what goes first when that is too much.
///
/// In this order, the oldest first:
/// 1. evidence of sent events, when `bytes` or `minimumFreeBytes` is touched;
/// 2. sent events, when any limit is touched;
/// 3. evidence of unsent events (refused ones before waiting ones), only below `hardFloorBytes`;
/// 4. the evidence of a new event, if it still does not fit;
/// 5. refused events, only when a new event could not be written otherwise.
///
/// Events that wait to be sent are never removed.
public struct OutboxLimits: Sendable, Hashable {
    /// Entries altogether.
    public var entries: Int
    /// Bytes of all files of all entries.
    public var bytes: Int
    /// Bytes that stay free on the disk for everything else.
    public var minimumFreeBytes: Int
    /// Free bytes below which unsent evidence goes, too.
    public var hardFloorBytes: Int

    /// Limits for a small board: 2000 entries, 2 GiB, 512 MiB free, and 64 MiB as the floor.
    public init(
        entries: Int = 2000, bytes: Int = 2 << 30, minimumFreeBytes: Int = 512 << 20, hardFloorBytes: Int = 64 << 20
    ) {
        self.entries = entries
        self.bytes = bytes
        self.minimumFreeBytes = minimumFreeBytes
        self.hardFloorBytes = hardFloorBytes
    }
}
