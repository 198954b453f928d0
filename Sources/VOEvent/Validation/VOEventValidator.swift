// SPDX-License-Identifier: Apache-2.0
import XML

/// Tells everything that is wrong with a packet, with line and column.
///
/// Errors are what breaks XML or the schema of the packet's version; warnings are what the schema lets pass although
/// the text of the standard forbids it or brokers in use refuse it.
public struct VOEventValidator: Sendable {
    private let reader: XMLReader
    private let rules: [VOEventVersion: SchemaRules]

    /// A validator.
    ///
    /// - Parameter limits: what is read at most; by default a packet of 1 MiB with many attributes, so that a packet
    ///   that is only strange is explained rather than refused.
    public init(limits: XMLLimits = VOEventValidator.defaultLimits) {
        reader = XMLReader(limits: limits, allowsEntityReferences: true)
        rules = Dictionary(
            uniqueKeysWithValues: VOEventVersion.allCases.compactMap { version in
                SchemaRules(version: version).map { (version, $0) }
            })
    }

    /// The limits that a validator has by itself.
    public static var defaultLimits: XMLLimits {
        var limits = XMLLimits()
        limits.maximumAttributesPerElement = 4096
        limits.maximumAttributeLength = limits.maximumBytes
        return limits
    }

    /// Validates a packet.
    ///
    /// - Parameters:
    ///   - bytes: the document as received.
    ///   - file: name for the report.
    ///   - version: the version whose schema is asked; nil (the default) for the one that the packet declares.
    public func validate(
        _ bytes: [UInt8], file: String = "-", against version: VOEventVersion? = nil
    ) -> ValidationReport {
        let document: XMLDocument
        do {
            document = try reader.read(bytes)
        } catch {
            let findings = error.diagnostics.map {
                Finding(.error, line: $0.line, column: $0.column, message: $0.message)
            }
            return ValidationReport(file: file, wellFormed: false, version: nil, valid: false, findings: findings)
        }
        return validate(document, byteCount: bytes.count, file: file, against: version)
    }

    /// Validates a packet that was read already, with the limits of whoever read it.
    ///
    /// - Parameters:
    ///   - document: the packet as it was read.
    ///   - byteCount: size of the document as received.
    ///   - file: name for the report.
    ///   - version: the version whose schema is asked; nil (the default) for the one that the packet declares.
    ///   - warns: false if only errors are wanted, which takes a third of the time.
    public func validate(
        _ document: XMLDocument, byteCount: Int, file: String = "-", against version: VOEventVersion? = nil,
        warns: Bool = true
    ) -> ValidationReport {
        let root = document.root
        let declared = root.attribute("version")
        guard root.localName == "VOEvent" else {
            let finding = Finding(
                .error, line: root.line, column: root.column,
                message: "the root element is \(Finding.quoted(root.qualifiedName)), not VOEvent")
            return ValidationReport(file: file, wellFormed: true, version: declared, valid: false, findings: [finding])
        }
        let known = VOEventPacket.version(of: root)
        var meaning = MeaningCheck(version: known)
        if warns { meaning.check(document, byteCount: byteCount) }
        // A version that nobody knows has no schema either; a packet that names none is held to what brokers accept.
        let judged = version ?? known ?? (declared == nil ? .v2_0 : nil)
        guard let judged, let rules = rules[judged] else {
            let findings = VOEventValidator.plainErrors(document) + meaning.findings
            return ValidationReport(file: file, wellFormed: true, version: declared, valid: nil, findings: findings)
        }
        var schema = SchemaCheck()
        schema.check(document, rules: rules)
        return ValidationReport(
            file: file, wellFormed: true, version: declared, valid: schema.findings.isEmpty,
            findings: schema.findings + meaning.findings)
    }

    /// What is an error in any version: used where there is no schema to ask.
    private static func plainErrors(_ document: XMLDocument) -> [Finding] {
        let root = document.root
        var findings = (document.namespaceFaults + document.entityReferences).map {
            Finding(.error, line: $0.line, column: $0.column, message: $0.message)
        }
        func error(_ message: String) {
            findings.append(Finding(.error, line: root.line, column: root.column, message: message))
        }
        if root.attribute("ivorn") == nil { error("attribute \"ivorn\" of VOEvent is missing") }
        if let role = root.attribute("role"), !VOEventRole.standard.contains(VOEventRole(rawValue: role)) {
            error(
                "role \(Finding.quoted(role)) is not one of: "
                    + VOEventRole.standard.map(\.rawValue).joined(separator: ", "))
        }
        return findings
    }
}
