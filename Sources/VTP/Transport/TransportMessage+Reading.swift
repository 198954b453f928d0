// SPDX-License-Identifier: Apache-2.0

import UTC
import XML

extension TransportMessage {
    /// Reads a transport message in any of the namespaces in use.
    ///
    /// - Throws: `garbled` if the bytes are not XML, or not a transport message with a known role.
    public init(parsing bytes: [UInt8]) throws(VTPError) {
        guard case .transport(let message) = try IncomingMessage(parsing: bytes) else {
            throw VTPError(.garbled, place: "document", message: "an event stands where an answer was expected")
        }
        self = message
    }

    /// Reads the element of a transport message.
    init(element: XMLElement) throws(VTPError) {
        let place = "\(element.line):\(element.column)"
        guard let roleText = element.attribute("role") else {
            throw VTPError(.garbled, place: place, message: "the transport message has no role")
        }
        guard let role = Role(rawValue: roleText) else {
            throw VTPError(
                .garbled, place: place, message: "the role \"\(roleText.printable)\" is unknown",
                remedy: "known roles are " + Role.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let meta = element.firstChild("Meta")
        self.init(
            role: role,
            origin: element.firstChild("Origin")?.text.trimmed ?? "",
            response: (element.firstChild("Response")?.text.trimmed).flatMap { $0.isEmpty ? nil : $0 },
            timeStamp: element.firstChild("TimeStamp").flatMap { UTCInstant(iso8601: $0.text.trimmed) },
            parameters: meta?.elements.compactMap(TransportMessage.parameter) ?? [],
            result: meta?.firstChild("Result")?.text)
    }

    /// A parameter in `Meta`: a `Param`, or the `filter` element of early Comet, which means the same.
    private static func parameter(_ element: XMLElement) -> Parameter? {
        switch element.localName {
        case "Param":
            Parameter(name: element.attribute("name") ?? "", value: element.attribute("value") ?? "")
        case "filter" where element.attribute("type") == "xpath":
            Parameter(name: filterParameter, value: element.text.trimmed)
        default:
            nil
        }
    }
}
