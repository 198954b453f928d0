// SPDX-License-Identifier: Apache-2.0

import CV4L2

/// What a device says of itself.
struct V4L2Identity {
    /// Name of the camera: "HD Pro Webcam C920".
    var card: String
    /// Name of the driver: "uvcvideo".
    var driver: String
    /// Where it is plugged in: "usb-0000:00:14.0-1".
    var bus: String
    /// True if it takes images, by the single-plane interface.
    var capturesVideo: Bool
    /// True if it gives them through mapped buffers.
    var streams: Bool

    init(_ capability: v4l2_capability) {
        card = textOfFixedArray(capability.card)
        driver = textOfFixedArray(capability.driver)
        bus = textOfFixedArray(capability.bus_info)
        // `capabilities` is of the whole card with all its nodes, `device_caps` of this node.
        let abilities =
            capability.capabilities & UInt32(V4L2_CAP_DEVICE_CAPS) != 0
            ? capability.device_caps : capability.capabilities
        capturesVideo = abilities & UInt32(V4L2_CAP_VIDEO_CAPTURE) != 0
        streams = abilities & UInt32(V4L2_CAP_STREAMING) != 0
    }
}
