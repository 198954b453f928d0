// SPDX-License-Identifier: Apache-2.0

/// Lines of a text file with their numbers, and numbers in them.
enum TextLines {
    /// A line that is not empty.
    struct Line {
        /// 1-based.
        let number: Int
        let words: [Substring]
        let text: Substring
    }

    /// All lines with words in them.
    static func lines(of bytes: [UInt8]) -> [Line] {
        let text = String(decoding: bytes, as: UTF8.self)
        var lines: [Line] = []
        var number = 0
        for part in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            let line = Substring(part)
            let words = line.utf8.split { $0 == 0x20 || (0x09...0x0D).contains($0) }.map { Substring($0) }
            if !words.isEmpty { lines.append(Line(number: number, words: words, text: line)) }
        }
        return lines
    }
}

extension TextLines.Line {
    /// The whole number in a word.
    func integer(_ word: Int, file: String) throws(PropagationError) -> Int {
        guard let value = Int(words[word]) else { throw malformed(word, "a whole number", file: file) }
        return value
    }

    /// The number in a word; nil if it is not finite.
    func number(_ word: Int, file: String) throws(PropagationError) -> Double? {
        guard let value = Double(words[word]) else { throw malformed(word, "a number", file: file) }
        return value.isFinite ? value : nil
    }

    private func malformed(_ word: Int, _ wanted: String, file: String) -> PropagationError {
        PropagationError(
            .malformed, place: "\(file):\(number)",
            message: "word \(word + 1) must be \(wanted) and is \"\(words[word].prefix(24))\"")
    }
}
