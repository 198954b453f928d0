// SPDX-License-Identifier: Apache-2.0

import Settings

/// What is kept of the sky around an event, and how much that may be.
public struct EvidenceConfiguration: Sendable, Hashable {
    /// Frames kept before the first of an event.
    public var framesBefore = 15
    /// Frames kept after the last of an event.
    public var framesAfter = 15
    /// Pixels kept on every side of an event.
    public var marginPixels = 20
    /// Least width and height of what is kept, in pixels.
    public var minimumSidePixels = 64
    /// Greatest size of the frames kept of one event, in bytes.
    public var clipBytes = 4 << 20
    /// Memory for the frames of the last seconds, in bytes.
    public var historyBytes = 16 << 20
    /// Address under which others fetch the files of the outbox's `sent` directory, ending in `/`; nil if they stay on
    /// the box and are asked for by name.
    public var url: String?

    /// What the collector of evidence is told.
    var limits: EvidenceLimits {
        var limits = EvidenceLimits()
        limits.framesBefore = framesBefore
        limits.framesAfter = framesAfter
        limits.marginPixels = marginPixels
        limits.minimumSidePixels = minimumSidePixels
        limits.clipBytes = clipBytes
        limits.historyBytes = historyBytes
        return limits
    }

    init() {}

    init(_ section: inout SettingsSection) {
        framesBefore = section.read("frames_before", .integer(0...1000), default: framesBefore)
        framesAfter = section.read("frames_after", .integer(0...1000), default: framesAfter)
        marginPixels = section.read("margin", .wholePixels(1...1000), default: marginPixels)
        minimumSidePixels = section.read("minimum_side", .wholePixels(8...2000), default: minimumSidePixels)
        clipBytes = section.read("limit", .bytes((64 << 10)...(64 << 20)), default: clipBytes)
        historyBytes = section.read("memory", .bytes((1 << 20)...(1 << 30)), default: historyBytes)
        url = section.readIfPresent("url", .text(1...500))
        if let url, !url.hasSuffix("/") {
            section.reject("url", "'\(url)' does not end in '/'", remedy: "write https://host/path/")
        }
    }
}
