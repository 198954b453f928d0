// SPDX-License-Identifier: Apache-2.0
import Testing
import XML

private func read(_ text: String, limits: XMLLimits = XMLLimits()) throws(XMLError) -> XMLDocument {
    try XMLReader(limits: limits).read(Array(text.utf8))
}

@Test func `Elements, attributes and text come with their place`() throws {
    let text = """
        <?xml version='1.0'?>
        <!-- a comment -->
        <p:root xmlns:p='urn:p' role='test'>
          <leaf  é='ü' size='2'>some &amp; text<![CDATA[ <raw>]]></leaf>
        </p:root>
        """
    let document = try read(text)
    let root = document.root
    #expect(root.localName == "root" && root.prefix == "p" && root.namespaceURI == "urn:p")
    #expect(root.line == 3 && root.column == 1)
    #expect(root.attributes.map(\.qualifiedName) == ["role"])
    let leaf = try #require(root.firstChild("leaf"))
    #expect(leaf.namespaceURI == nil && leaf.text == "some & text <raw>")
    #expect(leaf.line == 4 && leaf.column == 3)
    let size = try #require(leaf.attributes.last)
    // Columns count characters, not bytes: the two letters before it have two bytes each.
    #expect(size.value == "2" && size.line == 4 && size.column == 22)
    #expect(root.children.count == 1, "layout between elements is dropped")
}

@Test func `White space alone is kept where an element holds nothing else`() throws {
    let root = try read("<a><b> \n </b><c/></a>").root
    #expect(root.firstChild("b")?.text == " \n ")
    #expect(root.firstChild("c")?.text == "")
}

@Test func `Ampersands in attributes are read once and only once`() throws {
    #expect(try read("<a b='&amp;#38; &#38; &lt; &quot;'/>").root.attribute("b") == "&#38; & < \"")
}

@Test func `The bytes of the root element are found in every encoding that is common`() throws {
    let body = "<a>\u{20AC} \u{1F30C}</a>"
    let text = "<?xml version='1.0'?><!-- \u{E9} -->\n\(body)\n<!-- end -->"
    let plain = Array(text.utf8)
    let marked = [0xEF, 0xBB, 0xBF] + plain
    let units = Array(("\u{FEFF}" + text).utf16)
    let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    let little = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    for bytes in [plain, marked] {
        let range = try #require(try XMLReader().read(bytes).rootByteRange)
        #expect(String(decoding: bytes[range], as: UTF8.self) == body)
    }
    for (bytes, expected) in [(big, true), (little, false)] {
        let document = try XMLReader().read(bytes)
        let part = Array(bytes[try #require(document.rootByteRange)])
        let decoded = stride(from: 0, to: part.count, by: 2).map {
            UInt16(part[expected ? $0 : $0 + 1]) << 8 | UInt16(part[expected ? $0 + 1 : $0])
        }
        #expect(String(decoding: decoded, as: UTF16.self) == body && document.encoding == "UTF-16")
    }
    let latin = Array("<?xml version='1.0' encoding='ISO-8859-1'?><!-- ".utf8) + [0xE9] + Array(" --><a>".utf8) + [0xFC]
    let closed = latin + Array("</a>".utf8)
    let document = try XMLReader().read(closed)
    #expect(document.root.text == "ü")
    #expect(try #require(document.rootByteRange) == closed.count - 8..<closed.count)
}

@Test func `An encoding that libxml2 knows is converted, one that nobody knows is named`() throws {
    let cyrillic = Array("<?xml version='1.0' encoding='windows-1251'?><a>".utf8) + [0xC4] + Array("</a>".utf8)
    #expect(try XMLReader().read(cyrillic).root.text == "Д")
    #expect { try read("<?xml version='1.0' encoding='klingon-1'?><a/>") } throws: {
        ($0 as? XMLError)?.code == .encoding && "\($0)".contains("KLINGON-1")
    }
    #expect(throws: XMLError.self) { try read("<?xml version='1.0' encoding='ASCII//IGNORE'?><a>é</a>") }
    #expect(throws: XMLError.self) { try read("<?xml version='1.0' encoding='UTF-16'?><a/>") }
    #expect(throws: XMLError.self) { try XMLReader().read([0xFE, 0xFF, 0xD8, 0x00, 0x00, 0x3C]) }
    #expect(throws: XMLError.self) { try XMLReader().read([0xFF, 0xFE, 0x3C]) }
}

@Test(arguments: [
    ("", 0, 0), ("plain", 1, 1), ("<a>\n <b></a>", 2, 9), ("<a>&nope;</a>", 1, 10), ("<a b='1' b='2'/>", 1, 15),
    ("<a>\u{1}</a>", 1, 4), ("<a></a><b/>", 1, 8), ("<a b='<'/>", 1, 7), ("<a>]]></a>", 1, 4), ("<a", 1, 3),
])
func `What is not well-formed is refused with its place`(text: String, line: Int, column: Int) {
    #expect { try read(text) } throws: { error in
        guard let error = error as? XMLError, let first = error.diagnostics.first else { return false }
        return error.code == .notWellFormed && first.line == line && first.column == column
    }
}

@Test func `A fault is told in words, not in names of functions`() {
    for (text, words) in [("<a>x & y</a>", "&amp;"), ("<a>\n\u{0}</a>", "NUL"), ("<a", "Start Tag")] {
        #expect { try read(text) } throws: {
            "\($0)".contains(words) && !"\($0)".contains("xmlParse")
        }
    }
}

@Test func `Several faults are all named`() {
    #expect { try read("<a>\n<b x=1/>\n&nope;\n</c>") } throws: {
        (($0 as? XMLError)?.diagnostics.count ?? 0) >= 2
    }
}

@Test func `A prefix without a declaration is a fault of names, not of form`() throws {
    let document = try read("<v:a><w:b/></v:a>")
    #expect(document.root.qualifiedName == "v:a" && document.root.namespaceURI == nil)
    #expect(document.namespaceFaults.count == 2)
}

@Test func `Bytes that are not UTF-8 and NUL bytes are refused`() {
    for bytes: [UInt8] in [[0x3C, 0x61, 0x3E, 0xFF, 0x3C, 0x2F, 0x61, 0x3E], Array("<a>\u{0}</a>".utf8), [0], [0xC3]] {
        #expect(throws: XMLError.self) { try XMLReader().read(bytes) }
    }
}
