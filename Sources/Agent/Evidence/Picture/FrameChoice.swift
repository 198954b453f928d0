// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// Chooses the frames that tell an event's story.
enum FrameChoice {
    /// At most `count` frames, in order: the peak, the first and the last, the one before and the one after; then more
    /// of the event, evenly, or more of the quiet around it if the event is short.
    static func frames(of event: DetectedEvent, in clip: FrameClip, count: Int) -> [Frame] {
        let before = clip.frames.filter { $0.index < event.frameFirst }
        let during = clip.frames.filter { $0.index >= event.frameFirst && $0.index <= event.frameLast }
        let after = clip.frames.filter { $0.index > event.frameLast }
        let peak = during.min { abs($0.index - event.framePeak) < abs($1.index - event.framePeak) }

        var wanted = [peak, during.first, during.last, before.last, after.first].compactMap(\.self)
        for part in 1..<count where !during.isEmpty { wanted.append(during[during.count * part / count]) }
        for distance in 1..<max(count, 2) {
            if before.count > distance { wanted.append(before[before.count - 1 - distance]) }
            if after.count > distance { wanted.append(after[distance]) }
        }

        var chosen: [Int: Frame] = [:]
        for frame in wanted where chosen.count < count { chosen[frame.index] = frame }
        return chosen.values.sorted { $0.index < $1.index }
    }
}
