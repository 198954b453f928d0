// SPDX-License-Identifier: Apache-2.0
import CXML2

extension StreamParser {
    /// The functions that C calls. Each finds the parser behind the context and hands over; other than 0 ends the parsing.
    static var callbacks: cxml2_handler {
        cxml2_handler(
            start_element: { context, localName, _, uri, offset in
                StreamParser.behind(context)?.startElement(localName, uri, at: offset) ?? 1
            },
            attribute: { context, attribute in StreamParser.behind(context)?.attribute(attribute.pointee) ?? 1 },
            end_element: { context, offset in StreamParser.behind(context)?.endElement(at: offset) ?? 1 },
            text: { context, bytes, count in
                StreamParser.behind(context)?.characters(UnsafeRawBufferPointer(start: bytes, count: count)) ?? 1
            },
            document_type: { _, _ in 0 },
            entity_declaration: { context, _, _ in
                StreamParser.behind(context)?.stop(.entityReference, "a DOCTYPE that declares entities is not accepted")
                    ?? 1
            },
            attribute_declaration: { context, _ in
                StreamParser.behind(context)?.stop(.limit, "a DOCTYPE that declares attributes is not accepted") ?? 1
            },
            entity_reference: { _, _, _ in 0 },
            parameter_reference: { _, _ in 0 },
            error: { context, severity, code, message, offset in
                StreamParser.behind(context)?.fault(severity, code: code, message, at: offset)
            })
    }

    private static func behind(_ context: UnsafeMutableRawPointer?) -> StreamParser? {
        context.map { Unmanaged<StreamParser>.fromOpaque($0).takeUnretainedValue() }
    }

    /// libxml2's number for an end tag that does not fit.
    private static let tagMismatch: Int32 = 76

    private func startElement(_ localName: UnsafePointer<CChar>, _ uri: UnsafePointer<CChar>?, at offset: Int) -> Int32
    {
        announce()
        guard failure == nil else { return 1 }
        let (line, column) = place(ofParsed: offset)
        let element = XMLStreamElement(
            localName: name(localName), namespaceURI: uri.map(name), line: line, column: column)
        guard open.count < limits.maximumDepth else {
            return stop(
                .limit, "elements are nested deeper than the limit of \(limits.maximumDepth)", (line, column))
        }
        open.append(element)
        announced = element
        return 0
    }

    private func attribute(_ attribute: cxml2_attribute) -> Int32 {
        guard announced != nil else { return 1 }
        var (line, column) = (announced?.line ?? 0, announced?.column ?? 0)
        if attribute.value_length > limits.maximumAttributeLength {
            return stop(
                .limit, "an attribute has more bytes than the limit of \(limits.maximumAttributeLength)", (line, column)
            )
        }
        if attribute.value_offset >= 0 { (line, column) = place(ofParsed: Int(attribute.value_offset)) }
        let value = UnsafeRawBufferPointer(start: attribute.value, count: attribute.value_length)
        announced?.attributes.append(
            XMLAttribute(
                localName: name(attribute.local_name), prefix: attribute.prefix.map(name),
                namespaceURI: attribute.namespace_uri.map(name), value: TreeBuilder.attributeText(value), line: line,
                column: column))
        return 0
    }

    /// Tells the handler of the element whose attributes are complete.
    func announce() {
        guard let element = announced else { return }
        announced = nil
        guard failure == nil else { return }
        perform { () throws(XMLError) in try handler.startElement(element) }
    }

    private func endElement(at offset: Int) -> Int32 {
        announce()
        guard failure == nil else { return 1 }
        let (line, column) = place(ofParsed: offset)
        open.removeLast()
        return perform { () throws(XMLError) in try handler.endElement(line: line, column: column) }
    }

    private func characters(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        announce()
        guard failure == nil else { return 1 }
        return bytes.withMemoryRebound(to: UInt8.self) { buffer in
            perform { () throws(XMLError) in try handler.text(buffer.span) }
        }
    }

    private func fault(_ severity: cxml2_severity, code: Int32, _ message: UnsafePointer<CChar>, at offset: Int) {
        announce()
        guard severity == cxml2_severity_fatal, failure == nil else { return }
        var words = ParserMessage.words(code: code, message: String(cString: message))
        if code == StreamParser.tagMismatch, let element = open.last {
            words =
                "this end tag does not end <\(element.localName)>, which was begun at \(element.line):\(element.column)"
        }
        _ = stop(.notWellFormed, words, place(ofParsed: offset))
    }

    private func stop(_ code: XMLError.Code, _ message: String, _ place: (line: Int, column: Int) = (0, 0)) -> Int32 {
        if failure == nil { failure = XMLError(code, line: place.line, column: place.column, message: message) }
        return 1
    }

    /// Calls the handler; 0 if it did not throw.
    @discardableResult
    private func perform(_ call: () throws(XMLError) -> Void) -> Int32 {
        do throws(XMLError) {
            try call()
            return 0
        } catch {
            failure = error
            return 1
        }
    }

    private func name(_ pointer: UnsafePointer<CChar>) -> String {
        if let known = names[pointer] { return known }
        let new = String(cString: pointer)
        // A stranger may think of any number of names.
        if names.count < 4096 { names[pointer] = new }
        return new
    }
}
