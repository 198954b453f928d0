// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Console
import Foundation
import Logging
import Portal
import Server
import Telemetry

/// `psws-server run`: the service.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Serve authors, subscribers and the web until SIGTERM or Ctrl-C.",
        discussion: """
            Without options it listens on this machine only, for authors on port 8098, for subscribers on port 8099 \
            and for HTTP on port 8080, and keeps the events in ./psws-data. An event is acknowledged when it is on disk.

            Try it:
              psws-server run &
              psws listen 127.0.0.1:8099 &
              psws send event.xml 127.0.0.1:8098
              curl http://127.0.0.1:8080/api/v1/events
              curl http://127.0.0.1:8080/health

            All that a configuration file may say, with the defaults:
              identity: ivo://psws.local/broker
              data: ./psws-data
              listen:
                host: 127.0.0.1
                submit_port: 8098
                subscribe_port: 8099
                plain: true
              tls:
                host: 127.0.0.1
                submit_port: 8198
                subscribe_port: 8199
                certificate: /etc/psws/server.pem
                key: /etc/psws/server.key
                client_ca: /etc/psws/authors.pem
              limits:
                event_size: 1 MiB
                author_timeout: 20 s
                alive_interval: 60 s
                authors: 256
                subscribers: 1024
                subscriber_queue: 512 KiB
                subscriber_lag: 100000
                filters: 16
                filter_time: 100 ms
              access:
                authors: [0.0.0.0/0, "::/0"]
                subscribers: [0.0.0.0/0, "::/0"]
                authors_per_address: 64
                subscribers_per_address: 64
                event_rate: 10 /s
                event_burst: 1000
                grants:
                  - {name: Pic du Midi, networks: [192.0.2.0/24], authorities: [psws.irap]}
                  - {name: Calern, keys: ["…"], authorities: [psws.calern]}
              upstreams:
                - {host: voevent.example.org, port: 8099, filters: ["//Param"]}
                - {host: centre.example.org, port: 8199, tls: true, ca: /etc/psws/ca.pem}
              http:
                enabled: true
                host: 127.0.0.1
                port: 8080
                tokens:
                  - {author: Pic du Midi, sha256: "…", authorities: [psws.irap]}
                limits:
                  connections: 512
                  connections_per_address: 32
                  streams: 128
                  request_rate: 10 /s
                  request_burst: 200
                  request_timeout: 20 s
                  idle_timeout: 60 s
                  header_size: 16 KiB
                  page: 500
              heartbeat: 10 min
              predictions:
                identity: ivo://psws.local/broker/predictions
                every: 1 h
                products_url: https://psws.example.org/products
                products_retention: 365 d
                members: 32
                version: 2.0
                feeds:
                  - {name: plasma, url: "https://wind.example.org/plasma.json"}
                rules:
                  - {name: jupiter-pressure, target: jupiter, where: pdyn > 0.1 nPa}
                  - {name: mars-speed, target: mars, where: v > 600 km/s, mode: tao}
                  - {name: a, merge_gap: 6 h, minimum_duration: 2 h, ahead: 14 d}
                  - {name: b, hysteresis: 0.8, tolerance: 6 h, retract_after: 2}
                  - {name: c, peak_tolerance: 0.3}
              archive:
                retention: 3650 d

            TLS, grants, upstreams, tokens, heartbeat, predictions and retention are examples, a, b and c for the defaults of a \
            rule: by default every author may use every authority over VTP and none may submit over HTTP, no other \
            broker is asked, no test events are published, nothing is predicted, and events are kept for ever. \
            'psws-server token' makes a token, 'psws-server fingerprint' tells the key of an author's certificate. With \
            'plain: false' VTP is spoken over TLS only. HTTP and TLS listen on the host of the others, if none is given. SIGHUP reads \
            the file again and puts tokens, limits, access and certificates in force without dropping a connection.
            """)

    @Option(help: ArgumentHelp("Configuration file; the options below win over it.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Address to listen on; 0.0.0.0 is reached from everywhere.", valueName: "address"))
    var host: String?

    @Option(help: ArgumentHelp("Port for authors (default: 8098); 0 takes a free one.", valueName: "port"))
    var submitPort: Int?

    @Option(help: ArgumentHelp("Port for subscribers (default: 8099); 0 takes a free one.", valueName: "port"))
    var subscribePort: Int?

    @Option(help: ArgumentHelp("Port for HTTP (default: 8080); 0 takes a free one.", valueName: "port"))
    var httpPort: Int?

    @Option(help: ArgumentHelp("Directory for the archive (default: ./psws-data); made if missing.", valueName: "dir"))
    var data: String?

    @Option(help: ArgumentHelp("IVOID by which the broker names itself.", valueName: "ivoid"))
    var identity: String?

    @Flag(help: "Log every connection of an author too.")
    var verbose = false

    @Flag(help: "Check the configuration, say every mistake with line and column, and end.")
    var check = false

    @Flag(help: "Log warnings and errors only.")
    var quiet = false

    mutating func validate() throws {
        for port in [submitPort, subscribePort, httpPort].compactMap({ $0 }) where !(0...65_535).contains(port) {
            throw ValidationError("A port is a number from 0 to 65535, not \(port).")
        }
        if verbose && quiet { throw ValidationError("--verbose and --quiet exclude each other.") }
    }

    /// The configuration file with the options that win over it.
    private func readConfiguration() throws -> ServerConfiguration {
        var configuration = try config.map { try ServerConfiguration(path: $0) } ?? ServerConfiguration()
        if let host { configuration.host = host }
        if let submitPort { configuration.submitPort = submitPort }
        if let subscribePort { configuration.subscribePort = subscribePort }
        if let httpPort { configuration.http.port = httpPort }
        if let data { configuration.dataDirectory = data }
        if let identity { configuration.identity = identity }
        return configuration
    }

    func run() async throws {
        let configuration = try readConfiguration()
        if check {
            StandardOutput.write("\(config ?? "the default configuration"): no mistake found")
            return
        }
        let level: Logger.Level = verbose ? .debug : quiet ? .warning : .info
        let logger = Logger(label: "psws-server") { label in
            if LogLineStyle.ofStandardError() == .journal { return ServiceLog.handler(program: label, level: level) }
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
        let command = self
        let server = PSWSServer(
            configuration: configuration, logger: logger,
            readAgain: config == nil ? nil : { @Sendable in try command.readConfiguration() },
            face: configuration.http.isEnabled ? { @Sendable centre in WebFace(centre) } : nil)
        try await server.run { places in
            // Scripts read these lines to learn the ports; their form is kept.
            for entrance in places.entrances {
                let way = entrance.shield == nil ? "" : " over TLS"
                StandardError.write("psws-server: authors connect\(way) to \(entrance.submitAddress)")
                StandardError.write("psws-server: subscribers connect\(way) to \(entrance.subscribeAddress)")
            }
            StandardError.write("psws-server: events are kept in \(places.archive)")
            if let face = places.face { StandardError.write("psws-server: HTTP is at http://\(face)") }
        }
    }
}
