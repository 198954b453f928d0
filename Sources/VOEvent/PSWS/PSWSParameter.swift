// SPDX-License-Identifier: Apache-2.0
import UTC

/// One entry of the PSWS vocabulary: how a quantity is called, what it means and in which unit it stands.
public struct PSWSParameter: Sendable, Hashable {
    /// Name in packets.
    public let name: String
    /// Meaning, as IVOA unified content descriptors (UCD1+).
    public let ucd: String
    /// Unit after VOUnits; nil for texts and pure numbers.
    public let unit: String?
    /// Type of the values.
    public let dataType: What.DataType
    /// The meaning in one sentence, written into every packet.
    public let description: String

    init(_ name: String, ucd: String, unit: String? = nil, _ dataType: What.DataType, _ description: String) {
        self.name = name
        self.ucd = ucd
        self.unit = unit
        self.dataType = dataType
        self.description = description
    }

    /// The parameter with a number, in the unit of the vocabulary.
    public func param(_ value: Double) -> What.Param { param(dataType == .int ? wholeText(value) : numberText(value)) }

    /// The parameter with a whole number.
    public func param(_ value: Int) -> What.Param { param(String(value)) }

    /// The parameter with a time: ISO 8601 in UTC with `Z` and microseconds.
    public func param(_ time: UTCInstant) -> What.Param { param(time.iso8601(fractionDigits: 6)) }

    /// The parameter with a text.
    public func param(_ text: String) -> What.Param {
        What.Param(
            name: name, value: text, ucd: ucd, unit: unit, dataType: dataType, description: description)
    }

    /// The column of a table with this meaning.
    public var field: What.Field {
        What.Field(name: name, ucd: ucd, unit: unit, dataType: dataType, description: description)
    }

    private func wholeText(_ value: Double) -> String {
        Int(exactly: value.rounded()).map(String.init) ?? numberText(value)
    }
}
