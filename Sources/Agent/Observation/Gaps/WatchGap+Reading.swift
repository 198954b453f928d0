// SPDX-License-Identifier: Apache-2.0

import Settings
import UTC

extension WatchGap {
    /// The gaps that the agent of a station has recorded, oldest first. Lines that are no gap are passed over.
    public static func recorded(by configuration: AgentConfiguration) -> [WatchGap] {
        GapFile(besideOutbox: configuration.outbox.directory).lines().compactMap(WatchGap.init(json:))
    }

    /// A gap as `json` writes it; nil for anything else. JSON on one line is YAML, which the configuration's reader
    /// reads.
    init?(json: String) {
        // A key without a value is a mistake in a configuration; quotes inside of a text are escaped and never look so.
        let text = json.replacing("\"to\": null, ", with: "")
        let read = try? SettingsDocument(yaml: Array(text.utf8), file: "gap").decode { WatchGap(&$0) }
        guard let gap = read ?? nil else { return nil }
        self = gap
    }

    private init?(_ section: inout SettingsSection) {
        let from = UTCInstant(iso8601: section.read("from", .text(1...40)))
        let to = section.readIfPresent("to", .text(1...40))
        let seconds = section.read("seconds", .number(0...1e12))
        let reason = section.read("reason", .choice(GapReason.self))
        let text = section.read("text", .text(0...1000))
        guard let from else { return nil }
        self.init(from: from, to: to.flatMap { UTCInstant(iso8601: $0) }, seconds: seconds, reason: reason, text: text)
    }
}
