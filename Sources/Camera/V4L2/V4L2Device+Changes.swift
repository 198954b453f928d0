// SPDX-License-Identifier: Apache-2.0

import CV4L2

extension V4L2Device {
    /// Asks the driver to tell when the signal that it gets changes. Most drivers know no such event, which is no error.
    func subscribeToSourceChanges() {
        var subscription = v4l2_event_subscription()
        subscription.type = UInt32(V4L2_EVENT_SOURCE_CHANGE)
        _ = call(.CV4L2_SUBSCRIBE_EVENT, &subscription)
    }

    /// Takes an event from the driver: true if its signal has another resolution now.
    func takesSourceChange() -> Bool {
        var event = v4l2_event()
        guard call(.CV4L2_DQEVENT, &event) >= 0, event.type == UInt32(V4L2_EVENT_SOURCE_CHANGE) else { return false }
        return event.u.src_change.changes & UInt32(V4L2_EVENT_SRC_CH_RESOLUTION) != 0
    }

    /// The format that the driver has now; nil if it does not say.
    func presentFormat() -> v4l2_pix_format? {
        var format = v4l2_format()
        format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        return call(.CV4L2_G_FMT, &format) >= 0 ? format.fmt.pix : nil
    }
}
