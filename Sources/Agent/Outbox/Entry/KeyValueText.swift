// SPDX-License-Identifier: Apache-2.0

/// A small text file of `key: value` lines that `cat` shows and a person understands. A key may stand several times.
struct KeyValueText: Sendable {
    private var fields: [(key: String, value: String)] = []

    /// No lines.
    init() {}

    /// Reads lines; those without a colon are skipped.
    init(_ bytes: [UInt8]) {
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            fields.append((String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " })))
        }
    }

    /// Adds a line, unless there is no value. Whatever would break the line becomes a blank, and what nobody would
    /// read to its end is cut: the values are other people's words.
    mutating func append(_ key: String, _ value: String?) {
        guard let value else { return }
        let scalars = value.unicodeScalars.prefix(2000).map {
            $0.properties.generalCategory == .control || $0 == "\u{2028}" || $0 == "\u{2029}" ? " " : $0
        }
        fields.append((key, String(String.UnicodeScalarView(scalars))))
    }

    /// The first value of a key.
    subscript(key: String) -> String? { fields.first { $0.key == key }?.value }

    /// All values of a key.
    func all(_ key: String) -> [String] { fields.filter { $0.key == key }.map(\.value) }

    /// The text.
    var bytes: [UInt8] { Array(fields.map { "\($0.key): \($0.value)\n" }.joined().utf8) }
}
