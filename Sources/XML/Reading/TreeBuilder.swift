// SPDX-License-Identifier: Apache-2.0
import CXML2

/// Builds the tree from what libxml2 reports, and ends the parsing where a limit is passed.
///
/// A class because C calls back with a pointer to it; it lives for one document.
final class TreeBuilder {
    private(set) var root: XMLElement?
    private(set) var rootRange = 0..<0
    private(set) var hasDoctype = false
    private(set) var faults: [XMLDiagnostic] = []
    private(set) var namespaceFaults: [XMLDiagnostic] = []
    private(set) var entityReferences: [XMLDiagnostic] = []
    private(set) var stopError: XMLError?

    private let text: [UInt8]
    private let limits: XMLLimits
    private var positions: TextPositions
    private var faultPositions: TextPositions
    private var open: [XMLElement] = []
    private var pendingText: [UInt8] = []
    private var elementCount = 0
    private var declaredEntities: Set<String> = []
    /// libxml2 keeps each name once: the pointer tells the string.
    private var names: [UnsafePointer<CChar>: String] = [:]

    /// A broken document can have a fault at every byte; after these many a person needs no more.
    private static let maximumFaults = 100

    init(text: [UInt8], limits: XMLLimits) {
        self.text = text
        self.limits = limits
        positions = TextPositions(text)
        faultPositions = TextPositions(text)
    }

    /// Parses; returns what `cxml2_parse` returns.
    func run() -> Int32 {
        let context = Unmanaged.passUnretained(self).toOpaque()
        var handler = TreeBuilder.handler
        return text.withUnsafeBytes { raw in
            cxml2_parse(raw.bindMemory(to: CChar.self).baseAddress, raw.count, &handler, context)
        }
    }

    func startElement(
        _ localName: UnsafePointer<CChar>, _ prefix: UnsafePointer<CChar>?, _ uri: UnsafePointer<CChar>?, at offset: Int
    ) -> Bool {
        flushText(closing: false)
        let (line, column) = positions.position(at: offset)
        elementCount += 1
        if elementCount > limits.maximumElements {
            return stop(line, column, "the document has more elements than the limit of \(limits.maximumElements)")
        }
        if open.count >= limits.maximumDepth {
            return stop(line, column, "elements are nested deeper than the limit of \(limits.maximumDepth)")
        }
        if open.isEmpty { rootRange = offset..<offset }
        open.append(
            XMLElement(
                localName: name(localName), prefix: prefix.map(name), namespaceURI: uri.map(name), line: line,
                column: column))
        return true
    }

    func attribute(_ attribute: cxml2_attribute) -> Bool {
        let last = open.count - 1
        guard last >= 0 else { return true }
        var (line, column) = (open[last].line, open[last].column)
        if attribute.value_offset >= 0 { (line, column) = positions.position(at: Int(attribute.value_offset)) }
        if attribute.value_length > limits.maximumAttributeLength {
            return stop(
                line, column, "an attribute has more bytes than the limit of \(limits.maximumAttributeLength)")
        }
        let value = UnsafeRawBufferPointer(start: attribute.value, count: attribute.value_length)
        open[last].attributes.append(
            XMLAttribute(
                localName: name(attribute.local_name), prefix: attribute.prefix.map(name),
                namespaceURI: attribute.namespace_uri.map(name), value: TreeBuilder.attributeText(value),
                line: line, column: column))
        return true
    }

    func endElement(at offset: Int) {
        flushText(closing: true)
        guard let element = open.popLast() else { return }
        if open.isEmpty {
            root = element
            rootRange = rootRange.lowerBound..<max(rootRange.lowerBound, offset)
        } else {
            open[open.count - 1].children.append(.element(element))
        }
    }

    func characters(_ bytes: UnsafeRawBufferPointer) { pendingText.append(contentsOf: bytes) }

    func documentType() { hasDoctype = true }

    /// A general entity, or with a percent sign before its name a parameter entity.
    func entityDeclaration(_ name: String) { declaredEntities.insert(name) }

    func isDeclared(_ name: String) -> Bool { declaredEntities.contains(name) }

    func attributeDeclaration(at offset: Int) -> Bool {
        let (line, column) = faultPositions.position(at: offset)
        return stop(line, column, "a DOCTYPE that declares attributes is not accepted")
    }

    func entityReference(_ name: UnsafePointer<CChar>, at offset: Int) -> Bool {
        let name = String(cString: name)
        guard declaredEntities.contains(name) else { return false }
        if entityReferences.count < TreeBuilder.maximumFaults {
            let (line, column) = faultPositions.position(at: offset)
            entityReferences.append(
                XMLDiagnostic(line: line, column: column, message: "entity \"\(name)\" is referred to"))
        }
        return true
    }

    func fault(_ severity: cxml2_severity, code: Int32, _ message: UnsafePointer<CChar>, at offset: Int) {
        let isAboutNames = severity == cxml2_severity_namespace
        guard (isAboutNames ? namespaceFaults : faults).count < TreeBuilder.maximumFaults else { return }
        let (line, column) = faultPositions.position(at: offset)
        let words = ParserMessage.words(code: code, message: String(cString: message))
        let remark = XMLDiagnostic(line: line, column: column, message: words)
        if isAboutNames { namespaceFaults.append(remark) } else { faults.append(remark) }
    }

    /// libxml2 hands over an ampersand in an attribute as `&#38;`, and nothing else with an ampersand.
    static func attributeText(_ bytes: UnsafeRawBufferPointer) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        var text: [UInt8] = []
        var index = 0
        while index < bytes.count {
            text.append(bytes[index])
            index += bytes[index] == UInt8(ascii: "&") ? "&#38;".utf8.count : 1
        }
        return String(decoding: text, as: UTF8.self)
    }

    private func stop(_ line: Int, _ column: Int, _ message: String) -> Bool {
        stopError = XMLError(.limit, line: line, column: column, message: message)
        return false
    }

    private func name(_ pointer: UnsafePointer<CChar>) -> String {
        if let known = names[pointer] { return known }
        let new = String(cString: pointer)
        names[pointer] = new
        return new
    }

    /// Ends a run of text. White space between child elements is layout and is dropped.
    private func flushText(closing: Bool) {
        guard !pendingText.isEmpty else { return }
        defer { pendingText.removeAll(keepingCapacity: true) }
        let last = open.count - 1
        guard last >= 0 else { return }
        let isLayout = pendingText.allSatisfy { $0 == 32 || (9...13).contains($0) }
        if isLayout, !closing || !open[last].children.isEmpty { return }
        open[last].children.append(.text(String(decoding: pendingText, as: UTF8.self)))
    }
}
