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
            """)
        #expect(configuration.identity == "ivo://psws.irap/broker")
        #expect(configuration.dataDirectory == "/var/lib/psws")
        #expect(configuration.host == "0.0.0.0")
        #expect(configuration.submitPort == 9001 && configuration.subscribePort == 9002)
        #expect(configuration.limits.maximumEventBytes == 2 << 20)
        #expect(configuration.limits.authorTimeoutSeconds == 30)
        #expect(configuration.limits.aliveIntervalSeconds == 45)
        #expect(configuration.limits.maximumAuthors == 10 && configuration.limits.maximumSubscribers == 20)
        #expect(configuration.limits.maximumQueuedBytesPerSubscriber == 8 << 20)
        #expect(configuration.limits.maximumFiltersPerSubscriber == 3)
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
}
