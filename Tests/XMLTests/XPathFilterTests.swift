// SPDX-License-Identifier: Apache-2.0
import Testing
import XML

private let packet = Array(
    "<v:VOEvent xmlns:v='urn:v' role='test'><What><Param name='snr' value='9.5'/><Param name='n' value=''/></What></v:VOEvent>"
        .utf8)

@Test(arguments: [
    ("//Param", true), ("//Nothing", false), ("//Param[@name='snr' and @value > 9]", true),
    ("//Param[@name='snr']/@value > 10", false), ("/*[local-name()='VOEvent' and @role='test']", true),
    ("count(//Param) - 2", false), ("count(//Param)", true), ("number('x')", false),
    ("string(//Param[@name='n']/@value)", false), ("'text'", true), ("true()", true), ("/v:VOEvent", false),
    ("unknown-function(1)", false), ("$variable", false), ("1 div 0", true),
])
func `A filter is true as XPath and Comet have it`(expression: String, expected: Bool) throws {
    #expect(try XPathFilter(expression).evaluate(packet) == expected)
}

@Test(arguments: ["", "//Param[", "//Param[]", "1 +", "a b", "\u{0}"])
func `An expression that is none is refused`(expression: String) {
    #expect { try XPathFilter(expression) } throws: { ($0 as? XMLError)?.code == .expression }
}

@Test func `An expression that is too long is refused`() {
    #expect(throws: XMLError.self) { try XPathFilter(String(repeating: "a|", count: 4000) + "a") }
}

@Test func `One document serves many filters`() throws {
    let document = try XPathDocument(packet)
    #expect(try XPathFilter("//Param").evaluate(document))
    #expect(try !XPathFilter("//Group").evaluate(document))
    #expect(try XPathFilter("//Param").evaluate(document))
}

@Test func `A filter that would run for ever ends and wants nothing`() throws {
    let body = String(repeating: "<a><b/></a>", count: 2000)
    let document = try XPathDocument(Array("<r>\(body)</r>".utf8))
    #expect(try !XPathFilter("count(//*[count(//*[count(//*) > 1]) > 1]) > 1").evaluate(document))
}

@Test func `A plain filter works on a packet of a hundred kilobytes`() throws {
    let params = String(repeating: "<Param name='abc' value='defghi'>text of it</Param>", count: 1900)
    let document = try XPathDocument(Array("<VOEvent>\(params)</VOEvent>".utf8))
    #expect(try XPathFilter("//Param[@name='abc']").evaluate(document))
}

@Test func `A document that is not XML, or has entities, is wanted by nobody`() throws {
    let all = try XPathFilter("true()")
    #expect(!all.evaluate(Array("<a".utf8)))
    #expect(!all.evaluate(Array("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>".utf8)))
    #expect(!all.evaluate([]))
}
