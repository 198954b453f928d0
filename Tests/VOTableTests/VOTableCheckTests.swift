// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VOTable

@Suite struct VOTableCheckTests {
    private func problems(_ change: (inout VOTableDocument) -> Void) -> [VOTableError.Code] {
        var document = completeDocument()
        change(&document)
        return VOTableCheck.problems(in: document).map(\.code)
    }

    @Test func `A right document has no problems`() {
        #expect(problems { _ in } == [])
    }

    @Test func `Every mistake is reported, not only the first`() {
        let codes = problems {
            $0.resources[0].tables[0].columns[1].field.unit = "nanopascal"
            $0.resources[0].tables[0].columns[2].field.ucd = "speed"
            $0.resources[0].tables[0].columns[3].values = .int([1])
            $0.resources[0].tables[0].columns[4].field.id = "t"
            $0.resources[0].tables[0].columns[5].field.reference = "nowhere"
            $0.resources[0].tables[0].columns[6].field.name = ""
        }
        #expect(codes == [.unit, .ucd, .unequalLengths, .identifier, .missing, .identifier])
    }

    @Test func `Identifiers must be XML names without a prefix`() {
        #expect(problems { $0.resources[0].tables[0].id = "1st" } == [.identifier])
        #expect(problems { $0.resources[0].tables[0].id = "a:b" } == [.identifier])
    }

    @Test func `A document without resources or a table without columns is refused`() {
        #expect(problems { $0.resources = [] } == [.missing])
        #expect(problems { $0.resources[0].tables[0].columns = [] } == [.missing])
    }

    @Test(arguments: [
        "m", "nPa", "km.s**-1", "km/s", "W/(m**2.sr)", "cm**-3", "adu", "pixel", "deg", "h**-1", "10**-3adu", "%",
        "m**(1/2)", "mag", "s", "10**3", "uJy",
    ])
    func `Right units are accepted`(unit: String) {
        #expect(VOUnit.isWellFormed(unit))
    }

    @Test(arguments: [
        "", " ", "ADU", "km s-1", "m/s/kg", "furlong", "m**", "(m", "m)", "m..s", "kmin", "1", "/s", "m*2", "**2", "µm",
        "((((((((((m))))))))))",
    ])
    func `Wrong units are refused`(unit: String) {
        #expect(!VOUnit.isWellFormed(unit))
    }

    @Test func `Content descriptors are words of the vocabulary's branches`() {
        for ucd in ["time.epoch", "phot.count;stat.error", "pos.cartesian.x;instr.det", "meta.id"] {
            #expect(UCD.isWellFormed(ucd), "\(ucd)")
        }
        for ucd in ["", ";", "time..epoch", "pressure", "phot.count;", "time.epoch;.x", "meta id"] {
            #expect(!UCD.isWellFormed(ucd), "\(ucd)")
        }
    }
}
