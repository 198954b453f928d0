// SPDX-License-Identifier: Apache-2.0

import Detection
import Testing

@testable import Agent

@Suite struct ReplayLineTests {
    /// Names of the members of a JSON object on one line, in order; nested ones are left out.
    private func keys(_ json: String) -> [String] {
        var keys: [String] = []
        var depth = 0
        var text: String?
        var last = ""
        for character in json {
            if character == "\"" {
                if let ended = text {
                    last = ended
                    text = nil
                } else {
                    text = ""
                }
            } else if text != nil {
                text?.append(character)
            } else {
                switch character {
                case "{", "[": depth += 1
                case "}", "]": depth -= 1
                case ":" where depth == 1: keys.append(last)
                default: break
                }
            }
        }
        return keys
    }

    @Test func `The line has every member that other people's scripts rely on`() {
        let promised = [
            "kind", "alert", "frame_first", "frame_peak", "frame_last", "time_start", "time_peak", "time_end",
            "time_uncertainty_s", "x", "y", "track", "snr", "flux_adu", "duration_s", "ivorn",
        ]
        let found = keys(ReplayLine(FlashScene().event, ivorn: "ivo://psws.irap/flashes#a").json)
        #expect(Set(promised).subtracting(found).isEmpty)
        #expect(Set(found).count == found.count)
        #expect(!keys(ReplayLine(FlashScene().event, ivorn: nil).json).contains("ivorn"))
    }

    @Test func `Values are those of the event`() {
        let json = ReplayLine(FlashScene().event, ivorn: "ivo://a/b#c").json
        for member in [
            #""kind": "lunar_flash""#, #""alert": true"#, #""frame_first": 30"#, #""frame_peak": 30"#,
            #""frame_last": 33"#, #""time_peak": "2026-03-01T21:14:06.250000Z""#, #""time_uncertainty_s": 0.004"#,
            #""x": 80.3"#, #""y": 60.6"#, #""flux_adu": 915"#, #""duration_s": 0.1333"#, #""ivorn": "ivo://a/b#c""#,
            #""track": [[30, 80.3, 60.6, 420], [31, 80.3, 60.6, 260], [32, 80.3, 60.6, 150], [33, 80.3, 60.6, 85]]"#,
        ] {
            #expect(json.contains(member), "\(member) in \(json)")
        }
        #expect(!json.contains("\n"))
    }

    @Test func `A recording without times gives null for each`() {
        let json = ReplayLine(FlashScene(isTimed: false).event, ivorn: nil).json
        for name in ["time_start", "time_peak", "time_end", "time_uncertainty_s"] {
            #expect(json.contains("\"\(name)\": null"), "\(name)")
        }
    }

    @Test(arguments: [Double.nan, .infinity])
    func `What is not a number is still JSON`(value: Double) {
        var event = FlashScene().event
        event.x = value
        event.signalToNoise = value
        event.track[0].fluxADU = value
        let line = ReplayLine(event, ivorn: nil)
        #expect(!line.json.contains("nan,") && !line.json.contains("inf"))
        #expect(!line.text.isEmpty)
    }

    @Test func `The summary is one object as promised`() {
        var summary = ReplaySummary()
        summary.frames = 300
        summary.dropped = 2
        summary.processorSeconds = 1.5
        summary.events = 1
        #expect(summary.json == #"{"summary": {"frames": 300, "dropped": 2, "seconds_cpu": 1.5, "events": 1}}"#)
        #expect(summary.text == "1 event in 300 frames, 2 frames missing, 1.50 s of processor time")
    }

    @Test func `The summary says how well the detector saw`() {
        var summary = ReplaySummary()
        var status = DetectorStatus()
        status.secondsBlind = 4.25
        status.blindness = .saturated
        summary.detector = status
        #expect(
            summary.json.hasSuffix(
                #""seconds_blind": 4.3, "blindness": "saturated", "stream": "unknown", "self_tests": 0, "#
                    + #""self_tests_recovered": 0}}"#))
        #expect(summary.text.hasSuffix("blind for 4 s"))
    }

    @Test func `The line has the event's class`() {
        #expect(ReplayLine(FlashScene().event, ivorn: nil).json.contains(#""class": "B""#))
    }
}
