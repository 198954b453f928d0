// SPDX-License-Identifier: Apache-2.0

/// Why a station could not have seen anything.
public enum BlindnessCause: String, Sendable, Hashable, CaseIterable {
    /// No frames come.
    case noFrames = "no-frames"
    /// Half of the picture or more is at the top of its range.
    case saturated
    /// Hardly any pixel shows anything but black.
    case black
    /// The same frame comes again and again.
    case frozen
    /// More than half of the pixels are masked.
    case masked
    /// The picture changes as a whole all the time, so that no background can be learnt.
    case unsettled
    /// So many meaningless spots come that the threshold for candidates stands at twice its floor.
    case thresholdRaised = "threshold-raised"
    /// Less than half of the synthetic flashes of the self-test are found.
    case selfTestFails = "self-test-fails"

    /// What is wrong, a sentence without a full stop.
    public var sentence: String {
        switch self {
        case .noFrames: "no frames come from the camera"
        case .saturated: "half of the picture or more is saturated"
        case .black: "the picture is black"
        case .frozen: "the same frame comes again and again"
        case .masked: "more than half of the pixels are masked"
        case .unsettled: "the whole picture keeps changing, so that no background can be learnt"
        case .thresholdRaised: "meaningless spots have driven the threshold to twice its floor"
        case .selfTestFails: "less than half of the synthetic flashes of the self-test are found"
        }
    }

    /// What to do about it, a sentence without a full stop.
    public var remedy: String {
        switch self {
        case .noFrames: "check the camera's cable and power; 'psws-agent doctor' tests it"
        case .saturated: "shorten the exposure, lower the gain, or wait for darkness"
        case .black: "open the cover, check exposure, gain and the lens's iris"
        case .frozen: "restart the camera; the stream has stopped although frames come"
        case .masked: "make the excluded areas smaller; if pixels are masked as hot, cool or replace the sensor"
        case .unsettled: "fix exposure and gain (no automatic control), shield stray light, check the mount for wind"
        case .thresholdRaised:
            "exclude lamps, trees and clock displays; turn off compression and noise reduction; wait for clouds to pass"
        case .selfTestFails:
            "look at threshold, noise and width of the statistic: clouds, compression or flicker raise them"
        }
    }
}
