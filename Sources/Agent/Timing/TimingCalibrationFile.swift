// SPDX-License-Identifier: Apache-2.0

import Glibc
import Settings
import UTC

/// The file in which a timing calibration is kept: YAML, as the configuration, so that it can be read and edited.
struct TimingCalibrationFile: Sendable, Hashable {
    let path: String

    /// Its name in the state directory.
    static let name = "timing.yaml"

    init(path: String) { self.path = path }

    /// The file of a station: beside its outbox.
    init(of configuration: AgentConfiguration) {
        path = parentDirectory(of: configuration.outbox.directory) + "/" + Self.name
    }

    /// The calibration; nil if there is none.
    ///
    /// - Throws: every mistake in the file, with line and column.
    func read() throws(ConfigurationError) -> TimingCalibration? {
        guard access(path, F_OK) == 0 else { return nil }
        return try SettingsDocument(path: path).decode { TimingCalibration(&$0) }
    }

    /// Puts a calibration in the place of the one before, on disk before it returns.
    func write(_ calibration: TimingCalibration) throws(FileError) {
        let files = DurableFiles()
        let partial = path + ".new"
        if try files.item(partial) != nil { try files.removeFile(partial) }
        try files.createDurableFile(partial, Array(calibration.yaml.utf8))
        try files.rename(partial, to: path)
        try files.synchronize(parentDirectory(of: path) + "/.")
    }
}

extension TimingCalibration {
    init(_ section: inout SettingsSection) {
        let text = section.read("measured", .text(1...40))
        measured = UTCInstant(iso8601: text) ?? UTCInstant(nanosecondsSince1970: 0)
        latencySeconds = section.read("latency", .seconds(-10...10))
        latencyErrorSeconds = section.read("latency_error", .seconds(0...10))
        jitterSeconds = section.read("jitter", .seconds(0...10))
        row = section.read("row", .pixels(0...100_000))
        settings = section.section("settings") { Settings(&$0) }
        if UTCInstant(iso8601: text) == nil {
            section.reject("measured", "'\(text)' is not a time", remedy: "write 2026-11-23T18:00:00Z")
        }
    }

    /// The file's content.
    var yaml: String {
        """
        # How late the camera's stamps are, as psws-agent calibrate-timing has measured it. The agent corrects for it
        # while the settings below are those of the camera; remove this file to have it forgotten.
        measured: \(measured.iso8601(fractionDigits: 0))
        latency: \((1000 * latencySeconds).fixed(4)) ms
        latency_error: \((1000 * latencyErrorSeconds).fixed(4)) ms
        jitter: \((1000 * jitterSeconds).fixed(4)) ms
        row: \(row.fixed(1)) px
        settings:
        \(settings.yaml)
        """
    }
}

extension TimingCalibration.Settings {
    init(_ section: inout SettingsSection) {
        self.init(
            instrument: section.read("instrument", .text(0...200)),
            width: section.read("width", .wholePixels(1...100_000)),
            height: section.read("height", .wholePixels(1...100_000)),
            framesPerSecond: section.read("rate", .perSecond(0...1e6)),
            exposureSeconds: section.readIfPresent("exposure", .seconds(0...1000)))
    }

    fileprivate var yaml: String {
        // What a driver says of itself goes into quotes: it may hold anything.
        let quoted = instrument.replacing("'", with: "''")
        return "  instrument: '\(quoted)'\n  width: \(width) px\n  height: \(height) px\n"
            + "  rate: \(framesPerSecond.fixed(4)) /s\n"
            + (exposureSeconds.map { "  exposure: \((1000 * $0).fixed(4)) ms\n" } ?? "")
    }
}
