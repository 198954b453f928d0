// SPDX-License-Identifier: Apache-2.0

/// Four numbers that the solver treats alike: four members of an ensemble, or one place in each of four blocks that a
/// radial grid is cut into. A single run and an ensemble go through the same instructions.
typealias Lanes = SIMD4<Double>

/// Which of four lanes something holds for.
typealias LaneMask = SIMDMask<SIMD4<Int64>>

/// The smaller of each pair.
///
/// Lane by lane, because the compiler makes one instruction of this and six of a masked replacement. Transparent,
/// because it stops inlining, even where told to inline always, once a function has grown to hundreds of blocks.
@_transparent
func smaller(_ a: Lanes, _ b: Lanes) -> Lanes {
    var result = Lanes()
    for lane in 0..<Lanes.scalarCount { result[lane] = a[lane] < b[lane] ? a[lane] : b[lane] }
    return result
}

/// The larger of each pair.
@_transparent
func larger(_ a: Lanes, _ b: Lanes) -> Lanes {
    var result = Lanes()
    for lane in 0..<Lanes.scalarCount { result[lane] = a[lane] > b[lane] ? a[lane] : b[lane] }
    return result
}

/// The first where the mask is true, else the second.
@_transparent
func choose(_ mask: LaneMask, _ yes: Lanes, _ no: Lanes) -> Lanes { no.replacing(with: yes, where: mask) }

extension SIMDMask<SIMD4<Int64>> {
    /// Number of lanes for which the mask is true.
    var trueCount: Int { indices.reduce(0) { $0 + (self[$1] ? 1 : 0) } }
}
