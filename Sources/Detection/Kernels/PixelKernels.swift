// SPDX-License-Identifier: Apache-2.0

import CDetectionKernels

/// The loops over pixels for one instruction set of this processor.
///
/// Results do not depend on the instruction set; only the time does.
public struct PixelKernels: Sendable, CustomStringConvertible {
    /// Name of the instruction set, for example `avx2`.
    public let description: String
    let functions: psws_kernels

    private init(_ functions: psws_kernels) {
        self.functions = functions
        description = String(cString: functions.name)
    }

    /// All that this processor can run, the fastest last; never empty.
    public static let available: [PixelKernels] = {
        var list: [PixelKernels] = []
        for level in 0..<Int32(8) {
            if let kernels = psws_kernels_at(level) { list.append(PixelKernels(kernels.pointee)) }
        }
        return list
    }()

    /// The fastest that this processor can run.
    public static var fastest: PixelKernels {
        // Level 0 always exists.
        available[available.count - 1]
    }

    /// Elements that the loops handle at once; rows are padded to a multiple of it.
    static let block = Int(PSWS_BLOCK)

    /// A number of elements rounded up to whole blocks.
    static func padded(_ count: Int) -> Int { (count + block - 1) / block * block }
}
