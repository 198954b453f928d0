// SPDX-License-Identifier: Apache-2.0
import CXML2

/// An XPath 1.0 expression that says whether a document is wanted.
///
/// As Comet's filters: no namespace is bound (`local-name()` tells elements in a namespace), and the result counts as
/// true if it is a node set that is not empty, a number other than zero and NaN, a string that is not empty, or true.
public struct XPathFilter: Sendable, Hashable {
    /// Longest expression that is accepted, in bytes.
    public static let maximumLength = 4096

    /// The expression as given.
    public let expression: String

    /// A filter, if the expression can be compiled.
    ///
    /// - Throws: `XMLError` with code `expression`.
    public init(_ expression: String) throws(XMLError) {
        guard expression.utf8.count <= XPathFilter.maximumLength else {
            throw XMLError(
                .expression, message: "the expression has more bytes than the limit of \(XPathFilter.maximumLength)")
        }
        guard !expression.utf8.contains(0) else { throw XMLError(.expression, message: "the expression holds a NUL") }
        var offset = 0
        guard cxml2_xpath_check(expression, &offset) == 0 else {
            throw XMLError(.expression, message: "not an XPath 1.0 expression: it goes wrong at byte \(offset)")
        }
        self.expression = expression
    }

    /// True if the document is wanted; false also if the evaluation fails or takes too many steps.
    ///
    /// A step can cost as much as the document is long (`string(/)`), so that longer documents get fewer: enough for
    /// filters that look at each element once up to some 200 kB, and at worst some seconds for one made to be slow. A
    /// limit of time could not take their place: two sets of nodes are compared pair by pair in one step (`//@a < //@a`),
    /// which nothing interrupts, and only the steps that it took to gather them bound it.
    public func evaluate(_ document: XPathDocument) -> Bool {
        let steps = min(max(5_000_000_000 / max(document.byteCount, 1), 20_000), 500_000)
        return cxml2_xpath_evaluate(expression, document.pointer, UInt(steps)) == 1
    }

    /// True if the document in these bytes is wanted; false also if it cannot be read.
    public func evaluate(_ bytes: [UInt8]) -> Bool {
        guard let document = try? XPathDocument(bytes) else { return false }
        return evaluate(document)
    }
}
