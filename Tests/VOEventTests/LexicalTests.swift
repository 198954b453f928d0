// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import VOEvent

@Test(arguments: [
    "2018-05-22T05:30:07", "2018-05-22T05:30:07Z", "2018-05-22T05:30:07.123456789123", "2018-05-22T05:30:07+14:00",
    "2018-05-22T05:30:07-00:00", "2018-05-22T24:00:00", "2018-05-22T24:00:00.000Z", "-0001-01-01T00:00:00",
    "12018-05-22T05:30:07", "2020-02-29T00:00:00", "-0005-02-28T00:00:00", "1900-02-28T00:00:00",
])
func `A dateTime of XML Schema is taken`(text: String) {
    #expect(XSDDateTime.isValid(text))
}

@Test(arguments: [
    "", "2018_05_22T05:30:07", "22 May 2018", "2018-05-22", "2018-05-22 05:30:07", "2018-05-22t05:30:07",
    "2018-05-22T05:30", "2018-05-22T05:30:07.", "2018-05-22T05:30:60", "2018-05-22T24:00:01", "2018-05-22T24:00:00.1",
    "2018-05-22T25:00:00", "2018-05-22T05:60:00", "2018-13-01T00:00:00", "2018-00-01T00:00:00", "2018-04-31T00:00:00",
    "2019-02-29T00:00:00", "1900-02-29T00:00:00", "0000-01-01T00:00:00", "02018-05-22T05:30:07",
    "+2018-05-22T05:30:07", "2018-5-22T05:30:07", "2018-05-22T5:30:07", "2018-05-22T05:30:07z",
    "2018-05-22T05:30:07+14:01", "2018-05-22T05:30:07+5:00", "2018-05-22T05:30:07+05:60", "2018-05-22T05:30:07ZZ",
    " 2018-05-22T05:30:07", "99999999999999999999-01-01T00:00:00",
])
func `What is no dateTime of XML Schema is refused`(text: String) {
    #expect(!XSDDateTime.isValid(text))
}

@Test(arguments: [
    ("1", 1.0), ("-0", -0.0), ("+1.5", 1.5), ("1.", 1), (".5", 0.5), ("1e5", 1e5), ("1E-5", 1e-5), (" 1 ", 1),
    ("\n2.5\t", 2.5), ("INF", .infinity), ("-INF", -.infinity), ("1.e2", 100),
])
func `A float of XML Schema has its value`(text: String, value: Double) {
    #expect(XSDLexical.float(text) == value)
}

@Test(arguments: [
    "", ".", "+", "-", "e5", "1e", "1e+", "1,5", "0x1", "1_0", "1f", "inf", "nan", "+INF", "--1", "-+1", "1 2",
    "12:00:01", "infinity", "1e5.", "٣",
])
func `What is no float of XML Schema is refused`(text: String) {
    #expect(XSDLexical.float(text) == nil)
}

@Test func `NaN is a float`() throws {
    #expect(try #require(XSDLexical.float("NaN")).isNaN)
}

@Test(arguments: [
    "", "a", "ivo://a.b/c#d", "http://user:pw@host:80/p?q=1&r#f", "mailto:a@b", "a b", "é☄", "<a>", "a%20b", "?", "#",
    "//host", "///", "a/b:c", "http://[::1]/", "a?b?c", "a#b[1]", "a:", "urn:x:y", "a\\b",
])
func `A URI reference of XML Schema is taken`(text: String) {
    #expect(URIReference.isValid(text))
}

@Test(arguments: [
    "%", "%2", "%zz", "[", "a[b]", "1a:b", "::", "#a#b", "a?b[", "http://a@b@c/", "http://a:9x/", "+a:b", "http://[a",
])
func `What is no URI reference is refused`(text: String) {
    #expect(!URIReference.isValid(text))
}

@Test func `Identifiers are names without a colon`() {
    for good in ["a", "_1", " ab ", "Raptor-2455100", "é.b"] { #expect(XSDLexical.isID(good)) }
    for bad in ["", "1", "a b", "a:b", "-a", "☄"] { #expect(!XSDLexical.isID(bad)) }
}
