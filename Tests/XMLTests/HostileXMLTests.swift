// SPDX-License-Identifier: Apache-2.0
import Testing
import XML

private func failure(_ text: String, limits: XMLLimits = XMLLimits()) -> XMLError? {
    do throws(XMLError) {
        _ = try XMLReader(limits: limits).read(Array(text.utf8))
        return nil
    } catch {
        return error
    }
}

@Test func `An external entity is never fetched and is refused by name`() throws {
    let text = "<!DOCTYPE a [<!ENTITY secret SYSTEM 'file:///etc/hostname'>]><a b='&secret;'>&secret;</a>"
    let error = try #require(failure(text))
    #expect(error.code == .entityReference && error.diagnostics.count == 2 && error.message.contains("secret"))
    let document = try XMLReader(allowsEntityReferences: true).read(Array(text.utf8))
    #expect(document.hasDoctype && document.root.text == " " && document.root.attribute("b") == " ")
    #expect(document.entityReferences.map(\.line) == [1, 1])
}

@Test func `A billion laughs do not laugh`() throws {
    var declarations = "<!ENTITY l0 'ha'>"
    for level in 1...40 {
        let inner = String(repeating: "&l\(level - 1);", count: 10)
        declarations += "<!ENTITY l\(level) '\(inner)'>"
    }
    let error = try #require(failure("<!DOCTYPE a [\(declarations)]><a b='&l40;'>&l40;</a>"))
    #expect(error.code == .entityReference)
    let document = try XMLReader(allowsEntityReferences: true).read(
        Array("<!DOCTYPE a [\(declarations)]><a>&l40;</a>".utf8))
    #expect(document.root.text == " ")
}

@Test func `Parameter entities bring nothing in`() throws {
    let text = "<!DOCTYPE a [<!ENTITY % p SYSTEM 'file:///etc/hostname'> %p; <!ENTITY x 'y'>]><a>text</a>"
    let document = try XMLReader(allowsEntityReferences: true).read(Array(text.utf8))
    #expect(document.root.text == "text")
}

@Test func `A DOCTYPE without declarations is only noted`() throws {
    let document = try XMLReader().read(Array("<!DOCTYPE a SYSTEM 'http://nowhere.invalid/a.dtd'><a/>".utf8))
    #expect(document.hasDoctype)
    #expect(try XMLReader().read(Array("<a/>".utf8)).hasDoctype == false)
}

@Test func `A DOCTYPE that gives elements attributes is refused`() throws {
    let error = try #require(failure("<!DOCTYPE a [<!ATTLIST a b CDATA 'x' c (d|e) 'd'>]><a/>"))
    #expect(error.code == .limit)
}

@Test func `A message that quotes the document is cut`() throws {
    let long = String(repeating: "<é", count: 5000)
    for text in [
        "<!DOCTYPE a [<!ENTITY % p SYSTEM 'file:///\(long)'>]><a/>", "<a>&\(long.replacing("<", with: "x"));</a>",
    ] {
        let error = try #require(throws: XMLError.self) { try XMLReader().read(Array(text.utf8)) }
        #expect(error.diagnostics.allSatisfy { $0.message.unicodeScalars.count <= XMLDiagnostic.maximumMessageLength })
        #expect(error.diagnostics.contains { $0.message.hasSuffix("…") })
    }
}

@Test func `Each limit is named when it is passed`() throws {
    var limits = XMLLimits()
    limits.maximumBytes = 10_000
    limits.maximumDepth = 5
    limits.maximumElements = 20
    limits.maximumAttributesPerElement = 3
    limits.maximumAttributeLength = 8
    let cases = [
        (String(repeating: "x", count: 10_001), "10000"),
        (String(repeating: "<a>", count: 6) + String(repeating: "</a>", count: 6), "limit of 5"),
        ("<a>" + String(repeating: "<b/>", count: 20) + "</a>", "limit of 20"),
        ("<a>\n<b p='1' q='2' r='3' s='4'/></a>", "limit of 3"), ("<a b='123456789'/>", "limit of 8"),
    ]
    for (text, words) in cases {
        let error = try #require(failure(text, limits: limits))
        #expect(error.code == .limit && error.message.contains(words), "\(error)")
    }
    let attributes = try #require(failure(cases[3].0, limits: limits))
    #expect(attributes.place == "2:1")
    let fine = String(repeating: "<a>", count: 5) + String(repeating: "</a>", count: 5)
    #expect(failure(fine, limits: limits) == nil)
    #expect(failure("<a p='1' q='2>=&gt;' r='=\"='><!-- a='' b='' c='' d='' --></a>", limits: limits) == nil)
}

@Test func `Attributes hidden behind comments and quotes are still counted`() throws {
    let many = (0..<300).map { "a\($0)='>'" }.joined(separator: " ")
    for text in ["<!-- ' --><a \(many)/>", "<?p '?><a \(many)/>", "<a><![CDATA[ <' ]]><b \(many)/></a>"] {
        #expect(try #require(failure(text)).message.contains("limit of 256"))
    }
}

@Test func `A megabyte in one attribute is read where the limit allows it`() throws {
    var limits = XMLLimits()
    limits.maximumBytes = 2 << 20
    limits.maximumAttributeLength = 1 << 20
    let text = "<a b='" + String(repeating: "x", count: 1 << 20) + "'/>"
    #expect(try XMLReader(limits: limits).read(Array(text.utf8)).root.attribute("b")?.utf8.count == 1 << 20)
    #expect(try #require(failure(text)).code == .limit)
}

@Test func `Depth beyond every limit ends with a message`() throws {
    var limits = XMLLimits()
    limits.maximumDepth = .max
    let error = try #require(failure(String(repeating: "<a>", count: 100_000), limits: limits))
    #expect(error.code == .notWellFormed && error.message.contains("depth"))
}
