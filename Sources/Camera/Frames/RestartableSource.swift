// SPDX-License-Identifier: Apache-2.0

/// A live source that can stop its stream and start it again without being opened anew.
public protocol RestartableSource: FrameSource {
    /// Losses and errors since it was opened.
    var statistics: V4L2Statistics { get }

    /// Stops the stream and starts it again. The frames' numbers go on.
    func restart() throws(CameraError)
}
