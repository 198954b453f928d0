// SPDX-License-Identifier: Apache-2.0

import Foundation
import Settings
import Testing

@testable import Server

struct ServerConfigurationTests {
    private func read(_ yaml: String) throws -> ServerConfiguration {
        try SettingsDocument(yaml: Array(yaml.utf8), file: "server.yaml").decode { ServerConfiguration(&$0) }
    }

    @Test func `An empty file is the default: loopback and the usual ports`() throws {
        let configuration = try read("")
        #expect(configuration == ServerConfiguration())
        #expect(configuration.host == "127.0.0.1")
        #expect(configuration.submitPort == 8098 && configuration.subscribePort == 8099)
    }

    @Test func `Every key is read`() throws {
        let configuration = try read(
            """
            identity: ivo://psws.irap/broker
            data: /var/lib/psws
            listen:
              host: 0.0.0.0
              submit_port: 9001
              subscribe_port: 9002
            limits:
              event_size: 2 MiB
              author_timeout: 30 s
              alive_interval: 45 s
              authors: 10
              subscribers: 20
              subscriber_queue: 8 MiB
              filters: 3
              filter_time: 20 ms
              subscriber_lag: 5000
            access:
              authors: [192.0.2.0/24, "2001:db8::/32"]
              subscribers: [10.1.2.3]
              authors_per_address: 4
              subscribers_per_address: 5
              event_rate: 2 /min
              event_burst: 7
              grants:
                - name: station
                  networks: [192.0.2.7]
                  authorities: [psws.irap, psws.example]
            upstreams:
              - {host: broker.example.org, port: 9099}
              - {host: other.example.org, filters: ["//How"]}
            archive:
              retention: 365 d
            """)
        #expect(configuration.identity == "ivo://psws.irap/broker")
        #expect(configuration.dataDirectory == "/var/lib/psws")
        #expect(configuration.host == "0.0.0.0")
        #expect(configuration.submitPort == 9001 && configuration.subscribePort == 9002)
        #expect(configuration.policy.limits.maximumEventBytes == 2 << 20)
        #expect(configuration.policy.limits.authorTimeoutSeconds == 30)
        #expect(configuration.policy.limits.aliveIntervalSeconds == 45)
        #expect(
            configuration.policy.limits.maximumAuthors == 10 && configuration.policy.limits.maximumSubscribers == 20)
        #expect(configuration.policy.limits.maximumQueuedBytesPerSubscriber == 8 << 20)
        #expect(configuration.policy.limits.maximumFiltersPerSubscriber == 3)
        #expect(configuration.policy.limits.maximumFilterSeconds == 0.02)
        #expect(configuration.policy.limits.maximumSubscriberLag == 5000)
        let access = configuration.policy.access
        #expect(access.authors.map(\.description) == ["192.0.2.0/24", "2001:db8::/32"])
        #expect(access.subscribers.map(\.description) == ["10.1.2.3"])
        #expect(access.maximumAuthorsPerAddress == 4 && access.maximumSubscribersPerAddress == 5)
        #expect(access.eventsPerMinute == 2 && access.eventBurst == 7)
        #expect(access.grants.map(\.name) == ["station"])
        #expect(access.grants.first?.authorities == ["psws.irap", "psws.example"])
        #expect(
            configuration.upstreams.map(\.address.description) == ["broker.example.org:9099", "other.example.org:8099"])
        #expect(configuration.upstreams.map(\.filters) == [[], ["//How"]])
        #expect(configuration.retentionSeconds == 31_536_000.0)
    }

    @Test func `Mistakes in lists and grants are told with their places`() throws {
        let failure = #expect(throws: ConfigurationError.self) {
            try read(
                """
                access:
                  authors: [everybody, 10.0.0.1/8]
                  grants:
                    - {name: x, networks: ["::1"], authorities: ["ivo://psws"]}
                    - {name: y, networks: [10.0.0.0/8]}
                upstreams:
                  - {port: 80000}
                """)
        }
        let places = failure?.mistakes.map { "\($0.place.line):\($0.key)" } ?? []
        let expected = [
            "2:access.authors[1]", "2:access.authors[2]", "4:access.grants[1].authorities[1]",
            "5:access.grants[2].authorities", "7:upstreams[1].host", "7:upstreams[1].port",
        ]
        for place in expected { #expect(places.contains(place), "\(place) in \(places)") }
    }

    @Test func `Grants by key, upstreams over TLS and VTP without TLS are read`() throws {
        let configuration = try read(
            """
            access:
              grants: [{name: x, keys: ["\(String(repeating: "0f", count: 32))"], authorities: [psws.irap]}]
            upstreams: [{host: broker.example.org, port: 8199, tls: true}]
            """)
        #expect(configuration.policy.access.grants.first?.keys == [[UInt8](repeating: 15, count: 32)])
        #expect(configuration.upstreams.first?.trust == .system)
        #expect(configuration.tls == nil && configuration.isPlainServed)
    }

    @Test func `A broker without ports, a grant for nobody and a lost file of certificates are mistakes`() throws {
        let failure = #expect(throws: ConfigurationError.self) {
            try read(
                """
                listen: {plain: false}
                access:
                  grants: [{name: x, authorities: [psws.irap]}]
                upstreams:
                  - {host: broker.example.org, tls: true, ca: /none/at/all.pem}
                """)
        }
        let text = failure.map(String.init(describing:)) ?? ""
        for expected in [
            "neither plain VTP nor VTP over TLS is served", "there are neither networks nor keys",
            "/none/at/all.pem: the file cannot be read",
        ] {
            #expect(text.contains(expected), "\(expected) in \(text)")
        }
    }

    @Test func `All mistakes are told at once`() throws {
        let failure = #expect(throws: ConfigurationError.self) {
            try read(
                """
                identity: psws.irap
                listen:
                  submit_port: 8099
                  hots: 0.0.0.0
                limits:
                  alive_interval: 10 min
                """)
        }
        let text = failure.map(String.init(describing:)) ?? ""
        for expected in ["server.yaml:1:11", "IVOID", "cannot share port 8099", "server.yaml:4:3", "server.yaml:6:"] {
            #expect(text.contains(expected), "\(expected) in \(text)")
        }
    }

    @Test func `The web's keys are read`() throws {
        let hash = String(repeating: "0f", count: 32)
        let configuration = try read(
            """
            http:
              host: 0.0.0.0
              port: 80
              tokens:
                - {author: Pic, sha256: \(hash), authorities: [psws.irap]}
              limits: {connections: 5, connections_per_address: 2, streams: 3, request_rate: 2 /s, request_burst: 4,
                request_timeout: 5 s, idle_timeout: 6 s, header_size: 8 KiB, page: 50}
            heartbeat: 10 min
            """)
        let http = configuration.http
        #expect(http.isEnabled && http.host == "0.0.0.0" && http.port == 80 && configuration.heartbeatSeconds == 600)
        #expect(http.tokens.map(\.author.name) == ["Pic"] && http.tokens[0].author.authorities == ["psws.irap"])
        #expect(http.tokens[0].sha256 == [UInt8](repeating: 15, count: 32))
        #expect(http.limits.maximumConnections == 5 && http.limits.maximumConnectionsPerAddress == 2)
        #expect(http.limits.maximumStreams == 3 && http.limits.requestsPerMinute == 120)
        #expect(http.limits.requestBurst == 4 && http.limits.requestTimeoutSeconds == 5)
        #expect(http.limits.idleTimeoutSeconds == 6 && http.limits.maximumHeaderBytes == 8192)
        #expect(http.limits.maximumPage == 50)
    }

    @Test func `A token in the place of its hash is a mistake, and is not shown`() throws {
        let yaml = "http:\n  tokens:\n    - {author: Pic, sha256: psws_secret}\n  port: 70000\n"
        let error = #expect(throws: ConfigurationError.self) { try read(yaml) }
        let text = try #require(error).description
        #expect(error?.mistakes.count == 3 && !text.contains("secret"))
        #expect(text.contains("server.yaml:3:29: error: http.tokens[1].sha256"))
    }
}
