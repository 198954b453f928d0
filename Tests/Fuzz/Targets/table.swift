// SPDX-License-Identifier: Apache-2.0

import VOTable
import XML

/// Reads a table piece by piece; nil if it is refused.
private func read(_ pieces: [ArraySlice<UInt8>]) -> VOTableReading? {
    do throws(VOTableReadingError) {
        let stream = try VOTableStreamReader(consumer: nil)
        for piece in pieces { try stream.feed(Array(piece)) }
        return try stream.finish()
    } catch {
        promise(!error.diagnostics.isEmpty, "refused without a reason")
        return nil
    }
}

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// A table from a stranger; the number of bytes says where it is cut.
///
/// Promises: columns of a table are equally long; in pieces it reads as it does whole; what is accepted and written twice, with
/// a reading in between, is the same, as text and as bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func table(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = input(start, count)
    guard let reading = read([bytes[...]]) else {
        promise(read(bytes.pieces(seed: UInt64(count))) == nil, "in pieces it is not refused")
        return 0
    }
    promise(
        reading.diagnostics.allSatisfy { $0.message.unicodeScalars.count <= XMLDiagnostic.maximumMessageLength },
        "a remark without end")
    for table in reading.document.tables {
        promise(Set(table.columns.map(\.values.count)).count <= 1, "columns of different lengths")
    }
    // Not a number is not equal to itself: the texts are compared.
    let inPieces = read(bytes.pieces(seed: UInt64(count)))
    promise("\(reading.document)" == inPieces.map { "\($0.document)" }, "in pieces it reads otherwise")
    for serialisation in VOTableSerialisation.allCases {
        guard let written = try? VOTableWriter.write(reading.document, as: serialisation) else { continue }
        guard let again = read([written[...]]) else { fatalError("what was written cannot be read") }
        promise(again.isComplete, "what was written is not complete: \(again.diagnostics)")
        do throws(VOTableError) {
            let second = try VOTableWriter.write(again.document, as: serialisation)
            // As text an empty text and none are the same, and are read as none.
            promise(
                text(second) == text(written).replacing("<TD></TD>", with: "<TD/>"),
                "written again it is \(text(second)), it was \(text(written))")
        } catch {
            fatalError("what was written and read cannot be written: \(error)")
        }
    }
    return 0
}
