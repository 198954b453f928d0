// SPDX-License-Identifier: Apache-2.0

import XML

/// A remark about one place of a VOTable that is read.
public struct VOTableDiagnostic: Sendable, Hashable, CustomStringConvertible {
    /// How bad it is.
    public enum Severity: String, Sendable, Hashable {
        /// The standard is not followed, but what is meant is clear.
        case warning
        /// What is meant is not clear, or lost. Strict reading refuses it.
        case error
    }

    /// Number of the remark: `W…` and `E…` as astropy counts them, `P…` for what it does not know.
    public let code: Code
    /// Line and column, from 1; 0 where the remark is about the whole.
    public let line: Int, column: Int
    /// What is there, in words, without a full stop; at most `XMLDiagnostic.maximumMessageLength` characters.
    public let message: String

    /// A remark from its parts.
    public init(_ code: Code, line: Int, column: Int, message: String) {
        self.code = code
        self.line = line
        self.column = column
        self.message = XMLDiagnostic.bounded(message)
    }

    /// How bad it is.
    public var severity: Severity { code.severity }

    /// `line:column: W47: message`.
    public var description: String {
        (line > 0 ? "\(line):\(column): " : "") + "\(code.rawValue): \(message)"
    }

    /// Numbers of remarks.
    ///
    /// - Reference: `astropy.io.votable.exceptions`, whose numbers people know.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// An array has commas between its elements.
        case commas = "W01"
        /// An identifier is no XML name.
        case identifier = "W02"
        /// A content descriptor does not follow UCD1+.
        case ucd = "W06"
        /// An element that the standard does not know.
        case unknownElement = "W10"
        /// A field has no name.
        case fieldName = "W15"
        /// More than one description.
        case descriptions = "W17"
        /// There are more or fewer rows than `nrows` says.
        case rowCount = "W18"
        /// The version is not stated.
        case noVersion = "W20"
        /// The version is none of those known.
        case version = "W21"
        /// DEFINITIONS is no longer used.
        case definitions = "W22"
        /// Text that is no number.
        case number = "W30"
        /// An identifier that is there twice.
        case duplicate = "W32"
        /// An INFO lacks its name or value.
        case info = "W35"
        /// The value that stands for none does not fit to the type.
        case null = "W36"
        /// A serialisation that is not read.
        case serialisation = "W37"
        /// A stream that is not in base64.
        case encoding = "W38"
        /// The namespace is not that of the version.
        case namespace = "W41"
        /// There is no namespace.
        case noNamespace = "W42"
        /// A reference to something that is not there.
        case reference = "W43"
        /// Text that is longer than its type allows.
        case tooLong = "W46"
        /// Text without a size, which means one character.
        case oneCharacter = "W47"
        /// An attribute that the standard does not know.
        case attribute = "W48"
        /// A whole number is missing where its type needs one.
        case emptyInteger = "W49"
        /// A unit does not follow VOUnits.
        case unit = "W50"
        /// A whole number that its type cannot hold.
        case range = "W51"
        /// BINARY2 before version 1.3.
        case binary2 = "W52"
        /// There is no resource.
        case noResource = "W53"
        /// A time system before version 1.4.
        case timeSystem = "W54"
        /// `char` with other characters than ASCII.
        case notASCII = "W55"
        /// An array with the wrong number of elements.
        case elementCount = "E02"
        /// Text that is no complex number.
        case complex = "E03"
        /// Text that is no bit.
        case bit = "E04"
        /// Text that is no truth value.
        case boolean = "E05"
        /// A type that the standard does not know.
        case datatype = "E06"
        /// An element without the value that it must have.
        case noValue = "E09"
        /// A field without a type.
        case noDatatype = "E10"
        /// A size that is none.
        case arraySize = "E13"
        /// A parameter without a value.
        case parameterValue = "E14"
        /// A coordinate system without an identifier.
        case coordinateSystemID = "E15"
        /// The document is no VOTable.
        case notVOTable = "E19"
        /// A row has more cells than there are columns.
        case moreCells = "E20"
        /// A row has fewer cells than there are columns.
        case fewerCells = "E21"
        /// A time system without an identifier.
        case timeSystemID = "E22"
        /// A time origin that is none.
        case timeOrigin = "E23"
        /// Data without columns.
        case noFields = "E25"
        /// The document is not well-formed.
        case xml = "P01"
        /// An element at a place where it cannot be, mostly since another was not closed.
        case misplaced = "P02"
        /// Binary data that end within a row, or are not base64.
        case damagedStream = "P03"
        /// Data that are not in the document; they are not fetched.
        case elsewhere = "P04"
        /// More of something than the limit.
        case limit = "P05"

        /// How bad it is.
        public var severity: Severity {
            switch self {
            case .number, .range, .tooLong, .misplaced, .xml, .damagedStream, .elsewhere, .limit, .serialisation,
                .encoding:
                .error
            default: rawValue.hasPrefix("E") ? .error : .warning
            }
        }
    }
}

/// A document that was not read: all that was found.
public struct VOTableReadingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Everything that was found, in the order of the document, an error among it.
    public let diagnostics: [VOTableDiagnostic]

    /// The remark for which the document was refused.
    public var first: VOTableDiagnostic? { diagnostics.first { $0.severity == .error } }

    /// The first error and how many more there are.
    public var description: String {
        let others = diagnostics.count - 1
        return (first?.description ?? "not read") + (others > 0 ? " (and \(others) more remarks)" : "")
    }
}
