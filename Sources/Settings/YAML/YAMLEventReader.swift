// SPDX-License-Identifier: Apache-2.0

import CYAML

/// What libyaml's parser reports, as Swift values.
struct YAMLEvent {
    enum Kind {
        case streamEnd
        case documentStart
        case documentEnd
        /// `*name`.
        case alias
        case scalar(String, isQuoted: Bool)
        case listStart
        case listEnd
        case sectionStart
        case sectionEnd
        /// Events that carry nothing for a configuration.
        case other
    }

    let kind: Kind
    let place: SettingsPlace
    /// True if the node has an `&anchor`.
    var hasAnchor = false
    /// True if the node has a `!tag`.
    var hasTag = false
}

/// What libyaml says when the text is not YAML.
struct YAMLSyntaxProblem {
    /// libyaml's own words.
    let problem: String
    /// What it was reading then, with its beginning; nil if it does not say.
    let context: String?
    let contextPlace: SettingsPlace?
    /// Where; nil for a byte that is not a character.
    let place: SettingsPlace?
    /// Byte offset of the offending byte where `place` is nil.
    let byteOffset: Int
}

/// libyaml's event parser behind a safe face: the C structures live as long as the reader.
struct YAMLEventReader: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    /// libyaml's own copy of the text, because it reads while events are asked for.
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let text: [UInt8]

    /// A reader over `text`, which is UTF-8.
    init(_ text: [UInt8]) throws(ConfigurationMistake) {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw ConfigurationMistake(place: .start, key: "", message: "no memory to read the file")
        }
        self.parser = parser
        self.text = text
        // libyaml wants an address even for an empty text.
        input = .allocate(capacity: max(1, text.count))
        _ = input.initialize(from: text)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, text.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    /// The next event. After `streamEnd` or an error there is none to ask for.
    func next() throws(ConfigurationMistake) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw explanation(of: problem(), in: text) }
        defer { yaml_event_delete(&event) }
        let place = SettingsPlace(event.start_mark)
        switch event.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            return YAMLEvent(
                kind: .scalar(text, isQuoted: scalar.style != YAML_PLAIN_SCALAR_STYLE), place: place,
                hasAnchor: scalar.anchor != nil, hasTag: scalar.tag != nil)
        case YAML_SEQUENCE_START_EVENT:
            let list = event.data.sequence_start
            return YAMLEvent(kind: .listStart, place: place, hasAnchor: list.anchor != nil, hasTag: list.tag != nil)
        case YAML_MAPPING_START_EVENT:
            let section = event.data.mapping_start
            return YAMLEvent(
                kind: .sectionStart, place: place, hasAnchor: section.anchor != nil, hasTag: section.tag != nil)
        case YAML_SEQUENCE_END_EVENT: return YAMLEvent(kind: .listEnd, place: place)
        case YAML_MAPPING_END_EVENT: return YAMLEvent(kind: .sectionEnd, place: place)
        case YAML_ALIAS_EVENT: return YAMLEvent(kind: .alias, place: place)
        case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, place: place)
        case YAML_DOCUMENT_END_EVENT: return YAMLEvent(kind: .documentEnd, place: place)
        case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return YAMLEvent(kind: .streamEnd, place: place)
        default: return YAMLEvent(kind: .other, place: place)
        }
    }

    private func problem() -> YAMLSyntaxProblem {
        let state = parser.pointee
        let isReaderError = state.error == YAML_READER_ERROR
        return YAMLSyntaxProblem(
            problem: state.problem.map { String(cString: $0) } ?? "no memory to read the file",
            context: state.context.map { String(cString: $0) },
            contextPlace: state.context == nil ? nil : SettingsPlace(state.context_mark),
            place: isReaderError ? nil : SettingsPlace(state.problem_mark),
            byteOffset: Int(state.problem_offset))
    }
}

extension SettingsPlace {
    /// libyaml counts lines and columns from 0.
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }
}
