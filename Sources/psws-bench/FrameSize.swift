// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Columns and rows, written as `640x480`.
struct FrameSize: ExpressibleByArgument {
    let width: Int
    let height: Int

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    init?(argument: String) {
        let parts = argument.split(separator: "x").compactMap { Int($0) }
        guard parts.count == 2, parts.allSatisfy({ (64...8192).contains($0) }) else { return nil }
        (width, height) = (parts[0], parts[1])
    }

    var defaultValueDescription: String { "\(width)x\(height)" }
}
