// SPDX-License-Identifier: Apache-2.0

import XML

extension TransportMessage {
    /// The message as Comet writes it, which every peer in the field reads.
    public func bytes() -> [UInt8] {
        var writer = XMLWriter()
        writer.start(
            "trn:Transport",
            [
                ("xmlns:trn", "http://www.telescope-networks.org/xml/Transport/v1.1"),
                ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
                ("version", "1.0"),
                (
                    "xsi:schemaLocation",
                    "http://telescope-networks.org/schema/Transport/v1.1 "
                        + "http://www.telescope-networks.org/schema/Transport-v1.1.xsd"
                ),
                ("role", role.rawValue),
            ])
        writer.element("Origin", text: origin.writable)
        if let response { writer.element("Response", text: response.writable) }
        if let timeStamp { writer.element("TimeStamp", text: timeStamp.iso8601(fractionDigits: 0)) }
        if !parameters.isEmpty || result != nil {
            writer.start("Meta")
            for parameter in parameters {
                writer.element("Param", [("name", parameter.name.writable), ("value", parameter.value.writable)])
            }
            if let result { writer.element("Result", text: result.writable) }
            writer.end()
        }
        writer.end()
        // The names above are constants and the texts hold only what XML can: the writer has nothing to refuse.
        return (try? writer.finish()) ?? []
    }
}

extension String {
    /// The text with what XML 1.0 cannot hold replaced.
    fileprivate var writable: String {
        guard !unicodeScalars.allSatisfy(XMLWriter.isCharacter) else { return self }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: unicodeScalars.map { XMLWriter.isCharacter($0) ? $0 : "\u{FFFD}" })
        return String(text)
    }
}
