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

/// libyaml's event parser behind a safe face: the C structures live and die within `withEvents`.
struct YAMLEventReader: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let text: [UInt8]

    /// Runs `body` with a reader over `text`, which is UTF-8 and stays alive meanwhile.
    static func withEvents<Value>(
        of text: [UInt8], _ body: (borrowing YAMLEventReader) throws(ConfigurationMistake) -> Value
    ) throws(ConfigurationMistake) -> Value {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { parser.deallocate() }
        guard yaml_parser_initialize(parser) == 1 else {
            throw ConfigurationMistake(place: .start, key: "", message: "no memory to read the file")
        }
        defer { yaml_parser_delete(parser) }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        // Result, because withUnsafeBufferPointer of arrays loses the type of the error.
        let result = text.withUnsafeBufferPointer { buffer -> Result<Value, ConfigurationMistake> in
            // libyaml wants an address even for an empty text.
            var nothing: UInt8 = 0
            return withUnsafePointer(to: &nothing) { nothing in
                yaml_parser_set_input_string(parser, buffer.baseAddress ?? nothing, buffer.count)
                do throws(ConfigurationMistake) {
                    return .success(try body(YAMLEventReader(parser: parser, text: text)))
                } catch {
                    return .failure(error)
                }
            }
        }
        return try result.get()
    }

    private init(parser: UnsafeMutablePointer<yaml_parser_t>, text: [UInt8]) {
        self.parser = parser
        self.text = text
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
