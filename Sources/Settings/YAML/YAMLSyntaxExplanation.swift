// SPDX-License-Identifier: Apache-2.0

/// What libyaml's complaint means to somebody who edits a configuration file.
func explanation(of problem: YAMLSyntaxProblem, in text: [UInt8]) -> ConfigurationMistake {
    guard let place = problem.place else {
        return ConfigurationMistake(
            place: placeOfByte(problem.byteOffset, in: text), key: "",
            message: "a byte that is not text: \(problem.problem)",
            remedy: "save the file as UTF-8 without control characters")
    }
    if let tabColumn = columnOfIndentingTab(line: place.line, in: text) {
        return ConfigurationMistake(
            place: SettingsPlace(line: place.line, column: tabColumn), key: "",
            message: "a tab is used for indentation", remedy: "indent with spaces; YAML does not know tabs")
    }
    let (message, remedy) = inPlainWords(problem)
    // libyaml notices a missing colon only where the next key begins.
    let start = problem.problem == missingColon ? problem.contextPlace ?? place : place
    return ConfigurationMistake(place: start, key: "", message: message, remedy: remedy)
}

private let missingColon = "could not find expected ':'"

private func inPlainWords(_ problem: YAMLSyntaxProblem) -> (String, String?) {
    let beginning = problem.contextPlace.map { " that began at line \($0.line), column \($0.column)" } ?? ""
    switch problem.problem {
    case missingColon:
        return ("a key has no ':'", "write 'key: value' with a space after the colon")
    case "mapping values are not allowed in this context":
        return (
            "a ':' where no key can stand",
            "begin the keys of one section in the same column, and quote a text that contains ': '"
        )
    case "did not find expected key":
        return (
            "this line does not belong to the section\(beginning)",
            "begin the keys of one section in the same column"
        )
    case "did not find expected '-' indicator":
        return ("this line does not belong to the list\(beginning)", "begin every element of a list with '- '")
    case "did not find expected ',' or ']'":
        return ("the list\(beginning) is not closed", "separate its elements by ',' and end it with ']'")
    case "did not find expected ',' or '}'":
        return ("the section\(beginning) is not closed", "separate its keys by ',' and end it with '}'")
    case "found unexpected end of stream":
        return ("the file ends inside a quoted text\(beginning)", "close the quotes")
    case "found character that cannot start any token":
        return ("a text must not begin with this character", "quote the text")
    default:
        return ("this is not YAML: \(problem.problem)", problem.context.map { "\($0)\(beginning)" })
    }
}

/// The column of a tab among the blanks that begin a line, from 1.
private func columnOfIndentingTab(line: Int, in text: [UInt8]) -> Int? {
    let newline = UInt8(ascii: "\n")
    let lines = text.split(separator: newline, maxSplits: line, omittingEmptySubsequences: false)
    guard line >= 1, line <= lines.count else { return nil }
    let indentation = lines[line - 1].prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return indentation.firstIndex(of: UInt8(ascii: "\t")).map { $0 - indentation.startIndex + 1 }
}

private func placeOfByte(_ offset: Int, in text: [UInt8]) -> SettingsPlace {
    let before = text.prefix(max(0, offset))
    let newline = UInt8(ascii: "\n")
    let line = before.count { $0 == newline } + 1
    let lineStart = before.lastIndex(of: newline).map { $0 + 1 } ?? 0
    // Bytes that continue a character do not count as columns.
    let column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
    return SettingsPlace(line: line, column: column)
}
