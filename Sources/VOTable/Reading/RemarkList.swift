// SPDX-License-Identifier: Apache-2.0

/// Remarks that gather while a document is read.
struct RemarkList {
    /// The remarks, those of rows at most so many of a kind as a person looks at.
    private(set) var all: [VOTableDiagnostic] = []
    private var counts: [VOTableDiagnostic.Code: Int] = [:]
    /// True if one of them is an error.
    private(set) var hasErrors = false
    /// Remarks of one kind that are kept.
    static let maximumOfAKind = 50

    /// How many of a kind there were, those that were not kept among them.
    func count(of code: VOTableDiagnostic.Code) -> Int { counts[code] ?? 0 }

    /// Adds a remark.
    mutating func add(_ code: VOTableDiagnostic.Code, _ place: (line: Int, column: Int), _ message: String) {
        if addsNext(code) {
            all.append(VOTableDiagnostic(code, line: place.line, column: place.column, message: message))
        }
    }

    /// Counts a remark; true if it is to be written, so that the place of one that is not need not be found.
    mutating func addsNext(_ code: VOTableDiagnostic.Code) -> Bool {
        counts[code, default: 0] += 1
        if code.severity == .error { hasErrors = true }
        return counts[code, default: 0] <= RemarkList.maximumOfAKind
    }

    /// Adds a remark that was counted.
    mutating func append(_ diagnostic: VOTableDiagnostic) { all.append(diagnostic) }

    /// The remarks in the order of the document.
    var sorted: [VOTableDiagnostic] {
        all.enumerated().sorted { a, b in
            (a.element.line, a.element.column, a.offset) < (b.element.line, b.element.column, b.offset)
        }.map(\.element)
    }
}
