// SPDX-License-Identifier: Apache-2.0
import Testing
import XML

private func problems(_ writer: XMLWriter) -> Int {
    do throws(XMLError) {
        _ = try writer.finish()
        return 0
    } catch {
        #expect(error.code == .notWritable)
        return error.diagnostics.count
    }
}

@Test func `What is written reads back as it was given`() throws {
    var writer = XMLWriter()
    let value = "a<b>&\"'\t\n\r é \u{1F30C} ]]>"
    writer.start("v:root", [("xmlns:v", "urn:v"), ("b", value), ("a", "")])
    writer.element("text", text: value)
    writer.element("empty")
    writer.end()
    let bytes = try writer.finish()
    let root = try XMLReader().read(bytes).root
    #expect(root.attributes.map(\.localName) == ["b", "a"] && root.attribute("b") == value)
    #expect(root.firstChild("text")?.text == value && root.namespaceURI == "urn:v")
    #expect(root.firstChild("empty")?.children.isEmpty == true)
}

@Test func `Bytes are the same every time and indented`() throws {
    func document() throws -> String {
        var writer = XMLWriter(indentation: 2)
        writer.start("a")
        writer.start("b", [("c", "1")])
        writer.element("d", text: "x")
        writer.end()
        writer.end()
        return String(decoding: try writer.finish(), as: UTF8.self)
    }
    let expected = """
        <?xml version="1.0" encoding="UTF-8"?>
        <a>
          <b c="1">
            <d>x</d>
          </b>
        </a>

        """
    #expect(try document() == expected)
    #expect(try document() == document())
}

@Test(arguments: ["", "1a", "a b", "a:b:c", "é", "a>", "xml:", ":a"])
func `Names that are not names are refused`(name: String) {
    #expect(!XMLWriter.isName(name))
    var writer = XMLWriter()
    writer.element(name)
    #expect(problems(writer) == 1)
}

@Test func `Everything that cannot be written is named at once`() {
    var writer = XMLWriter()
    writer.start("a", [("x", "\u{0}"), ("x", "1")])
    writer.text("\u{FFFE}")
    #expect(problems(writer) == 4)
    #expect(problems(XMLWriter()) == 1)
    var twice = XMLWriter()
    twice.element("a")
    twice.element("b")
    twice.end()
    #expect(problems(twice) == 2)
}
