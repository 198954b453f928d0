// SPDX-License-Identifier: Apache-2.0

import Settings
import Testing

@testable import Server

@Suite struct PredictionConfigurationTests {
    private func decode(_ yaml: String) throws -> ServerConfiguration {
        try SettingsDocument(yaml: Array(yaml.utf8), file: "server.yaml").decode { ServerConfiguration(&$0) }
    }

    @Test func `A rule says what is looked for and how far it may move`() throws {
        let configuration = try decode(
            """
            predictions:
              every: 30 min
              products_url: https://psws.example.org/products
              feeds: [{name: plasma, url: "https://example.org/plasma.json"}]
              rules:
                - {name: jupiter-pressure, target: jupiter, where: pdyn > 0.1 nPa, tolerance: 12 h, ahead: 20 d}
            """)
        let predictions = try #require(configuration.predictions)
        #expect(predictions.intervalSeconds == 1800 && predictions.feeds.map(\.name) == ["plasma"])
        let rule = try #require(predictions.rules.first)
        #expect(rule.target == .jupiter && rule.mode == .tao && rule.daysAhead == 20)
        #expect(rule.tolerance.hours == 12 && rule.tolerance.peakShare == 0.3)
        #expect("\(rule.search.condition)" == "pdyn > 0.1 nPa")
    }

    @Test func `Without the section nothing is predicted`() throws {
        #expect(try decode("identity: ivo://psws.test/broker").predictions == nil)
    }

    @Test func `All mistakes are said at once, with their places`() throws {
        let error = #expect(throws: ConfigurationError.self) {
            try decode(
                """
                predictions:
                  identity: psws.test
                  every: 1 s
                  products_url: ftp://example.org
                  feeds: [{name: a, url: "plasma.json"}, {name: a, url: "https://example.org/x"}]
                  rules:
                    - {name: r, target: pluto, where: pdyn > 0.1 nPa}
                    - {name: s, target: mars, where: pdyn > 3 km/s, hysteresis: 2}
                """)
        }
        let keys = error?.mistakes.map(\.key) ?? []
        for key in [
            "predictions.identity", "predictions.every", "predictions.products_url", "predictions.feeds[1].url",
            "predictions.feeds", "predictions.rules[1].target", "predictions.rules[2].where",
            "predictions.rules[2].hysteresis",
        ] {
            #expect(keys.contains(key), "\(key) in \(keys)")
        }
        #expect(error?.mistakes.count == 8)
    }
}
