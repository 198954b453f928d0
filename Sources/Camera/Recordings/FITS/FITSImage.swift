// SPDX-License-Identifier: Apache-2.0

import CCFITSIO

/// The first image of a FITS file: its shape, its keywords, its samples.
final class FITSImage {
    let path: String
    let width: Int
    let height: Int
    /// Images on top of each other in a cube, at least 1.
    let planeCount: Int
    /// How the values are stored: 8, 16, 32, 64, -32 or -64.
    let bitsPerValue: Int
    /// Values are `offset + scale × stored`.
    let scale: Double
    let offset: Double

    private let file: FITSFile
    private let extensionNumber: Int32

    /// Opens a file and finds its first image.
    ///
    /// - Throws: `CameraError` if there is none, or one that is too large or of too many axes.
    init(path: String, library: String? = nil) throws(CameraError) {
        self.path = path
        let input = try InputFile(path: path)
        try FITSStructure.check(input)
        file = try FITSFile.open(path: path, library: library)
        var bits: Int32 = 0
        var axes = [Int64](repeating: 1, count: Int(CCFITSIO_AXES))
        extensionNumber = try FITSImage.selectImage(in: file, bits: &bits, axes: &axes)
        width = Int(axes[0])
        height = Int(axes[1])
        planeCount = Int(axes[2])
        bitsPerValue = Int(bits)
        guard axes[3...].allSatisfy({ $0 == 1 }) else {
            throw CameraError(.unsupported, place: path, message: "the image has more than three axes")
        }
        guard axes[0] >= 1, axes[1] >= 1, axes[2] >= 1, axes[0] <= 65_536, axes[1] <= 65_536,
            width * height <= FrameFormat.maximumPixelCount
        else {
            throw CameraError(
                .tooLarge, place: path, message: "an image of \(axes[0])×\(axes[1])×\(axes[2]) values is impossible")
        }
        scale = FITSImage.number(in: file, "BSCALE") ?? 1
        offset = FITSImage.number(in: file, "BZERO") ?? 0
        try checkStorage(fileByteCount: input.byteCount)
    }

    /// The value of a keyword of the image, or of the primary header where the image is an extension without it.
    func text(_ keyword: String) -> String? {
        if let value = FITSImage.text(in: file, keyword) { return value }
        guard extensionNumber > 1 else { return nil }
        var isImage: Int32 = 0
        defer { _ = file.status { ccfitsio_select($0, extensionNumber, &isImage) } }
        guard file.status({ ccfitsio_select($0, 1, &isImage) }) == 0 else { return nil }
        return FITSImage.text(in: file, keyword)
    }

    /// The value of a keyword as a finite number.
    func number(_ keyword: String) -> Double? { text(keyword).flatMap(FITSImage.number) }

    /// Lends the file, positioned on the table `name`, and goes back to the image; nil if there is no such table.
    func withTable<Result>(_ name: String, _ body: (FITSFile) -> Result) -> Result? {
        var isImage: Int32 = 0
        defer { _ = file.status { ccfitsio_select($0, extensionNumber, &isImage) } }
        guard file.status({ ccfitsio_select_table($0, name) }) == 0 else { return nil }
        return body(file)
    }

    /// Reads samples by `body`, which calls cfitsio.
    func read(plane: Int, _ body: (OpaquePointer) -> Int32) throws(CameraError) {
        let status = file.status(body)
        // 412: a value did not fit the type and became the nearest that does, which is what is wanted.
        guard status != 0, status != 412 else { return }
        // 107 and 108: the file ends, or the system cannot read on.
        let code: CameraError.Code = status == 107 || status == 108 ? .truncated : .damaged
        let context = code == .truncated ? "the file ends inside image \(plane)" : "image \(plane) cannot be read"
        try file.check(code, context) { _ in status }
    }

    private static func selectImage(
        in file: FITSFile, bits: inout Int32, axes: inout [Int64]
    ) throws(CameraError) -> Int32 {
        // Images behind more tables than this are not looked for.
        for number in Int32(1)...64 {
            var isImage: Int32 = 0
            guard file.status({ ccfitsio_select($0, number, &isImage) }) == 0 else { break }
            guard isImage != 0 else { continue }
            var axisCount: Int32 = 0
            try file.check(.damaged, "the header of image \(number) cannot be read") {
                ccfitsio_image_shape($0, &bits, &axisCount, &axes)
            }
            if axisCount >= 2, axisCount <= CCFITSIO_AXES { return number }
        }
        throw CameraError(.unsupported, place: file.path, message: "the FITS file holds no image")
    }

    /// Checks that the file can hold what its header says, so that nothing is allocated for a header alone.
    private func checkStorage(fileByteCount: Int) throws(CameraError) {
        guard width * height * (abs(bitsPerValue) / 8) <= fileByteCount else {
            throw CameraError(.truncated, place: path, message: "the file ends inside image 0")
        }
    }

    private static func text(in file: FITSFile, _ keyword: String) -> String? {
        var value = [CChar](repeating: 0, count: Int(CCFITSIO_VALUE_SIZE))
        guard file.status({ ccfitsio_keyword($0, keyword, &value) }) == 0 else { return nil }
        let text = value.zeroTerminatedText
        let words = text.split(separator: " ").joined(separator: " ")
        return words.isEmpty ? nil : words
    }

    private static func number(in file: FITSFile, _ keyword: String) -> Double? {
        text(in: file, keyword).flatMap(number)
    }

    /// A number as FITS writes it: the exponent may be marked by a D.
    private static func number(_ text: String) -> Double? {
        Double(String(text.map { $0 == "D" || $0 == "d" ? "E" : $0 })).flatMap { $0.isFinite ? $0 : nil }
    }
}
