// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Settings

struct HostileSettingsTests {
    @Test func `Aliases, anchors and tags are refused where they stand`() {
        let bomb = """
            a: &a [x, x]
            b: [*a, *a]
            c: !!str 3
            """
        let messages = Station.messages(bomb)
        #expect(messages.contains("box.yaml:1:4: error: a: anchors ('&name') are not supported"))
        #expect(messages.contains("box.yaml:2:5: error: b[1]: aliases ('*name') are not supported"))
        #expect(messages.contains("box.yaml:2:9: error: b[2]: aliases ('*name') are not supported"))
        #expect(messages.contains("box.yaml:3:4: error: c: tags ('!name') are not supported"))
    }

    @Test func `Depth, nodes and bytes are bounded`() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(
            Station.messages(deep)
                == "box.yaml:1:33: error: sections and lists are nested deeper than 32 levels (is this a configuration file?)"
        )
        let many = "a: [" + String(repeating: "1,", count: 30_000) + "1]"
        #expect(Station.messages(many).hasSuffix("more than 20000 keys and values (is this a configuration file?)"))
        let large = "# " + String(repeating: "x", count: 1 << 20)
        #expect(
            Station.messages(large)
                == "box.yaml:1:1: error: the file is larger than 1048576 bytes (is this a configuration file?)")
    }

    @Test func `A report of endless mistakes is cut`() {
        let yaml = (1...5000).map { "k\($0): 1" }.joined(separator: "\n")
        #expect(Station.messages(yaml).split(separator: "\n").count == ConfigurationError.maximumMistakes)
    }

    @Test func `A byte that is not UTF-8 is named with its place`() throws {
        let bytes = Array("name: a\nremark: ü".utf8) + [0xFF] + Array("\n".utf8)
        let error = #expect(throws: ConfigurationError.self) { try SettingsDocument(yaml: bytes, file: "f") }
        #expect(error?.mistakes.first?.place == SettingsPlace(line: 2, column: 10))
    }

    @Test func `A byte order mark and Windows line ends are read over`() throws {
        let station = try Station.read("\u{FEFF}name: a\r\nsite:\r\n  latitude: 5 deg\r\n")
        #expect(station.name == "a")
        #expect(station.latitudeDegrees == 5)
    }

    @Test(arguments: [
        ("/nowhere/box.yaml", "does not exist"), ("/", "is a directory"), ("/dev/null", "is a device or pipe"),
    ])
    func `A path that is no file is one clear message`(path: String, message: String) {
        let error = #expect(throws: ConfigurationError.self) { try SettingsDocument(path: path) }
        #expect(error?.mistakes.count == 1)
        #expect(error?.description.hasPrefix("\(path):1:1: error: \(message)") == true)
    }

    @Test func `Whatever the bytes are, the answer is values or mistakes inside the file`() {
        let seed = Array(
            """
            name: "a"
            site: {latitude: 1 deg, height: 'x'}
            camera: {exposure: 20 ms, formats: [Y16, "GREY"], controls: {a: 1}}
            detection:
              exclude:
                - x: 1 px
                  width: 2 px
              ? [complex]
              : >-
                folded
            remark: &r |
              text
            more: *r
            """.utf8)
        let alphabet = Array("\t\n -:?[]{},&*!|>'\"%@`#.0aé~\u{0}\u{7F}".utf8) + [0xFF, 0xC3, 0xEF]
        var random = SplitMix64(state: 20_180_522)
        var accepted = 0
        for _ in 0..<4000 {
            var bytes = seed
            for _ in 0...Int.random(in: 0...6, using: &random) {
                let position = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[position] = alphabet.randomElement(using: &random) ?? 0
                case 1: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: position)
                case 2: bytes.remove(at: position)
                default: bytes.insert(contentsOf: bytes[position...].prefix(20), at: position)
                }
            }
            let lines = bytes.split(separator: 10, omittingEmptySubsequences: false).count
            do {
                _ = try SettingsDocument(yaml: bytes, file: "f").decode { Station(&$0) }
                accepted += 1
            } catch {
                #expect(!error.mistakes.isEmpty)
                // A lone carriage return ends a line for YAML, too; the alphabet has none.
                #expect(error.mistakes.allSatisfy { (1...lines + 1).contains($0.place.line) && $0.place.column >= 1 })
                #expect(zip(error.mistakes, error.mistakes.dropFirst()).allSatisfy { $0.place <= $1.place })
            }
        }
        #expect(accepted < 4000)
    }
}

/// A small generator with a seed, so that a failure comes again.
///
/// - Reference: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
