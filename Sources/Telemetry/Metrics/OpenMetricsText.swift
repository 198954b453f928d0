// SPDX-License-Identifier: Apache-2.0

/// Metrics as text that Prometheus and its relatives read.
///
/// Reference: OpenMetrics 1.0, section "Text Format". Prometheus' own older format is the same for what is written
/// here; the last line is a comment to it.
public enum OpenMetricsText {
    /// The text, ending with the line `# EOF`. Values that are not numbers are left out.
    public static func text(_ metrics: [Metric]) -> String {
        metrics.map(family).joined() + "# EOF\n"
    }

    private static func family(_ metric: Metric) -> String {
        let name = metric.name + (metric.unit.map { "_" + $0 } ?? "")
        var lines = "# TYPE \(name) \(metric.kind.rawValue)\n"
        if let unit = metric.unit { lines += "# UNIT \(name) \(unit)\n" }
        lines += "# HELP \(name) \(escaped(metric.help))\n"
        for sample in metric.samples where sample.value.isFinite {
            lines += name + (metric.kind == .counter ? "_total" : "")
            if !sample.labels.isEmpty {
                lines += "{" + sample.labels.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",") + "}"
            }
            lines += " \(number(sample.value))\n"
        }
        return lines
    }

    private static func number(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? "\(value)"
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.append(character)
            }
        }
        return result
    }
}
