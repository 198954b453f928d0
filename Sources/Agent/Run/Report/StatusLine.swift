// SPDX-License-Identifier: Apache-2.0

/// What `systemctl status` shows of the agent, in one line.
///
///     watching /dev/video0, 29.9 frames/s, 3 waiting
///     waiting for the camera: there is no such device, 3 waiting
///     watching /dev/video0, 29.9 frames/s; blind: the picture is black; open the cover, …
struct StatusLine: Hashable {
    /// What the agent does: `watching /dev/video0`.
    var activity = "starting"
    /// Frames searched each second; nil while there are none.
    var framesPerSecond: Double?
    /// Events in the outbox that the broker does not have yet.
    var waiting = 0
    /// Why nothing can be seen, and what to do; nil while the station sees.
    var blindness: String?

    /// The line.
    var text: String {
        var text = activity
        if let framesPerSecond { text += ", \(framesPerSecond.fixed(1)) frames/s" }
        if waiting > 0 { text += ", \(waiting) waiting" }
        if let blindness { text += "; \(blindness)" }
        return text
    }
}
