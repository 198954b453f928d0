// SPDX-License-Identifier: Apache-2.0

public import Alerts
import Ephemeris
import Propagation
import Settings
public import VOEvent

/// Which predictions of the solar wind the centre makes and publishes.
public struct PredictionConfiguration: Sendable, Hashable {
    /// Author of the events, an IVOID without a local part; nil: the broker's with `/predictions` behind it.
    public var identity: String?
    /// Seconds between two rounds.
    public var intervalSeconds = 3600.0
    /// Address under which the predicted series are seen from outside; nil if they are not.
    public var productsURL: String?
    /// How long the predicted series are kept, in seconds.
    public var productRetentionSeconds = 365.0 * 86_400
    /// Members of the ensemble that gives predictions their probability; 0 for none.
    public var members = 32
    /// Version of the standard that the events follow.
    public var version = VOEventVersion.v2_0
    /// Where measurements come from.
    public var feeds: [Feed] = []
    /// What is watched for.
    public var rules: [AlertRule] = []

    init(_ section: inout SettingsSection) {
        identity = section.readIfPresent("identity", .text(7...200))
        if let identity, !identity.hasPrefix("ivo://") || identity.contains("#") {
            section.reject("identity", "the identity is not an IVOID", remedy: "write it as ivo://authority/name")
        }
        intervalSeconds = section.read("every", .seconds(10...604_800), default: intervalSeconds)
        productsURL = section.readIfPresent("products_url", .text(8...500))
        if let productsURL, !productsURL.hasPrefix("https://"), !productsURL.hasPrefix("http://") {
            section.reject("products_url", "the address is not one of the web", remedy: "begin it with https://")
        }
        productRetentionSeconds = section.read(
            "products_retention", .seconds(86_400...(1000 * 365.25 * 86_400)), default: productRetentionSeconds)
        members = section.read("members", .integer(0...SolarWindEnsemble.maximumMembers), default: members)
        if members == 1 {
            section.reject("members", "one member is no ensemble", remedy: "write 0 for none, or 2 and more")
        }
        version = section.read("version", SettingsValue<PacketVersion>.choice(), default: .v2_0).version
        feeds = section.sections("feeds", count: 1...20) { feed in
            let address = feed.read("url", .text(8...1000))
            if !["https://", "http://", "file://"].contains(where: address.hasPrefix) {
                feed.reject("url", "the address has no scheme", remedy: "begin it with https://, http:// or file://")
            }
            return Feed(name: feed.read("name", .identifier()), address: address)
        }
        rules = section.sections("rules", count: 1...100, AlertRule.read).compactMap { $0 }
        if Set(feeds.map(\.name)).count < feeds.count { section.reject("feeds", "two feeds have one name") }
        if Set(rules.map(\.name)).count < rules.count { section.reject("rules", "two rules have one name") }
    }
}

extension AlertRule {
    /// The rule that a section describes; nil, with the mistakes reported, if it describes none.
    fileprivate static func read(_ section: inout SettingsSection) -> AlertRule? {
        let name = section.read("name", .identifier())
        let target = section.read("target", SettingsValue<Planet>.choice())
        let mode = section.read("mode", SettingsValue<PropagationMode>.choice(), default: .tao)
        let condition = section.read("where", .text())
        var settings = IntervalSettings()
        settings.mergeGapHours =
            section.read("merge_gap", .seconds(0...864_000), default: 3600 * settings.mergeGapHours) / 3600
        settings.minimumHours =
            section.read("minimum_duration", .seconds(0...864_000), default: 3600 * settings.minimumHours) / 3600
        settings.hysteresis = section.read("hysteresis", .number(0.1...1), default: settings.hysteresis)
        let daysAhead = section.read("ahead", .seconds(86_400...(60 * 86_400)), default: 14 * 86_400) / 86_400
        var tolerance = PredictionTolerance()
        tolerance.hours = section.read("tolerance", .seconds(0...864_000), default: 3600 * tolerance.hours) / 3600
        tolerance.peakShare = section.read("peak_tolerance", .number(0...10), default: tolerance.peakShare)
        tolerance.runsUntilRetraction = section.read(
            "retract_after", .integer(1...100), default: tolerance.runsUntilRetraction)
        guard !condition.isEmpty else { return nil }
        do {
            var rule = AlertRule(
                name: name, target: target, mode: mode,
                search: try IntervalSearch(try WindCondition(condition), settings: settings))
            rule.tolerance = tolerance
            rule.daysAhead = daysAhead
            return rule
        } catch {
            section.reject("where", error.message, remedy: error.remedy)
            return nil
        }
    }
}

/// The versions in which predictions can be published, as the configuration names them.
private enum PacketVersion: String, CaseIterable, Sendable {
    case v2_0 = "2.0"
    case v2_1 = "2.1"

    var version: VOEventVersion { self == .v2_1 ? .v2_1 : .v2_0 }
}
