// SPDX-License-Identifier: Apache-2.0

import CV4L2

/// An open device node, and the calls that can be made on it.
///
/// Nothing is decided here: a call gives what the kernel gave, 0 or more, or `-errno`.
final class V4L2Device {
    let path: String

    private let handle: OpaquePointer

    /// Opens the node. With `converts`, libv4lconvert adds the 8-bit formats that it can make of the camera's own.
    init(path: String, operations: cv4l2_operations, converts: Bool = false) throws(CameraError) {
        self.path = path
        var operations = operations
        var opened: OpaquePointer?
        let result = cv4l2_open(path, &operations, converts ? 1 : 0, &opened)
        guard let opened else { throw CameraError.system(-result, opening: path) }
        handle = opened
    }

    deinit { cv4l2_close(handle) }

    /// Makes a request; `argument` is the structure that belongs to it.
    func call<Argument>(_ request: cv4l2_request, _ argument: inout Argument) -> Int32 {
        withUnsafeMutablePointer(to: &argument) { cv4l2_call(handle, request, $0) }
    }

    /// Makes a request that has to succeed; `purpose` completes the sentence "cannot …".
    func require<Argument>(
        _ request: cv4l2_request, _ argument: inout Argument, to purpose: String
    ) throws(CameraError) {
        let result = call(request, &argument)
        if result < 0 { throw CameraError.system(-result, path: path, purpose: purpose) }
    }

    /// Maps a driver's buffer into memory.
    func map(length: Int, offset: Int64) throws(CameraError) -> UnsafeMutableRawBufferPointer {
        var address: UnsafeMutableRawPointer?
        let result = cv4l2_map(handle, length, offset, &address)
        guard result >= 0, let address else {
            throw CameraError.system(-result, path: path, purpose: "map the frame buffers")
        }
        return UnsafeMutableRawBufferPointer(start: address, count: length)
    }

    /// Undoes `map`.
    func unmap(_ memory: UnsafeMutableRawBufferPointer) {
        _ = cv4l2_unmap(handle, memory.baseAddress, memory.count)
    }

    /// Waits for a frame, an error or an event: `CV4L2_READY_…` added up, 0 when the time has passed without, or `-errno`.
    func wait(seconds: Double) -> Int32 {
        cv4l2_wait(handle, Int32(min(86_400_000, max(0, seconds * 1000)).rounded(.up)))
    }
}

/// Text in one of the kernel's fixed arrays of characters: what stands before the first zero byte.
func textOfFixedArray<Characters>(_ characters: Characters) -> String {
    withUnsafeBytes(of: characters) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}
