// SPDX-License-Identifier: Apache-2.0

/// Something that frames are written to, one after the other: a SER, YUV4MPEG2 or FITS file.
///
/// A writer is used from one thread. What a writer that was never finished leaves behind is not a whole recording.
public protocol RecordingWriter: AnyObject {
    /// Writes a frame behind the ones before; all frames have the format that the writer was made for.
    func append(_ frame: Frame) throws(CameraError)

    /// Completes the file and closes it. Nothing may be appended afterwards.
    func finish() throws(CameraError)
}
