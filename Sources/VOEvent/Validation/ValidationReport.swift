// SPDX-License-Identifier: Apache-2.0

/// Everything that a validator says about one file.
public struct ValidationReport: Sendable, Hashable {
    /// Name of the file, as it was given.
    public var file: String
    /// True if the bytes are well-formed XML within the limits.
    public var wellFormed: Bool
    /// Version attribute as written; nil if there is none.
    public var version: String?
    /// Whether the schema of that version finds no error; nil for versions without a schema in use.
    public var valid: Bool?
    /// False if not even bytes could be had: no such file, a directory, too large.
    public private(set) var wasRead = true
    /// What breaks XML or the schema, in the order of the document.
    public var errors: [Finding]
    /// What the schema lets pass but should not be there, in the order of the document.
    public var warnings: [Finding]

    /// More findings of one kind than this are counted, not listed.
    public static let maximumFindings = 100

    /// A report; findings are put in the order of the document and cut to `maximumFindings` of each kind.
    init(file: String, wellFormed: Bool, version: String?, valid: Bool?, findings: [Finding]) {
        self.file = file
        self.wellFormed = wellFormed
        self.version = version
        self.valid = valid
        errors = ValidationReport.ordered(findings.filter { $0.severity == .error })
        warnings = ValidationReport.ordered(findings.filter { $0.severity == .warning })
    }

    /// A report about something that could not even be read as bytes.
    public init(unreadable file: String, reason: String) {
        self.init(
            file: file, wellFormed: false, version: nil, valid: false,
            findings: [Finding(.error, line: 0, column: 0, message: reason)])
        wasRead = false
    }

    /// True if nothing is wrong: for versions without a schema in use, if no error was found.
    public var passes: Bool { wellFormed && (valid ?? errors.isEmpty) }

    private static func ordered(_ findings: [Finding]) -> [Finding] {
        var seen: Set<Finding> = []
        let sorted = findings.filter { seen.insert($0).inserted }.enumerated().sorted {
            ($0.element.line, $0.element.column, $0.offset) < ($1.element.line, $1.element.column, $1.offset)
        }.map(\.element)
        guard sorted.count > maximumFindings, let last = sorted.last else { return sorted }
        let more = Finding(
            last.severity, line: 0, column: 0, message: "and \(sorted.count - maximumFindings) more like these")
        return sorted.prefix(maximumFindings) + [more]
    }
}
