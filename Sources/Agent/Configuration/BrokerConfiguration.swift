// SPDX-License-Identifier: Apache-2.0

import Settings

/// The broker that gets the events, and how patiently it is asked.
public struct BrokerConfiguration: Sendable, Hashable {
    /// Name or address of the broker.
    public var host: String
    /// TCP port where it takes events.
    public var port = 8098
    /// Seconds that a connection may take.
    public var connectTimeoutSeconds = 10.0
    /// Seconds that the answer may take.
    public var answerTimeoutSeconds = 30.0
    /// How long the outbox waits between attempts.
    public var retry = RetryBackoff()

    init(host: String) { self.host = host }

    init(_ section: inout SettingsSection) {
        host = section.read("host", .host)
        port = section.read("port", .integer(1...65_535), default: port)
        connectTimeoutSeconds = section.read("connect_timeout", .seconds(0.1...600), default: connectTimeoutSeconds)
        answerTimeoutSeconds = section.read("answer_timeout", .seconds(0.1...600), default: answerTimeoutSeconds)
        retry.firstSeconds = section.read("retry_first", .seconds(0.1...3600), default: retry.firstSeconds)
        retry.maximumSeconds = section.read(
            "retry_maximum", .seconds(0.1...86_400), default: max(retry.maximumSeconds, retry.firstSeconds))
        if retry.firstSeconds > retry.maximumSeconds {
            section.reject("retry_first", "the first wait is longer than retry_maximum", remedy: "make it the shorter one")
        }
    }
}
