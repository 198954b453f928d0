// SPDX-License-Identifier: Apache-2.0

import JSON

extension ValidationReport {
    /// For people: a line for each finding as compilers print them, then a verdict.
    public var text: String {
        var lines = (errors + warnings).map { finding in
            let place = finding.line > 0 ? "\(file):\(finding.line):\(finding.column)" : file
            return "\(place): \(finding.severity.rawValue): \(finding.message)"
        }
        if wasRead { lines.append("\(file): \(verdict)") }
        return lines.joined(separator: "\n")
    }

    private var verdict: String {
        guard wellFormed else { return "not well-formed" }
        let name = version.map { "VOEvent \($0)" } ?? "VOEvent"
        return switch valid {
        case true?: "valid \(name)"
        case false?: "not a valid \(name)"
        case nil: errors.isEmpty ? "\(name), which has no schema in use: no errors found" : "\(name) with errors"
        }
    }

    /// For programs: one object on one line.
    public var json: String {
        JSONText.object([
            ("file", .string(file)), ("well_formed", .boolean(wellFormed)),
            ("version", version.map(JSONText.string) ?? .null), ("valid", valid.map(JSONText.boolean) ?? .null),
            ("errors", .array(errors.map(ValidationReport.json))),
            ("warnings", .array(warnings.map(ValidationReport.json))),
        ]).description
    }

    private static func json(_ finding: Finding) -> JSONText {
        .object([
            ("line", .integer(finding.line)), ("column", .integer(finding.column)),
            ("message", .string(finding.message)),
        ])
    }
}
