// SPDX-License-Identifier: Apache-2.0

import CV4L2
import Glibc

/// The ring of buffers that driver and program share while a camera streams.
///
/// A buffer is either queued, so that the driver may fill it, or ours, between `dequeue` and `requeue`.
final class V4L2Stream {
    /// A buffer that the driver has filled.
    struct Filled {
        var index: Int
        /// The driver's number of the frame; it counts those it had no buffer for.
        var sequence: UInt32
        /// Bytes of the image, no more than there is memory.
        var bytes: UnsafeRawBufferPointer
        /// Bytes of the image by the driver's word, which may be more than the buffer holds.
        var statedByteCount: Int
        /// True if the driver says that the content is damaged.
        var isDamaged: Bool
        /// When the frame was taken; nil if the driver does not stamp with the monotonic clock.
        var stamp: V4L2FrameTiming.Stamp?
    }

    private let device: V4L2Device
    private var memory: [UnsafeMutableRawBufferPointer] = []
    private var isStreaming = false

    /// Below this the driver would have no buffer to fill while we copy from the other.
    private static let leastBufferCount: UInt32 = 2

    /// Asks the driver for buffers and maps them. Streaming begins with `start`.
    init(device: V4L2Device, bufferCount: Int) throws(CameraError) {
        self.device = device
        var request = v4l2_requestbuffers()
        request.count = UInt32(min(max(bufferCount, 2), 32))
        request.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        request.memory = V4L2_MEMORY_MMAP.rawValue
        try device.require(.CV4L2_REQBUFS, &request, to: "get frame buffers")
        guard (V4L2Stream.leastBufferCount...32).contains(request.count) else {
            throw CameraError(
                .inputOutput, place: device.path, message: "the driver gives \(request.count) frame buffers",
                remedy: "choose a smaller frame size")
        }
        for index in 0..<request.count {
            var buffer = V4L2Stream.descriptor(index: index)
            try device.require(.CV4L2_QUERYBUF, &buffer, to: "map the frame buffers")
            memory.append(try device.map(length: Int(buffer.length), offset: Int64(buffer.m.offset)))
        }
    }

    deinit {
        stop()
        for buffer in memory { device.unmap(buffer) }
        var request = v4l2_requestbuffers()
        request.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        request.memory = V4L2_MEMORY_MMAP.rawValue
        _ = device.call(.CV4L2_REQBUFS, &request)
    }

    /// Hands all buffers to the driver and starts the camera.
    func start() throws(CameraError) {
        for index in memory.indices { try requeue(index) }
        var type = Int32(V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue)
        try device.require(.CV4L2_STREAMON, &type, to: "start the stream")
        isStreaming = true
    }

    /// Stops the camera; every buffer is ours again and what was in it is lost.
    func stop() {
        guard isStreaming else { return }
        var type = Int32(V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue)
        _ = device.call(.CV4L2_STREAMOFF, &type)
        isStreaming = false
    }

    /// The next filled buffer: nil if there is none yet, a failure with the system's error number.
    func dequeue() -> Result<Filled?, SystemFailure> {
        var buffer = V4L2Stream.descriptor(index: 0)
        let result = device.call(.CV4L2_DQBUF, &buffer)
        if result == -EAGAIN { return .success(nil) }
        if result < 0 { return .failure(SystemFailure(number: -result)) }
        guard memory.indices.contains(Int(buffer.index)) else { return .failure(SystemFailure(number: EIO)) }
        let mapped = UnsafeRawBufferPointer(memory[Int(buffer.index)])
        return .success(
            Filled(
                index: Int(buffer.index), sequence: buffer.sequence,
                bytes: UnsafeRawBufferPointer(rebasing: mapped.prefix(Int(buffer.bytesused))),
                statedByteCount: Int(buffer.bytesused),
                isDamaged: buffer.flags & UInt32(V4L2_BUF_FLAG_ERROR) != 0, stamp: V4L2Stream.stamp(buffer)))
    }

    /// Gives a buffer back to the driver.
    func requeue(_ index: Int) throws(CameraError) {
        var buffer = V4L2Stream.descriptor(index: UInt32(index))
        try device.require(.CV4L2_QBUF, &buffer, to: "give a frame buffer back")
    }

    private static func descriptor(index: UInt32) -> v4l2_buffer {
        var buffer = v4l2_buffer()
        buffer.index = index
        buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        buffer.memory = V4L2_MEMORY_MMAP.rawValue
        return buffer
    }

    private static func stamp(_ buffer: v4l2_buffer) -> V4L2FrameTiming.Stamp? {
        let clock = buffer.flags & UInt32(V4L2_BUF_FLAG_TIMESTAMP_MASK)
        guard clock == UInt32(V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC) else { return nil }
        // A broken driver's seconds may be anything: wrapping keeps them harmless, they are judged later.
        let nanoseconds = Int64(buffer.timestamp.tv_sec) &* 1_000_000_000 &+ Int64(buffer.timestamp.tv_usec) &* 1000
        let instant = MonotonicInstant(nanosecondsSinceBoot: nanoseconds)
        let source = buffer.flags & UInt32(V4L2_BUF_FLAG_TSTAMP_SRC_MASK)
        return source == UInt32(V4L2_BUF_FLAG_TSTAMP_SRC_SOE) ? .startOfExposure(instant) : .endOfFrame(instant)
    }
}

/// An error number of the operating system.
struct SystemFailure: Error, Hashable {
    var number: Int32
}
