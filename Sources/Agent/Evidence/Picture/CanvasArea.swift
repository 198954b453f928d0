// SPDX-License-Identifier: Apache-2.0

/// A rectangle of a picture, or of the samples that it shows, in whole pixels.
struct CanvasArea: Hashable {
    var column: Int
    var row: Int
    var width: Int
    var height: Int
}
