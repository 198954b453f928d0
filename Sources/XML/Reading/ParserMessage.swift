// SPDX-License-Identifier: Apache-2.0

/// What libxml2 says about a fault, made fit for people.
enum ParserMessage {
    /// libxml2's number for a name that is missing, as after an ampersand that was meant as text.
    private static let nameRequired: Int32 = 68

    /// - Parameters:
    ///   - code: libxml2's number of the fault.
    ///   - message: its words, which may quote the document.
    /// - Returns: words on one line that cannot move a terminal's cursor, without the name of a C function in front.
    static func words(code: Int32, message: String) -> String {
        if code == nameRequired {
            return "a name is missing here; & and < that are meant as text are written &amp; and &lt;"
        }
        var scalars = String.UnicodeScalarView(
            message.unicodeScalars.map { scalar -> Unicode.Scalar in
                scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? " " : scalar
            })
        while scalars.last == " " { scalars.removeLast() }
        var words = Substring(String(scalars))
        if words.hasPrefix("xml"), let colon = words.firstIndex(of: ":"), !words[..<colon].contains(" ") {
            words = words[words.index(after: colon)...].drop { $0 == " " }
        }
        return words.isEmpty ? "not well-formed" : String(words)
    }
}
