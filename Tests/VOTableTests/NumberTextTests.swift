// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VOTable

/// Numbers that depend on their seed alone.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        // SplitMix64 (Steele, Lea and Flood 2014).
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}

@Suite struct NumberTextTests {
    private func double(_ text: String) -> Double? {
        let bytes = Array(text.utf8)
        return NumberText.double(bytes.span, bytes.indices)
    }

    private func float(_ text: String) -> Float? {
        let bytes = Array(text.utf8)
        return NumberText.float(bytes.span, bytes.indices)
    }

    @Test func `Numbers are read as the standard library reads them`() {
        var numbers = SeededNumbers(seed: 1)
        for _ in 0..<20_000 {
            let value = Double(bitPattern: numbers.next())
            if value.isFinite { #expect(double("\(value)") == value) }
            let small = Float(bitPattern: UInt32(truncatingIfNeeded: numbers.next()))
            if small.isFinite { #expect(float("\(small)") == small) }
            let digits = String(numbers.next() >> UInt64.random(in: 0...60, using: &numbers))
            let point = Int.random(in: 0...digits.count, using: &numbers)
            let power = Int.random(in: -40...40, using: &numbers)
            for text in [
                "\(digits.prefix(point)).\(digits.dropFirst(point))0", "-\(digits)e\(power)", "\(digits)E\(-power)",
            ] {
                #expect(double(text) == Double(text), "\(text)")
                #expect(float(text) == Float(text), "\(text)")
            }
        }
    }

    @Test(arguments: [
        "0", "-0", "1e400", "-1e400", "1e-400", "4.9406564584124654e-324", "2.2250738585072014e-308",
        "9007199254740993",
        "9007199254740992.5", "0.1e-1", "123456789012345678901234567890", "1.00000000000000011102230246251565", "5.",
        ".5", "+7", "8.5e-23", "00000000000000000000000000001.5", "7.2057594037927933e16", "1e23", "3e-27",
    ])
    func `Edges are read as the standard library reads them`(text: String) {
        // The library wants a digit on both sides of the point.
        let full = text.hasSuffix(".") ? text + "0" : text.hasPrefix(".") ? "0" + text : text
        #expect(double(text)?.bitPattern == Double(full)?.bitPattern)
    }

    @Test(arguments: ["", "-", ".", "e5", "1e", "1e+", "1.2.3", "0x10", "one", "1 2", "--1", "1f", "nanx", "in"])
    func `What is no number is none`(text: String) {
        #expect(double(text) == nil && float(text) == nil)
    }

    @Test func `Words of the standard are numbers`() {
        #expect(double("NaN")?.isNaN == true && double("+Inf") == .infinity && double("-Infinity") == -.infinity)
    }

    @Test func `What is written is the shortest that reads back`() {
        var numbers = SeededNumbers(seed: 2)
        func check(_ value: Double) {
            var bytes: [UInt8] = []
            NumberText.append(value, to: &bytes)
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(Double(text)?.bitPattern == value.bitPattern)
            func digits(_ text: String) -> String {
                let mantissa = text.lowercased().split(separator: "e")[0].filter(\.isNumber)
                return String(String(mantissa.drop { $0 == "0" }.reversed()).drop { $0 == "0" })
            }
            #expect(digits(text) == digits("\(value)"), "\(text) \(value)")
        }
        for _ in 0..<10_000 {
            let any = Double(bitPattern: numbers.next())
            if any.isFinite { check(any) }
            let decimals = Double([1, 10, 100, 1000, 1_000_000, 1e7][Int.random(in: 0..<6, using: &numbers)])
            check((Double.random(in: -1e5...1e5, using: &numbers) * decimals).rounded() / decimals)
        }
        for value in [0, -0.0, 1, -1, 0.1, 1e-3, 9.999e-4, 123_456.789, 1e15, .leastNonzeroMagnitude] { check(value) }
    }

    @Test(arguments: ["0", "-1", "9223372036854775807", "-9223372036854775808", "0x7f", "-0xFF", "+12"])
    func `Whole numbers are read to the last`(text: String) {
        let bytes = Array(text.utf8)
        let isHexadecimal = text.contains("x")
        let digits = isHexadecimal ? text.replacing("0x", with: "") : text
        #expect(NumberText.integer(bytes.span, bytes.indices) == Int64(digits, radix: isHexadecimal ? 16 : 10))
    }

    @Test(arguments: ["", "-", "9223372036854775808", "-9223372036854775809", "1.0", "0x", "12a", "0x8000000000000000"])
    func `What does not fit is no whole number`(text: String) {
        let bytes = Array(text.utf8)
        #expect(NumberText.integer(bytes.span, bytes.indices) == nil)
    }
}
