// SPDX-License-Identifier: Apache-2.0

import CCFITSIO

/// An open FITS file: cfitsio's handle, closed when the object goes, and its statuses as `CameraError`.
final class FITSFile {
    /// The path it was opened by.
    let path: String
    private var handle: OpaquePointer?

    /// Opens an existing file for reading.
    static func open(path: String, library: String? = nil) throws(CameraError) -> FITSFile {
        try FITSFile(path: path, library: library, opener: ccfitsio_open, code: .damaged)
    }

    /// Makes a new file, which must not exist.
    static func create(path: String, library: String? = nil) throws(CameraError) -> FITSFile {
        try FITSFile(path: path, library: library, opener: ccfitsio_create, code: .inputOutput)
    }

    private typealias Opener = (
        UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafeMutablePointer<OpaquePointer?>?,
        UnsafeMutablePointer<CChar>?
    ) -> Int32

    private init(path: String, library: String?, opener: Opener, code: CameraError.Code) throws(CameraError) {
        self.path = path
        var message = [CChar](repeating: 0, count: Int(CCFITSIO_MESSAGE_SIZE))
        let status = opener(path, library, &handle, &message)
        guard status != CCFITSIO_LIBRARY_MISSING else {
            throw CameraError(
                .unsupported, place: path, message: "the library for FITS files, cfitsio, is not installed",
                remedy: "apt install libcfitsio10")
        }
        guard status == 0 else { throw CameraError(code, place: path, message: message.zeroTerminatedText) }
    }

    deinit {
        if let handle { _ = ccfitsio_close(handle) }
    }

    /// Closes the file and reports what writing the last blocks said.
    func close() throws(CameraError) {
        guard let handle else { return }
        self.handle = nil
        let status = ccfitsio_close(handle)
        guard status == 0 else {
            throw CameraError(
                .inputOutput, place: path, message: "the last blocks could not be written (cfitsio status \(status))",
                remedy: "check the free disk space")
        }
    }

    /// Closes the file and deletes it.
    func discard() {
        guard let handle else { return }
        self.handle = nil
        _ = ccfitsio_discard(handle)
    }

    /// Calls cfitsio and returns its status; 115 (no file) if the file is closed.
    func status(_ body: (OpaquePointer) -> Int32) -> Int32 {
        guard let handle else { return 115 }
        return body(handle)
    }

    /// Calls cfitsio and throws its words if the status is not 0.
    func check(_ code: CameraError.Code, _ context: String, _ body: (OpaquePointer) -> Int32) throws(CameraError) {
        let status = status(body)
        guard status != 0 else { return }
        var message = [CChar](repeating: 0, count: Int(CCFITSIO_MESSAGE_SIZE))
        if let handle { ccfitsio_describe(handle, status, &message) }
        throw CameraError(code, place: path, message: "\(context): \(message.zeroTerminatedText)")
    }
}

extension [CChar] {
    /// The text up to the first zero.
    var zeroTerminatedText: String {
        String(decoding: prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
