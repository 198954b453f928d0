// SPDX-License-Identifier: Apache-2.0

import JSON
import VOEvent

extension VOEventPacket {
    /// What the packet says, for programs that would rather not read XML. The packet itself is what counts.
    var json: JSONText {
        .object([
            ("description", .string(description)), ("reference", .string(reference?.uri)),
            ("who", who.map(\.json) ?? .null), ("what", .array((what?.items ?? []).flatMap(\.json))),
            ("why", why.map(\.json) ?? .null),
            ("citations", .array((citations?.events ?? []).map(\.json))),
        ])
    }
}

extension Who {
    fileprivate var json: JSONText {
        .object([
            ("author_ivorn", .string(authorIVORN)), ("title", .string(author?.title)),
            ("short_name", .string(author?.shortName)), ("contact_name", .string(author?.contactName)),
            ("contact_email", .string(author?.contactEmail)), ("date", .string(date)),
        ])
    }
}

extension What.Item {
    /// Parameters, each with the group that it stands in; texts and tables are left to the packet.
    fileprivate var json: [JSONText] {
        switch self {
        case .param(let param): [param.json(group: nil)]
        case .group(let group): group.params.map { $0.json(group: group.name) }
        case .table, .description, .reference: []
        }
    }
}

extension What.Param {
    fileprivate func json(group: String?) -> JSONText {
        .object([
            ("group", .string(group)), ("name", .string(name)), ("value", .string(value)), ("unit", .string(unit)),
            ("ucd", .string(ucd)), ("type", .string(dataType)),
        ])
    }
}

extension Why {
    fileprivate var json: JSONText {
        .object([
            ("importance", .number(importance)), ("expires", .string(expires)),
            ("names", .array(names.map { .string($0) })), ("concepts", .array(concepts.map { .string($0) })),
            ("descriptions", .array(descriptions.map { .string($0) })),
        ])
    }
}

extension Citation {
    fileprivate var json: JSONText {
        .object([("ivorn", .string(ivorn)), ("kind", .string(kind?.rawValue))])
    }
}
