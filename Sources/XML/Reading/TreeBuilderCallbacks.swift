// SPDX-License-Identifier: Apache-2.0
import CXML2

extension TreeBuilder {
    /// The functions that C calls. Each finds the builder behind the context and hands over; other than 0 ends the
    /// parsing.
    static var handler: cxml2_handler {
        cxml2_handler(
            start_element: { context, localName, prefix, uri, offset in
                guard let builder = TreeBuilder.behind(context) else { return 1 }
                return builder.startElement(localName, prefix, uri, at: offset) ? 0 : 1
            },
            attribute: { context, attribute in
                guard let builder = TreeBuilder.behind(context) else { return 1 }
                return builder.attribute(attribute.pointee) ? 0 : 1
            },
            end_element: { context, offset in
                TreeBuilder.behind(context)?.endElement(at: offset)
                return 0
            },
            text: { context, bytes, count in
                TreeBuilder.behind(context)?.characters(UnsafeRawBufferPointer(start: bytes, count: count))
                return 0
            },
            document_type: { context, _ in
                TreeBuilder.behind(context)?.documentType()
                return 0
            },
            entity_declaration: { context, name, isParameter in
                TreeBuilder.behind(context)?.entityDeclaration((isParameter != 0 ? "%" : "") + String(cString: name))
                return 0
            },
            attribute_declaration: { context, offset in
                TreeBuilder.behind(context)?.attributeDeclaration(at: offset) ?? false ? 0 : 1
            },
            entity_reference: { context, name, offset in
                guard let builder = TreeBuilder.behind(context) else { return 0 }
                return builder.entityReference(name, at: offset) ? 1 : 0
            },
            parameter_reference: { context, name in
                TreeBuilder.behind(context)?.isDeclared("%" + String(cString: name)) ?? false ? 1 : 0
            },
            error: { context, severity, code, message, offset in
                TreeBuilder.behind(context)?.fault(severity, code: code, message, at: offset)
            })
    }

    private static func behind(_ context: UnsafeMutableRawPointer?) -> TreeBuilder? {
        context.map { Unmanaged<TreeBuilder>.fromOpaque($0).takeUnretainedValue() }
    }
}
