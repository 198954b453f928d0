// SPDX-License-Identifier: Apache-2.0

import Propagation
import Settings

/// Where the prediction of the solar wind at the target comes from, and what the station does while it holds.
public struct ForecastConfiguration: Sendable, Hashable {
    /// Address of the products of a centre, ending in `/`; nil if the box predicts by itself.
    public var centre: String?
    /// Name of the centre's rule whose forecast is wanted; empty without a centre.
    public var rule = ""
    /// Files of measurements near the Earth from which the box predicts by itself, beside what it has of the centre.
    public var solarWindPaths: [String] = []
    /// What the model knows when the box predicts by itself.
    public var mode = PropagationMode.tao
    /// What is looked for when the box predicts by itself.
    public var search: IntervalSearch?
    /// Seconds after which a forecast is no longer believed.
    public var staleSeconds = 3 * 86_400.0
    /// Seconds by which a campaign begins before a predicted interval and ends after it.
    public var marginSeconds = 12 * 3600.0
    /// False alarms an hour that are put up with in a campaign.
    public var falseAlarmsPerHour = 1.0
    /// Greatest size of the evidence of candidates, in bytes.
    public var candidateBytes = 1 << 30

    init(_ section: inout SettingsSection) {
        centre = section.readIfPresent("centre", .text(8...500))
        if let centre, !["https://", "http://", "file://"].contains(where: centre.hasPrefix) || !centre.hasSuffix("/") {
            section.reject(
                "centre", "'\(centre)' is no address of a folder", remedy: "write https://host/products/")
        }
        rule = section.readIfPresent("rule", .identifier()) ?? ""
        if centre != nil, rule.isEmpty {
            section.reject(
                "rule", "nobody knows which forecast of the centre is meant", remedy: "name one of its rules")
        }
        solarWindPaths = section.list("solar_wind", of: .path, count: 0...100)
        if centre == nil, solarWindPaths.isEmpty {
            section.reject(
                "centre", "there is neither a centre nor a file of solar wind",
                remedy: "write centre and rule, or solar_wind")
        }
        mode = section.read("mode", .choice(), default: mode)
        let condition = section.read("where", .text(), default: "pdyn > 0.1 nPa")
        do {
            search = try IntervalSearch(try WindCondition(condition))
        } catch {
            section.reject("where", error.message, remedy: error.remedy)
        }
        staleSeconds = section.read("stale", .seconds(3600...(60 * 86_400)), default: staleSeconds)
        marginSeconds = section.read("margin", .seconds(0...(10 * 86_400)), default: marginSeconds)
        falseAlarmsPerHour = section.read("false_alarms", .perHour(1e-6...1000), default: falseAlarmsPerHour)
        candidateBytes = section.read("candidates", .bytes((1 << 20)...(1 << 50)), default: candidateBytes)
    }
}
