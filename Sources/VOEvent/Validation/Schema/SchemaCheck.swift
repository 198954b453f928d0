// SPDX-License-Identifier: Apache-2.0
import XML

/// One walk over a document with the rules of a version, keeping every error.
struct SchemaCheck {
    private(set) var findings: [Finding] = []
    /// Identifiers seen so far: an `xs:ID` stands only once in a document.
    private var identifiers: Set<String> = []

    private static let schemaInstance = "http://www.w3.org/2001/XMLSchema-instance"

    /// Checks a whole document.
    mutating func check(_ document: XMLDocument, rules: SchemaRules) {
        for fault in document.namespaceFaults + document.entityReferences {
            findings.append(Finding(.error, line: fault.line, column: fault.column, message: fault.message))
        }
        let root = document.root
        guard root.localName == "VOEvent" else {
            return error(root, "the root element is \"\(root.qualifiedName)\", not VOEvent")
        }
        if root.namespaceURI != rules.namespace {
            let found = root.namespaceURI.map { "in namespace \(Finding.quoted($0))" } ?? "in no namespace"
            error(root, "VOEvent is \(found) instead of \"\(rules.namespace)\"")
        }
        check(root, rule: rules.root, inherited: nil)
    }

    /// Checks one element. `inherited` is a namespace that was already complained about on an element around it.
    private mutating func check(_ element: XMLElement, rule: ElementRule, inherited: String?) {
        checkAttributes(of: element, rule: rule)
        switch rule.content {
        case .empty:
            for child in element.elements { notAllowed(child, in: element, allowed: []) }
            if !element.text.isEmpty { error(element, "\(element.localName) must be empty, without even a space") }
        case .value(let type):
            for child in element.elements {
                error(child, "\(element.localName) holds text only, but has an element \"\(child.qualifiedName)\"")
            }
            guard element.elements.isEmpty, let fault = type.fault(in: element.text) else { return }
            error(element, "\(element.localName) \(Finding.quoted(element.text)) \(fault)")
        case .anyOrder(let children):
            checkAnyOrder(element, children, inherited)
        case .mixture(let children, let atLeastOne):
            checkText(in: element)
            for child in element.elements { descend(child, in: element, children, inherited) }
            if atLeastOne, element.elements.isEmpty {
                error(
                    element, "\(element.localName) is empty; it needs at least one of: \(SchemaCheck.names(children))")
            }
        case .sequence(let steps):
            checkSequence(element, steps, inherited)
        }
    }

    private mutating func checkAttributes(of element: XMLElement, rule: ElementRule) {
        for attribute in element.attributes {
            let place = (line: attribute.line, column: attribute.column)
            if attribute.namespaceURI == SchemaCheck.schemaInstance {
                if !["schemaLocation", "noNamespaceSchemaLocation"].contains(attribute.localName) {
                    error(place, "attribute \"\(attribute.qualifiedName)\" is not allowed in \(element.localName)")
                }
                continue
            }
            guard attribute.prefix == nil, let known = rule.attributes.first(where: { $0.name == attribute.localName })
            else {
                let allowed = rule.attributes.map(\.name).joined(separator: ", ")
                let hint = allowed.isEmpty ? "it has none" : "it has: \(allowed)"
                error(
                    place,
                    "attribute \(Finding.quoted(attribute.qualifiedName)) is not one of \(element.localName); \(hint)")
                continue
            }
            if let fault = known.type.fault(in: attribute.value) {
                error(place, "\(known.name) \(Finding.quoted(attribute.value)) of \(element.localName) \(fault)")
            } else if known.type == .identifier,
                !identifiers.insert(XSDLexical.collapsed(attribute.value)).inserted
            {
                error(place, "\(known.name) \(Finding.quoted(attribute.value)) stands more than once in the packet")
            }
        }
        for known in rule.attributes where known.isRequired && element.attribute(known.name) == nil {
            error(element, "attribute \"\(known.name)\" of \(element.localName) is missing")
        }
    }

    private mutating func checkText(in element: XMLElement) {
        guard element.text.utf8.contains(where: { !XSDLexical.isWhiteSpace($0) }) else { return }
        let text = XSDLexical.collapsed(element.text)
        error(element, "\(element.localName) holds elements only, but has the text \(Finding.quoted(text))")
    }

    private mutating func checkAnyOrder(_ element: XMLElement, _ children: [ChildRule], _ inherited: String?) {
        checkText(in: element)
        var seen: Set<String> = []
        for child in element.elements where descend(child, in: element, children, inherited) {
            if !seen.insert(child.localName).inserted {
                error(child, "\(child.localName) stands more than once in \(element.localName)")
            }
        }
        for missing in children where missing.isRequired && !seen.contains(missing.name) {
            error(element, "\(missing.name) is missing in \(element.localName)")
        }
    }

    private mutating func checkSequence(_ element: XMLElement, _ steps: [StepRule], _ inherited: String?) {
        checkText(in: element)
        let all = steps.flatMap(\.alternatives)
        var counts = steps.map { _ in 0 }
        var current = 0
        for child in element.elements where descend(child, in: element, all, inherited) {
            guard let step = steps.firstIndex(where: { $0.alternatives.contains { $0.name == child.localName } }) else {
                continue
            }
            if step < current {
                error(child, "\(child.localName) must stand before \(steps[current].alternatives[0].name)")
            } else if counts[step] > 0, !steps[step].mayRepeat {
                let names = SchemaCheck.names(steps[step].alternatives, separator: " or ")
                error(child, "only one \(names) may stand in \(element.localName)")
            }
            counts[step] += 1
            current = max(current, step)
        }
        for (step, count) in zip(steps, counts) where step.isRequired && count == 0 {
            error(element, "\(SchemaCheck.names(step.alternatives)) is missing in \(element.localName)")
        }
    }

    /// Checks a child if it is one of those allowed; tells whether it was.
    @discardableResult
    private mutating func descend(
        _ child: XMLElement, in element: XMLElement, _ allowed: [ChildRule], _ inherited: String?
    ) -> Bool {
        guard let known = allowed.first(where: { $0.name == child.localName }) else {
            notAllowed(child, in: element, allowed: allowed)
            return false
        }
        if let namespace = child.namespaceURI, namespace != inherited {
            error(
                child,
                "\(child.localName) is in namespace \(Finding.quoted(namespace)); all elements but the root are in none"
            )
        }
        check(child, rule: known.rule, inherited: child.namespaceURI)
        return true
    }

    private mutating func notAllowed(_ child: XMLElement, in element: XMLElement, allowed: [ChildRule]) {
        let expected = allowed.isEmpty ? "it must be empty" : "it may hold: \(SchemaCheck.names(allowed))"
        error(child, "\(Finding.quoted(child.qualifiedName)) cannot stand in \(element.localName); \(expected)")
    }

    private static func names(_ children: [ChildRule], separator: String = ", ") -> String {
        children.map(\.name).joined(separator: separator)
    }

    private mutating func error(_ element: XMLElement, _ message: String) {
        error((element.line, element.column), message)
    }

    private mutating func error(_ place: (line: Int, column: Int), _ message: String) {
        findings.append(Finding(.error, line: place.line, column: place.column, message: message))
    }
}
