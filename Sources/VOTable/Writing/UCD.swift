// SPDX-License-Identifier: Apache-2.0

/// Unified Content Descriptors.
///
/// - Reference: An IVOA Standard for Unified Content Descriptors 1.1, 2005; the vocabulary is UCD1+ 1.4.
enum UCD {
    /// The first parts that the words of the vocabulary have.
    private static let branches: Set<Substring> = [
        "arith", "em", "instr", "meta", "obs", "phot", "phys", "pos", "spect", "src", "stat", "time",
    ]

    /// True for words of atoms like `phot.count;stat.error` whose first atoms are of the vocabulary.
    static func isWellFormed(_ text: String) -> Bool {
        let words = text.split(separator: ";", omittingEmptySubsequences: false)
        return words.allSatisfy { word in
            let atoms = word.split(separator: ".", omittingEmptySubsequences: false)
            guard let branch = atoms.first, branches.contains(branch) else { return false }
            return atoms.allSatisfy { atom in
                guard let first = atom.utf8.first, isLetterOrDigit(first) else { return false }
                return atom.utf8.allSatisfy {
                    isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                }
            }
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
}
