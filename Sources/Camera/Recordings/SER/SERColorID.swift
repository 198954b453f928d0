// SPDX-License-Identifier: Apache-2.0

/// Arrangement of the colours in a SER recording.
enum SERColorID: Int32, CaseIterable {
    case mono = 0
    case rggb = 8
    case grbg = 9
    case gbrg = 10
    case bggr = 11
    case cyym = 16
    case ycmy = 17
    case ymcy = 18
    case myyc = 19
    case rgb = 100
    case bgr = 101

    /// The arrangement for frames with a colour filter.
    init(_ filter: FrameFormat.ColorFilter) {
        switch filter {
        case .none: self = .mono
        case .rggb: self = .rggb
        case .grbg: self = .grbg
        case .gbrg: self = .gbrg
        case .bggr: self = .bggr
        }
    }

    /// Samples of a pixel in the file.
    var planeCount: Int { self == .rgb || self == .bgr ? 3 : 1 }

    /// Order of the colours in the frames. The complementary mosaics have no name there and pass as luminance.
    var colorFilter: FrameFormat.ColorFilter {
        switch self {
        case .rggb: .rggb
        case .grbg: .grbg
        case .gbrg: .gbrg
        case .bggr: .bggr
        default: .none
        }
    }

    /// True for the mosaics of cyan, yellow and magenta.
    var isComplementaryMosaic: Bool {
        switch self {
        case .cyym, .ycmy, .ymcy, .myyc: true
        default: false
        }
    }

    /// Distance of two neighbouring samples of the same colour in a row, in samples.
    var sameColorStep: Int {
        switch self {
        case .mono: 1
        case .rgb, .bgr: 3
        default: 2
        }
    }

    /// Where the samples of a row stand. `bigEndian` counts above 8 bits only.
    func layout(bitsPerSample: Int, bigEndian: Bool) -> SampleLayout {
        switch (self, bitsPerSample > 8) {
        case (.rgb, false): .redGreenBlue
        case (.bgr, false): .blueGreenRed
        case (.rgb, true): .redGreenBlueWords(bits: bitsPerSample, bigEndian: bigEndian)
        case (.bgr, true): .blueGreenRedWords(bits: bitsPerSample, bigEndian: bigEndian)
        case (_, false): .bytes
        case (_, true):
            bigEndian ? .bigEndianWords(bits: bitsPerSample) : .littleEndianWords(bits: bitsPerSample)
        }
    }
}
