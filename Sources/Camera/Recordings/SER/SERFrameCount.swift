// SPDX-License-Identifier: Apache-2.0

/// How many frames a SER recording really has, and where its time stamps are.
struct SERFrameCount: Equatable {
    /// Whole frames in the file.
    var frameCount: Int
    /// Time stamps behind the frames, at most one a frame.
    var timeStampCount: Int
    /// Frames that the header promises and the file does not have.
    var missingCount = 0
    /// What is odd, for the operator.
    var notice: String?

    /// Counts.
    ///
    /// - Parameters:
    ///   - promised: the header's frame count; 0 or less from a recorder that crashed.
    ///   - frameByteCount: bytes of one frame.
    ///   - fileByteCount: bytes of the file.
    init(promised: Int, frameByteCount: Int, fileByteCount: Int) {
        let dataByteCount = max(0, fileByteCount - SERHeader.byteCount)
        let whole = dataByteCount / frameByteCount
        let withStamps = dataByteCount / (frameByteCount + 8)
        let fitsWithStamps = dataByteCount > 0 && dataByteCount % (frameByteCount + 8) == 0
        let fitsWithoutStamps = dataByteCount > 0 && dataByteCount % frameByteCount == 0
        if promised > whole {
            (frameCount, timeStampCount, missingCount) = (whole, 0, promised - whole)
            return
        }
        let rest = promised > 0 ? dataByteCount - promised * frameByteCount : .max
        if promised > 0, rest <= 8 * promised || !(fitsWithStamps || fitsWithoutStamps) {
            (frameCount, timeStampCount) = (promised, min(rest / 8, promised))
            if rest > 8 * promised { notice = "\(rest - 8 * promised) bytes behind the time stamps are not read" }
            return
        }
        // The count is missing, or too small for a file whose size fits another number exactly.
        (frameCount, timeStampCount) = fitsWithStamps ? (withStamps, withStamps) : (whole, 0)
        notice =
            "the header counts \(promised) frames, the size of the file gives \(frameCount); perhaps the recorder crashed"
    }
}
