// SPDX-License-Identifier: Apache-2.0

import Foundation

extension EventArchive {
    /// Space that is left on the archive's disk, in bytes; nil if the system does not say.
    public var freeBytes: Int64? {
        let directory = (path as NSString).deletingLastPathComponent
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: directory)
        return (attributes?[.systemFreeSize] as? NSNumber)?.int64Value
    }
}
