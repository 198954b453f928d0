// SPDX-License-Identifier: Apache-2.0

/// The types of text in elements and attributes.
enum ValueType: Sendable, Hashable {
    /// Any text.
    case string
    /// A URI reference.
    case uri
    /// `YYYY-MM-DDThh:mm:ss…`.
    case dateTime
    /// A floating-point number.
    case float
    /// A number from 0 to 1.
    case probability
    /// A name that stands only once in the document.
    case identifier
    /// One of a list, exactly as written there.
    case oneOf([String])
    /// One text, white space around it not counting.
    case fixed(String)

    /// What is wrong with a text of this type, as the end of a sentence; nil if nothing is.
    func fault(in text: String) -> String? {
        switch self {
        case .string: return nil
        case .uri:
            return URIReference.isValid(text) ? nil : "is not a URI"
        case .dateTime:
            if XSDDateTime.isValid(text) { return nil }
            return XSDDateTime.isValid(XSDLexical.collapsed(text))
                ? "has white space around the date, which libxml2 and the brokers built on it refuse"
                : "is not a date and time of the form YYYY-MM-DDThh:mm:ss"
        case .float:
            return XSDLexical.float(text) == nil ? "is not a number" : nil
        case .probability:
            guard let number = XSDLexical.float(text) else { return "is not a number" }
            return (0...1).contains(number) ? nil : "is not between 0 and 1"
        case .identifier:
            return XSDLexical.isID(text) ? nil : "is not a name (a letter or _, then letters, digits, - . _)"
        case .oneOf(let values):
            return values.contains(text) ? nil : "is not one of: " + values.joined(separator: ", ")
        case .fixed(let value):
            return XSDLexical.collapsed(text) == value ? nil : "is not \"\(value)\""
        }
    }
}
