// SPDX-License-Identifier: Apache-2.0

/// Where a pixel lies with regard to a disk.
public enum DiskPosition: Sendable, Hashable {
    /// On the disk.
    case onDisk(SurfacePlace)
    /// Beside it, so far from the limb.
    case besideDisk(distancePixels: Double, distanceArcseconds: Double)
}
