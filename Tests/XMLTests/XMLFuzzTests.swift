// SPDX-License-Identifier: Apache-2.0
import Testing
import XML

/// SplitMix64: the same seed gives the same numbers on every machine.
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

private let seedDocument = """
    <?xml version="1.0" encoding="UTF-8"?><!DOCTYPE a [<!ENTITY e "x"><!ENTITY % p "q">]><!-- c -->
    <v:a xmlns:v="urn:v" b="1 &amp; &#50; &e;"><c d='é'>&e; text &lt;</c><![CDATA[ raw ]]><?pi x?><e/></v:a>
    """

@Test func `Mutated documents are read or refused, and every place named lies in the document`() {
    var generator = SeededGenerator(state: 7)
    let seed = Array(seedDocument.utf8)
    var refused = 0
    for _ in 0..<3000 {
        var bytes = seed
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
            let place = Int.random(in: 0..<max(bytes.count, 1), using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0 where !bytes.isEmpty: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1 where !bytes.isEmpty: bytes.remove(at: place)
            case 2:
                bytes.insert(
                    Array("<>&;'\"=/![]?-%".utf8).randomElement(using: &generator) ?? 0, at: min(place, bytes.count))
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 0...40, using: &generator)))
            default:
                let end = min(bytes.count, place + Int.random(in: 0...40, using: &generator))
                bytes.insert(contentsOf: bytes[place..<end], at: place)
            }
        }
        let lines = bytes.count { $0 == 10 } + 1
        do throws(XMLError) {
            let document = try XMLReader(allowsEntityReferences: true).read(bytes)
            if let range = document.rootByteRange {
                #expect(bytes[range].first == 0x3C && bytes[range].last == 0x3E)
            }
            #expect(document.root.line >= 1 && document.root.line <= lines)
        } catch {
            refused += 1
            #expect(!error.diagnostics.isEmpty && error.diagnostics.allSatisfy { $0.line <= lines })
        }
    }
    #expect(refused > 1000 && refused < 3000)
}

@Test func `Readers run side by side without disturbing each other`() async {
    await withTaskGroup(of: Bool.self) { group in
        for worker in 0..<8 {
            group.addTask {
                for round in 0..<50 {
                    let good = try? XMLReader().read(Array("<a n='\(worker)-\(round)'/>".utf8))
                    let bad = try? XMLReader().read(Array("<a n='\(worker)'".utf8))
                    if good?.root.attribute("n") != "\(worker)-\(round)" || bad != nil { return false }
                }
                return true
            }
        }
        for await result in group { #expect(result) }
    }
}
