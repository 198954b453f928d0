// SPDX-License-Identifier: Apache-2.0

/// A YUV4MPEG2 colour space: how much chrominance there is and how deep the samples are.
struct Y4MChroma {
    /// Significant bits of a sample, 8...16; above 8 in words of two bytes, the low one first.
    let bitsPerSample: Int
    /// Width and height of a pixel of the two chrominance planes, in pixels; nil for monochrome.
    private let subsampling: (width: Int, height: Int)?
    private let hasTransparency: Bool

    /// Reads a name like `420jpeg`, `422p10`, `444alpha` or `mono12`.
    init?(_ name: String) {
        let samplings: [(String, (Int, Int)?)] = [
            ("420", (2, 2)), ("422", (2, 1)), ("444", (1, 1)), ("440", (1, 2)), ("411", (4, 1)), ("410", (4, 4)),
            ("mono", nil),
        ]
        guard let (prefix, subsampling) = samplings.first(where: { name.hasPrefix($0.0) }) else { return nil }
        var suffix = name.dropFirst(prefix.count)
        hasTransparency = suffix == "alpha"
        self.subsampling = subsampling.map { (width: $0.0, height: $0.1) }
        if suffix.isEmpty || ["jpeg", "mpeg2", "paldv", "unspecified", "alpha"].contains(suffix) {
            bitsPerSample = 8
            return
        }
        if prefix != "mono" {
            guard suffix.first == "p" else { return nil }
            suffix = suffix.dropFirst()
        }
        guard let bits = Int(suffix), (9...16).contains(bits) else { return nil }
        bitsPerSample = bits
    }

    /// Bytes behind the luminance of a frame.
    func byteCount(for format: FrameFormat) -> Int {
        guard let subsampling else { return 0 }
        let columns = (format.width + subsampling.width - 1) / subsampling.width
        let rows = (format.height + subsampling.height - 1) / subsampling.height
        return 2 * columns * rows * format.bytesPerSample + (hasTransparency ? format.byteCount : 0)
    }
}
