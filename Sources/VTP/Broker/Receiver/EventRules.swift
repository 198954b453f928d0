// SPDX-License-Identifier: Apache-2.0

import VOEvent
import XML

/// The rules that an event must follow to be accepted: those of its own version of VOEvent, and an identifier that
/// can be logged, compared and cited.
///
/// What a validator only warns of passes: the broker reads leniently, and old archives hold such packets.
struct EventRules: Sendable {
    private let validator: VOEventValidator

    init() {
        var limits = VOEventValidator.defaultLimits
        // The size was limited when the message was framed.
        limits.maximumBytes = .max
        validator = VOEventValidator(limits: limits)
    }

    /// Everything that breaks a rule in bytes that could not be read as an event, each with line and column.
    func violations(inUnreadable packet: [UInt8]) -> [String] { violations(validator.validate(packet)) }

    /// Everything that breaks a rule in an event, each with line and column; empty if it may pass.
    func violations(in document: XMLDocument, byteCount: Int, ivorn: String) -> [String] {
        violations(validator.validate(document, byteCount: byteCount, warns: false))
            + violations(inIdentifier: ivorn)
    }

    private func violations(_ report: ValidationReport) -> [String] {
        report.passes ? [] : report.errors.map(\.sentence)
    }

    private func violations(inIdentifier ivorn: String) -> [String] {
        var violations: [String] = []
        if !ivorn.hasPrefix("ivo://") { violations.append("the ivorn does not begin with ivo://") }
        if ivorn.utf8.contains(UInt8(ascii: " ")) || ivorn.hasControlCharacters
            || !ivorn.isPlainASCII && ivorn.contains(where: \.isWhitespace)
        {
            violations.append("the ivorn holds a space or a control character")
        }
        return violations
    }
}

extension Finding {
    /// The finding as a refusal says it.
    fileprivate var sentence: String { line > 0 ? "line \(line), column \(column): \(message)" : message }
}
