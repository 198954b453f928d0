// SPDX-License-Identifier: Apache-2.0

import SecureVTP
import Settings
import VTP

extension ServerConfiguration {
    /// Reads a configuration file.
    ///
    /// - Throws: every mistake in it, each with line and column.
    public init(path: String) throws(ConfigurationError) {
        self = try SettingsDocument(path: path).decode { ServerConfiguration(&$0) }
    }

    init(_ root: inout SettingsSection) {
        self.init()
        let port = SettingsValue.integer(0...65_535)
        identity = root.read("identity", .text(7...200), default: identity)
        if !identity.hasPrefix("ivo://") {
            root.reject("identity", "the identity is not an IVOID", remedy: "write it as ivo://authority/name")
        }
        dataDirectory = root.read("data", .path, default: dataDirectory)
        root.section("listen") { listen in
            host = listen.read("host", .host, default: host)
            submitPort = listen.read("submit_port", port, default: submitPort)
            subscribePort = listen.read("subscribe_port", port, default: subscribePort)
            if submitPort == subscribePort, submitPort != 0 {
                listen.reject("subscribe_port", "authors and subscribers cannot share port \(submitPort)")
            }
            isPlainServed = listen.read("plain", .boolean, default: isPlainServed)
        }
        tls = root.sectionIfPresent("tls") { TLSConfiguration(&$0) }
        if tls == nil, !isPlainServed {
            root.reject("listen", "neither plain VTP nor VTP over TLS is served", remedy: "add a section 'tls'")
        }
        root.section("limits") { policy.limits = BrokerLimits(&$0) }
        root.section("access") { policy.access = AccessRules(&$0) }
        upstreams = root.sections("upstreams", count: 0...100) { upstream in
            Upstream(
                address: VTPAddress(
                    host: upstream.read("host", .host),
                    port: upstream.read("port", .integer(1...65_535), default: VTPAddress.subscribePort)),
                filters: upstream.list("filters", of: .text(1...4096), count: 1...100),
                trust: TLSTrust(ofUpstream: &upstream))
        }
        predictions = root.sectionIfPresent("predictions") { PredictionConfiguration(&$0) }
        http = root.section("http") { HTTPConfiguration(&$0) }
        heartbeatSeconds = root.readIfPresent("heartbeat", .seconds(1...86_400))
        root.section("archive") { archive in
            let longest = 1000 * 365.25 * 86_400
            retentionSeconds = archive.readIfPresent("retention", .seconds(86_400...longest))
        }
    }
}

extension BrokerLimits {
    init(_ section: inout SettingsSection) {
        self.init()
        maximumEventBytes = section.read("event_size", .bytes(1024...(64 << 20)), default: maximumEventBytes)
        authorTimeoutSeconds = Int(
            section.read("author_timeout", .seconds(1...3600), default: Double(authorTimeoutSeconds)))
        aliveIntervalSeconds = Int(
            section.read("alive_interval", .seconds(1...90), default: Double(aliveIntervalSeconds)))
        maximumAuthors = section.read("authors", .integer(1...100_000), default: maximumAuthors)
        maximumSubscribers = section.read("subscribers", .integer(1...100_000), default: maximumSubscribers)
        maximumQueuedBytesPerSubscriber = section.read(
            "subscriber_queue", .bytes((64 << 10)...(1 << 30)), default: maximumQueuedBytesPerSubscriber)
        maximumFiltersPerSubscriber = section.read(
            "filters", .integer(0...1000), default: maximumFiltersPerSubscriber)
        maximumFilterSeconds = section.read("filter_time", .seconds(0.001...10), default: maximumFilterSeconds)
        maximumSubscriberLag = section.read(
            "subscriber_lag", .integer(100...1_000_000_000), default: maximumSubscriberLag)
    }
}
