// SPDX-License-Identifier: Apache-2.0

import Testing
import XML

@testable import VOTable

/// Damaged documents: whatever comes in, reading ends, in bounded memory, with rows or with remarks.
@Suite struct VOTableFuzzTests {
    private static let seeds: [[UInt8]] = {
        var documents = VOTableSerialisation.allCases.compactMap {
            try? VOTableWriter.write(completeDocument(), as: $0)
        }
        documents.append(Array(VOTableDiagnosticTests.published.utf8))
        documents.append(
            Array(
                document(
                    "<GROUP name=\"g\"><FIELDref ref=\"a\"/></GROUP><FIELD ID=\"a\" name=\"a\" datatype=\"doubleComplex\" "
                        + "arraysize=\"2x*\"/><FIELD name=\"b\" datatype=\"bit\" arraysize=\"9\"/><DATA><TABLEDATA><TR><TD>1 2 3 4"
                        + "</TD><TD>101010101</TD></TR></TABLEDATA></DATA>"
                ).utf8))
        return documents
    }()

    private static let words = [
        "<", ">", "</TD>", "<TR>", "<TABLE>", "]]>", "<![CDATA[", "<!--", "&lt;", "&x;", "\0", "\u{FFFD}",
        "arraysize=\"*\"",
        "arraysize=\"99999999999x*\"", "99999999999999999999", "<PARAM ", "/>", "base64", "AAAA", "////", "é",
    ].map { Array($0.utf8) }

    private func mutated(_ seed: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
        var bytes = seed
        for _ in 0..<Int.random(in: 1...4, using: &numbers) {
            let place = Int.random(in: 0...bytes.count, using: &numbers)
            switch Int.random(in: 0..<5, using: &numbers) {
            case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &numbers)
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &numbers)))
            case 2: bytes.insert(contentsOf: Self.words.randomElement(using: &numbers) ?? [], at: place)
            case 3: bytes.removeSubrange(place...)
            default:
                let end = min(bytes.count, place + 60)
                bytes.insert(
                    contentsOf: Array(bytes[place..<end]), at: Int.random(in: 0...bytes.count, using: &numbers))
            }
        }
        return bytes
    }

    @Test func `Mutated documents are read or refused, in pieces as in one`() throws {
        var numbers = SeededNumbers(seed: 20_180_522)
        for round in 0..<800 {
            let bytes = mutated(Self.seeds[round % Self.seeds.count], &numbers)
            let whole: String
            do throws(VOTableReadingError) {
                let reading = try VOTableReader().read(bytes)
                whole = reading.document.tables.map { "\($0.columns.map(\.values))" }.joined()
                for table in reading.document.tables { #expect(Set(table.columns.map(\.values.count)).count <= 1) }
            } catch {
                #expect(!error.diagnostics.isEmpty)
                whole = "refused"
            }
            guard isForPieces(bytes) else { continue }
            let length = Int.random(in: 1...200, using: &numbers)
            var pieces = "refused"
            do throws(VOTableReadingError) {
                let stream = try VOTableStreamReader(consumer: nil)
                for start in stride(from: 0, to: bytes.count, by: length) {
                    try stream.feed(Array(bytes[start..<min(start + length, bytes.count)]))
                }
                pieces = try stream.finish().document.tables.map { "\($0.columns.map(\.values))" }.joined()
            } catch {}
            #expect(pieces == whole, "round \(round)")
        }
    }

    /// Whether a document says that it is UTF-8, as pieces must be.
    private func isForPieces(_ bytes: [UInt8]) -> Bool {
        let head = String(decoding: bytes.prefix(256), as: UTF8.self)
        return head.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>") || !head.contains("encoding")
    }

    /// A document with rows in bytes.
    private func binary(_ fields: String, _ bytes: [UInt8]) -> [UInt8] {
        var encoder = Base64Encoder()
        var base64: [UInt8] = []
        encoder.encode(bytes, into: &base64)
        encoder.finish(into: &base64)
        let text = String(decoding: base64, as: UTF8.self)
        return Array(
            document("\(fields)<DATA><BINARY><STREAM encoding=\"base64\">\(text)</STREAM></BINARY></DATA>").utf8)
    }

    @Test(arguments: ["char", "double", "bit", "doubleComplex"])
    func `A count of two thousand million elements is refused, not waited for`(datatype: String) throws {
        let field = "<FIELD name=\"a\" datatype=\"\(datatype)\" arraysize=\"*\"/>"
        let reading = try VOTableReader().read(binary(field, [0x7F, 0xFF, 0xFF, 0xFF, 1, 2, 3]))
        #expect(reading.diagnostics.map(\.code) == [.limit] && !reading.isComplete)
        let negative = try VOTableReader().read(binary(field, [0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3]))
        #expect(negative.diagnostics.map(\.code) == [.damagedStream])
    }

    @Test func `Rows without bytes are refused`() throws {
        let field = "<FIELD name=\"a\" datatype=\"int\" arraysize=\"0\"/>"
        let reading = try VOTableReader().read(binary(field, [1, 2, 3]))
        #expect(!reading.isComplete)
    }

    @Test func `A size beyond belief is refused and empty cells of a great one take no memory`() throws {
        let great = document("<FIELD name=\"a\" datatype=\"int\" arraysize=\"99999999x99999999\"/>")
        #expect(strictRemarks(great).first?.contains("E13") == true)
        let rows = String(repeating: "<TR><TD/></TR>", count: 1000)
        let reading = try VOTableReader().read(
            Array(
                document(
                    "<FIELD name=\"a\" datatype=\"double\" arraysize=\"16000000\"/><DATA><TABLEDATA>\(rows)</TABLEDATA></DATA>"
                )
                .utf8))
        guard case .cells(let cells) = reading.document.tables[0].columns[0].values else { return #expect(Bool(false)) }
        #expect(cells.count == 1000 && cells.elements.count == 0)
    }

    @Test func `Deep nesting, endless tags and many elements end with a message`() {
        func codes(_ text: String) -> [VOTableDiagnostic.Code] {
            do throws(VOTableReadingError) {
                return try VOTableReader().read(Array(text.utf8)).diagnostics.map(\.code)
            } catch {
                return error.diagnostics.map(\.code)
            }
        }
        let head = "<VOTABLE version=\"1.4\" xmlns=\"http://www.ivoa.net/xml/VOTable/v1.3\">"
        #expect(codes(head + String(repeating: "<RESOURCE>", count: 1000)).contains(.limit))
        #expect(codes(head + String(repeating: "<INFO name='a' value='b'/>", count: 140_000)).contains(.limit))
        let attributes = (0..<1000).map { " a\($0)='>'" }.joined()
        #expect(codes("\(head)<RESOURCE\(attributes)/>").contains(.limit))
        #expect(codes("\(head)<INFO name='" + String(repeating: ">", count: 200_000)).contains(.xml))
        #expect(codes(head + "<!--" + String(repeating: "->", count: 200_000)).contains(.xml))
    }
}
