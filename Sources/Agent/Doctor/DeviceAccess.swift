// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Whose a device node is.
struct DeviceAccess: Hashable {
    /// Name or number of the group.
    var group: String
    /// Permission bits.
    var mode: UInt32

    init(group: String, mode: UInt32) {
        self.group = group
        self.mode = mode
    }

    /// Looks at a node; nil if it is not there.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        group = getgrgid(status.st_gid).map { String(cString: $0.pointee.gr_name) } ?? "\(status.st_gid)"
        mode = status.st_mode & 0o777
    }

    /// True if the service, which is in the group `video`, may read and write it.
    var isForGroupVideo: Bool { mode & 0o006 == 0o006 || (group == "video" && mode & 0o060 == 0o060) }

    /// For people: `group root, mode 600`.
    var text: String { "group \(group), mode \(String(mode, radix: 8))" }
}
