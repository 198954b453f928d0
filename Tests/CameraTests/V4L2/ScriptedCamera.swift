// SPDX-License-Identifier: Apache-2.0

import CV4L2
import Glibc

@testable import Camera

/// A camera that does what its script says, in place of libv4l2 and the kernel.
final class ScriptedCamera {
    /// What happens at one look for a frame.
    enum Step {
        /// A frame whose bytes all have the value `fill`; `bytes` nil means whole.
        case frame(
            sequence: UInt32, fill: UInt8 = 0, flags: Int32 = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC, bytes: UInt32? = nil,
            stampAgeSeconds: Double = 0)
        /// Dequeuing fails.
        case failure(Int32)
        /// Waiting fails.
        case waitFailure(Int32)
        /// The driver tells that its signal has another resolution.
        case sourceChange
        /// Nothing comes until the time given is over.
        case silence
        /// Time passes.
        case pause(seconds: Double)
    }

    struct Knob {
        var control: V4L2Control
        var type: v4l2_ctrl_type = V4L2_CTRL_TYPE_INTEGER
        var failure: Int32 = 0
        /// The value that the camera takes instead of another.
        var takes: (Int) -> Int = { $0 }
    }

    var card = "Test Camera"
    var capabilities = UInt32(V4L2_CAP_VIDEO_CAPTURE) | UInt32(V4L2_CAP_STREAMING)
    var offers: [V4L2FormatOffer] = []
    var convertedOffers: [V4L2FormatOffer] = []
    var knobs: [Knob] = []
    var steps: [Step] = []
    var openFailure: Int32 = 0
    /// Error numbers that the next calls of a request give, 0 for success; when used up, all calls succeed.
    var failures: [cv4l2_request: [Int32]] = [:]
    var grantedBuffers: UInt32 = 4
    var interval = v4l2_fract(numerator: 1, denominator: 30)
    /// What S_FMT makes of a wish.
    var coerce: (inout v4l2_pix_format) -> Void = { _ in }

    private(set) var calls: [cv4l2_request] = []
    private(set) var setControls: [UInt32] = []
    private(set) var queued: [UInt32] = []
    private(set) var isStreaming = false
    private(set) var isConverting = false
    private(set) var openDescriptors: Set<Int32> = []
    private(set) var mappedBuffers = 0
    private(set) var isSubscribed = false
    /// What G_FMT says; a test may change it behind the program's back.
    var format = v4l2_pix_format()

    private let clock: FakeClock
    private var memory: [UnsafeMutableRawPointer] = []
    private var nextDescriptor: Int32 = 10

    init(clock: FakeClock = FakeClock(), offers: [V4L2FormatOffer] = [.grey640]) {
        self.clock = clock
        self.offers = offers
    }

    deinit { for buffer in memory { buffer.deallocate() } }

    func count(_ request: cv4l2_request) -> Int { calls.count { $0 == request } }

    /// The table to give to a camera or a list; the script lives as long as one of its descriptors is open.
    var operations: cv4l2_operations {
        cv4l2_operations(
            context: Unmanaged.passUnretained(self).toOpaque(),
            open: { context, _ in ScriptedCamera.at(context).open() },
            attach: { context, _, converts in
                ScriptedCamera.at(context).isConverting = converts != 0
                return 0
            },
            close: { context, descriptor in
                ScriptedCamera.at(context).close(descriptor)
            },
            request: { context, _, request, argument in
                guard let argument else { return -EFAULT }
                return ScriptedCamera.at(context).perform(request, argument)
            },
            map: { context, _, length, _, address in ScriptedCamera.at(context).map(length, address) },
            unmap: { context, _, _ in
                ScriptedCamera.at(context).mappedBuffers -= 1
                return 0
            },
            wait: { context, _, milliseconds in ScriptedCamera.at(context).wait(milliseconds) })
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> ScriptedCamera {
        guard let context else { fatalError("the table has lost its camera") }
        return Unmanaged<ScriptedCamera>.fromOpaque(context).takeUnretainedValue()
    }

    private func open() -> Int32 {
        if openFailure != 0 { return -openFailure }
        nextDescriptor += 1
        openDescriptors.insert(nextDescriptor)
        _ = Unmanaged.passRetained(self)
        return nextDescriptor
    }

    private func close(_ descriptor: Int32) -> Int32 {
        openDescriptors.remove(descriptor)
        Unmanaged.passUnretained(self).release()
        return 0
    }

    private func wait(_ milliseconds: Int32) -> Int32 {
        switch steps.first {
        case nil:
            clock.advance(seconds: Double(milliseconds) / 1000)
            return 0
        case .silence:
            steps.removeFirst()
            clock.advance(seconds: Double(milliseconds) / 1000)
            return 0
        case .pause(let seconds):
            steps.removeFirst()
            clock.advance(seconds: seconds)
            return wait(milliseconds)
        case .waitFailure(let number):
            steps.removeFirst()
            return -number
        case .sourceChange: return Int32(CV4L2_READY_EVENT)
        case .frame, .failure: return Int32(CV4L2_READY_FRAME)
        }
    }

    private func map(_ length: Int, _ address: UnsafeMutablePointer<UnsafeMutableRawPointer?>?) -> Int32 {
        let buffer = UnsafeMutableRawPointer.allocate(byteCount: length, alignment: 16)
        memory.append(buffer)
        mappedBuffers += 1
        address?.pointee = buffer
        return 0
    }

    private func perform(_ request: cv4l2_request, _ argument: UnsafeMutableRawPointer) -> Int32 {
        calls.append(request)
        if let number = failures[request]?.first {
            failures[request]?.removeFirst()
            if number != 0 { return -number }
        }
        switch request {
        case .CV4L2_QUERYCAP: return identify(&argument.as(v4l2_capability.self).pointee)
        case .CV4L2_ENUM_FMT: return list(&argument.as(v4l2_fmtdesc.self).pointee)
        case .CV4L2_ENUM_FRAMESIZES: return list(&argument.as(v4l2_frmsizeenum.self).pointee)
        case .CV4L2_ENUM_FRAMEINTERVALS: return list(&argument.as(v4l2_frmivalenum.self).pointee)
        case .CV4L2_G_FMT: argument.as(v4l2_format.self).pointee.fmt.pix = format
        case .CV4L2_S_FMT: return setFormat(&argument.as(v4l2_format.self).pointee.fmt.pix)
        case .CV4L2_G_PARM:
            argument.as(v4l2_streamparm.self).pointee.parm.capture.capability = UInt32(V4L2_CAP_TIMEPERFRAME)
            argument.as(v4l2_streamparm.self).pointee.parm.capture.timeperframe = interval
        case .CV4L2_S_PARM: argument.as(v4l2_streamparm.self).pointee.parm.capture.timeperframe = interval
        case .CV4L2_QUERY_EXT_CTRL: return describe(&argument.as(v4l2_query_ext_ctrl.self).pointee)
        case .CV4L2_G_CTRL: return get(&argument.as(v4l2_control.self).pointee)
        case .CV4L2_S_CTRL: return set(argument.as(v4l2_control.self).pointee)
        case .CV4L2_REQBUFS:
            let requested = argument.as(v4l2_requestbuffers.self)
            requested.pointee.count = requested.pointee.count == 0 ? 0 : grantedBuffers
        case .CV4L2_QUERYBUF: argument.as(v4l2_buffer.self).pointee.length = format.sizeimage
        case .CV4L2_QBUF: queued.append(argument.as(v4l2_buffer.self).pointee.index)
        case .CV4L2_DQBUF: return dequeue(&argument.as(v4l2_buffer.self).pointee)
        case .CV4L2_SUBSCRIBE_EVENT: isSubscribed = true
        case .CV4L2_DQEVENT: return tell(&argument.as(v4l2_event.self).pointee)
        case .CV4L2_STREAMON: isStreaming = true
        case .CV4L2_STREAMOFF:
            isStreaming = false
            queued = []
        }
        return 0
    }

    private func identify(_ capability: inout v4l2_capability) -> Int32 {
        withUnsafeMutableBytes(of: &capability.card) { $0.copyBytes(from: card.utf8.prefix(31)) }
        withUnsafeMutableBytes(of: &capability.driver) { $0.copyBytes(from: "scripted".utf8) }
        // The whole card can do everything; this node only what the test says.
        capability.capabilities = UInt32(V4L2_CAP_DEVICE_CAPS) | UInt32(V4L2_CAP_VIDEO_CAPTURE)
        capability.device_caps = capabilities
        return 0
    }

    private var listed: [V4L2FormatOffer] { isConverting ? offers + convertedOffers : offers }

    private func list(_ entry: inout v4l2_fmtdesc) -> Int32 {
        guard listed.indices.contains(Int(entry.index)) else { return -EINVAL }
        let offer = listed[Int(entry.index)]
        entry.pixelformat = offer.fourCC
        entry.flags =
            (offer.isCompressed ? UInt32(V4L2_FMT_FLAG_COMPRESSED) : 0)
            | (offer.isConverted ? UInt32(V4L2_FMT_FLAG_EMULATED) : 0)
        withUnsafeMutableBytes(of: &entry.description) { $0.copyBytes(from: offer.name.utf8.prefix(31)) }
        return 0
    }

    private func list(_ entry: inout v4l2_frmsizeenum) -> Int32 {
        guard let offer = listed.first(where: { $0.fourCC == entry.pixel_format }),
            offer.sizes.indices.contains(Int(entry.index))
        else { return -EINVAL }
        let size = offer.sizes[Int(entry.index)]
        if size.widths.count == 1 {
            entry.type = V4L2_FRMSIZE_TYPE_DISCRETE.rawValue
            entry.discrete.width = UInt32(size.widths.upperBound)
            entry.discrete.height = UInt32(size.heights.upperBound)
        } else {
            entry.type = V4L2_FRMSIZE_TYPE_STEPWISE.rawValue
            entry.stepwise = v4l2_frmsize_stepwise(
                min_width: UInt32(size.widths.lowerBound), max_width: UInt32(size.widths.upperBound),
                step_width: UInt32(size.widthStep), min_height: UInt32(size.heights.lowerBound),
                max_height: UInt32(size.heights.upperBound), step_height: UInt32(size.heightStep))
        }
        return 0
    }

    private func list(_ entry: inout v4l2_frmivalenum) -> Int32 {
        let (width, height) = (Int(entry.width), Int(entry.height))
        guard let offer = listed.first(where: { $0.fourCC == entry.pixel_format }),
            let size = offer.sizes.first(where: { $0.contains(width: width, height: height) }),
            size.framesPerSecond.indices.contains(Int(entry.index))
        else { return -EINVAL }
        entry.type = V4L2_FRMIVAL_TYPE_DISCRETE.rawValue
        entry.discrete = v4l2_fract(numerator: 10, denominator: UInt32(size.framesPerSecond[Int(entry.index)] * 10))
        return 0
    }

    private func setFormat(_ wish: inout v4l2_pix_format) -> Int32 {
        guard listed.contains(where: { $0.fourCC == wish.pixelformat }) else { return -EINVAL }
        let bytes = CameraPixelFormat(fourCC: wish.pixelformat)?.minimumBytesPerLine(width: Int(wish.width)) ?? 0
        wish.bytesperline = UInt32(bytes)
        wish.sizeimage = UInt32(
            CameraPixelFormat(fourCC: wish.pixelformat)?.frameByteCount(
                width: Int(wish.width), height: Int(wish.height), bytesPerLine: bytes) ?? 0)
        coerce(&wish)
        format = wish
        return 0
    }

    private func describe(_ query: inout v4l2_query_ext_ctrl) -> Int32 {
        let after = query.id & ~UInt32(V4L2_CTRL_FLAG_NEXT_CTRL)
        let following = knobs.filter { $0.control.identifier > after }
        guard let knob = following.min(by: { $0.control.identifier < $1.control.identifier }) else { return -EINVAL }
        query.id = knob.control.identifier
        query.type = knob.type.rawValue
        query.minimum = Int64(knob.control.range.lowerBound)
        query.maximum = Int64(knob.control.range.upperBound)
        query.step = UInt64(knob.control.step)
        query.default_value = Int64(knob.control.defaultValue)
        withUnsafeMutableBytes(of: &query.name) { $0.copyBytes(from: knob.control.name.utf8.prefix(31)) }
        return 0
    }

    private func get(_ control: inout v4l2_control) -> Int32 {
        guard let value = knobs.first(where: { $0.control.identifier == control.id })?.control.value else {
            return -EINVAL
        }
        control.value = Int32(value)
        return 0
    }

    private func set(_ control: v4l2_control) -> Int32 {
        guard let index = knobs.firstIndex(where: { $0.control.identifier == control.id }) else { return -EINVAL }
        setControls.append(control.id)
        if knobs[index].failure != 0 { return -knobs[index].failure }
        knobs[index].control.value = knobs[index].takes(Int(control.value))
        return 0
    }

    private func tell(_ event: inout v4l2_event) -> Int32 {
        guard case .sourceChange? = steps.first else { return -ENOENT }
        steps.removeFirst()
        event.type = UInt32(V4L2_EVENT_SOURCE_CHANGE)
        event.u.src_change.changes = UInt32(V4L2_EVENT_SRC_CH_RESOLUTION)
        return 0
    }

    private func dequeue(_ buffer: inout v4l2_buffer) -> Int32 {
        guard !steps.isEmpty else { return -EAGAIN }
        switch steps.removeFirst() {
        case .failure(let number): return -number
        case .silence, .pause, .waitFailure, .sourceChange: return -EAGAIN
        case .frame(let sequence, let fill, let flags, let bytes, let stampAgeSeconds):
            guard !queued.isEmpty else { return -EAGAIN }
            buffer.index = queued.removeFirst()
            memset(memory[Int(buffer.index)], Int32(fill), Int(format.sizeimage))
            buffer.sequence = sequence
            buffer.flags = UInt32(flags)
            buffer.bytesused = bytes ?? format.sizeimage
            let stamp = clock.monotonic().advanced(bySeconds: -stampAgeSeconds).nanosecondsSinceBoot
            buffer.timestamp = timeval(tv_sec: Int(stamp / 1_000_000_000), tv_usec: Int(stamp / 1000 % 1_000_000))
            return 0
        }
    }
}

extension UnsafeMutableRawPointer {
    fileprivate func `as`<Pointee>(_ type: Pointee.Type) -> UnsafeMutablePointer<Pointee> {
        assumingMemoryBound(to: type)
    }
}

extension V4L2FormatOffer {
    /// A format at fixed sizes.
    static func offer(_ format: CameraPixelFormat, _ sizes: (Int, Int, [Double])...) -> V4L2FormatOffer {
        V4L2FormatOffer(
            fourCC: format.fourCC, name: format.rawValue,
            sizes: sizes.map { V4L2SizeOffer(widths: $0.0...$0.0, heights: $0.1...$0.1, framesPerSecond: $0.2) })
    }

    static let grey640 = offer(.grey, (640, 480, [30]))
}
