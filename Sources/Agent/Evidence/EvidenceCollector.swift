// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// Cuts the surroundings of events out of the stream of frames: those before from the history, those after as they come.
///
/// Whole frames are let go at once; an event under way holds its small cut-outs only.
public struct EvidenceCollector: Sendable {
    /// The frames that are still there for events to come.
    public private(set) var history: FrameHistory

    private let limits: EvidenceLimits
    private var open: [OpenEvidence] = []
    private var completed: [Evidence] = []

    private struct OpenEvidence: Sendable {
        let name: String
        let event: DetectedEvent
        let plan: EvidencePlan
        var clip: FrameClip

        var lastIndex: Int { clip.frames.last?.index ?? -1 }

        mutating func take(_ frame: Frame) {
            if frame.index > lastIndex, plan.wants(frame.index) { clip.append(frame) }
        }

        func closed() -> Evidence {
            var clip = clip
            clip.missingCount = plan.wantedCount - clip.frames.count
            return Evidence(name: name, event: event, clip: clip.frames.isEmpty ? nil : clip)
        }
    }

    /// A collector with an empty history.
    public init(limits: EvidenceLimits = EvidenceLimits()) {
        self.limits = limits
        history = FrameHistory(byteBudget: limits.historyBytes)
    }

    /// Names of the events whose last frames are still to come, oldest first.
    public var openNames: [String] { open.map(\.name) }

    /// Takes the next frame of the stream, after the detector has seen it.
    ///
    /// - Returns: the evidence that is complete with this frame.
    public mutating func observe(_ frame: Frame) -> [Evidence] {
        let isOtherFormat = open.contains { $0.plan.format != frame.format }
        if let newest = history.indexRange?.upperBound, newest >= frame.index || isOtherFormat { closeAll() }
        history.append(frame)
        for position in open.indices { open[position].take(frame) }
        close { $0.plan.frameRange.upperBound <= frame.index }
        return takeCompleted()
    }

    /// Begins to collect for an event that the detector has reported; `name` should be unique.
    ///
    /// If too many events are open, the oldest is closed with the frames that it has.
    public mutating func collect(_ event: DetectedEvent, name: String) {
        guard let newest = history.indexRange?.upperBound, let format = history.frame(at: newest)?.format else {
            completed.append(Evidence(name: name, event: event, clip: nil))
            return
        }
        let plan = EvidencePlan(event: event, format: format, limits: limits)
        let clip = FrameClip(sourceFormat: format, region: plan.region, binning: plan.binning, step: plan.step)
        var evidence = OpenEvidence(name: name, event: event, plan: plan, clip: clip)
        for frame in history.frames(in: plan.frameRange) { evidence.take(frame) }
        while open.count >= max(limits.openEvents, 1) { completed.append(open.removeFirst().closed()) }
        open.append(evidence)
        close { $0.plan.frameRange.upperBound <= newest }
    }

    /// The evidence that is complete now, for a caller that does not wait for the next frame.
    public mutating func takeCompleted() -> [Evidence] {
        defer { completed.removeAll() }
        return completed
    }

    /// Closes every open event at the end of the stream, with the frames that it has.
    public mutating func finish() -> [Evidence] {
        closeAll()
        history.removeAll()
        return takeCompleted()
    }

    private mutating func closeAll() {
        close { _ in true }
    }

    private mutating func close(where isComplete: (OpenEvidence) -> Bool) {
        completed += open.filter(isComplete).map { $0.closed() }
        open.removeAll(where: isComplete)
    }
}
