// SPDX-License-Identifier: Apache-2.0

import XML

@testable import VOEvent

/// Made once: tables of rules.
private let validator = VOEventValidator()
private let author = VOEventAuthor()

/// A packet from a stranger.
///
/// Promises: the validator's findings are bounded in number and length and lie in the document; what is accepted, written and
/// read again is equal; what the author writes is valid.
@_cdecl("LLVMFuzzerTestOneInput")
public func packet(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = input(start, count)
    let report = validator.validate(bytes)
    let findings = report.errors + report.warnings
    promise(findings.count <= 2 * (ValidationReport.maximumFindings + 1), "\(findings.count) findings")
    // A lone carriage return ends no line, and in UTF-16 a line feed is one byte of two: the bytes are an upper bound.
    let lines = bytes.count { $0 == 10 } + 1
    for finding in findings {
        promise((0...lines).contains(finding.line), "line \(finding.line) of \(lines)")
        promise(
            finding.message.unicodeScalars.count <= XMLDiagnostic.maximumMessageLength,
            "a finding of \(finding.message.utf8.count) bytes")
        promise(!finding.message.utf8.contains { $0 < 0x20 }, "a control character in \(finding.message)")
    }
    promise(report.valid != false || !report.errors.isEmpty, "not valid without a reason")

    let received: ReceivedVOEvent
    do throws(VOEventError) {
        received = try VOEventReader().read(bytes)
    } catch {
        promise(error.description.utf8.count < 200_000, "an error of \(error.description.utf8.count) bytes")
        return 0
    }
    promise(report.wellFormed, "read, but not well-formed")
    promise(!received.bytes[received.identityRange].isEmpty, "nothing to compare")
    readAgain(received.packet)
    return 0
}

/// Writes a packet as far as it can be written at all, valid or not, and reads it.
private func readAgain(_ packet: VOEventPacket) {
    let strict = try? author.write(packet)
    if let strict { promise(validator.validate(strict).valid == true, "the author wrote what is not valid") }
    guard AuthoringCheck.problems(of: packet).isEmpty else { return }
    var writer = XMLWriter()
    writer.write(packet)
    guard let written = try? writer.finish() else { return }
    promise(strict == nil || strict == written, "the author writes something else")
    do throws(VOEventError) {
        let again = try VOEventReader().read(written).packet
        promise(again == packet, "read again it is \(again), it was \(packet)")
    } catch {
        fatalError("what was written cannot be read: \(error)")
    }
}
