// SPDX-License-Identifier: Apache-2.0

/// Numbers from and to text, exactly: a number is the one nearest to its decimal, ties to even, as the standard library
/// has it, and what is written is the shortest decimal that reads back as the same number.
enum NumberText {
    /// A number of 64 bits from the bytes of a range without white space at its ends; nil if it is none.
    @inline(__always)
    static func double(_ text: Span<UInt8>, _ range: Range<Int>) -> Double? {
        guard let decimal = Decimal(text, range) else { return other(text, range).flatMap { Double($0) } }
        guard let size = decimal.exactDouble else {
            return Double(String(bytes(text, range)))
        }
        return decimal.isNegative ? -size : size
    }

    /// A number of 32 bits, likewise.
    static func float(_ text: Span<UInt8>, _ range: Range<Int>) -> Float? {
        // Rounding twice would not be exact.
        guard let decimal = Decimal(text, range) else { return other(text, range).flatMap { Float($0) } }
        // Both parts are exact in 32 bits, so that one division rounds once.
        if decimal.digits <= 1 << 24, abs(decimal.power) <= 10 {
            let power = Float(Decimal.powersOfTen[abs(decimal.power)])
            let size = Float(decimal.digits)
            let value = decimal.power < 0 ? size / power : size * power
            return decimal.isNegative ? -value : value
        }
        return Float(String(bytes(text, range)))
    }

    /// A whole number, decimal or hexadecimal with `0x` in front; nil if it is none or too large for 64 bits.
    @inline(__always)
    static func integer(_ text: Span<UInt8>, _ range: Range<Int>) -> Int64? {
        var index = range.lowerBound
        guard index < range.upperBound else { return nil }
        let isNegative = text[index] == UInt8(ascii: "-")
        if isNegative || text[index] == UInt8(ascii: "+") { index += 1 }
        guard index < range.upperBound else { return nil }
        if range.upperBound - index > 2, text[index] == UInt8(ascii: "0"), text[index + 1] | 0x20 == UInt8(ascii: "x") {
            return Int64(bytes(text, (index + 2)..<range.upperBound), radix: 16).map { isNegative ? -$0 : $0 }
        }
        var value: Int64 = 0
        while index < range.upperBound {
            let digit = text[index] &- 48
            guard digit < 10 else { return nil }
            let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, isOver) = product.subtractingReportingOverflow(Int64(digit))
            guard !isTooLarge, !isOver else { return nil }
            value = sum
            index += 1
        }
        // Counted downwards, since there is one more number below 0 than above.
        guard isNegative || value > .min else { return nil }
        return isNegative ? value : -value
    }

    /// Words for what is no number, and spellings that the standard library knows, as a text that it reads.
    private static func other(_ text: Span<UInt8>, _ range: Range<Int>) -> String? {
        let word = bytes(text, range)
        switch word.lowercased() {
        case "nan", "+nan", "-nan": return "nan"
        case "inf", "+inf", "infinity", "+infinity": return "inf"
        case "-inf", "-infinity": return "-inf"
        default: return nil
        }
    }

    /// The text of a range.
    static func bytes(_ text: Span<UInt8>, _ range: Range<Int>) -> String {
        var list: [UInt8] = []
        list.reserveCapacity(range.count)
        for index in range { list.append(text[index]) }
        return String(decoding: list, as: UTF8.self)
    }

    /// Appends the shortest decimal, with the standard's words for what is not a number.
    @inline(__always)
    static func append(_ value: Double, to output: inout [UInt8]) {
        if value.isFinite {
            if !appendShort(value, to: &output) { output.append(contentsOf: value.description.utf8) }
        } else {
            output.append(contentsOf: value.isNaN ? "NaN".utf8 : value < 0 ? "-Inf".utf8 : "+Inf".utf8)
        }
    }

    /// Appends the shortest decimal of a number of 32 bits.
    static func append(_ value: Float, to output: inout [UInt8]) {
        if value.isFinite {
            output.append(contentsOf: value.description.utf8)
        } else {
            append(Double(value), to: &output)
        }
    }

    /// Numbers with a few decimals, which most are, need no search for the shortest: what has at most 15 digits and reads
    /// back is the shortest. False for others.
    private static func appendShort(_ value: Double, to output: inout [UInt8]) -> Bool {
        let size = abs(value)
        guard size < 1e9, size >= 1e-3 else { return false }
        for decimals in 1...6 {
            let power = Decimal.powersOfTen[decimals]
            let scaled = (size * power).rounded()
            guard scaled < 1e15 else { return false }
            guard scaled / power == size else { continue }
            if value < 0 { output.append(UInt8(ascii: "-")) }
            let whole = UInt64(scaled)
            let unit = UInt64(power)
            append(whole / unit, to: &output)
            output.append(UInt8(ascii: "."))
            var part = whole % unit
            var place = unit / 10
            repeat {
                output.append(48 + UInt8(part / place))
                part %= place
                place /= 10
            } while place > 0
            return true
        }
        return false
    }

    /// Appends a whole number.
    @inline(__always)
    static func append(_ value: Int64, to output: inout [UInt8]) {
        if value < 0 { output.append(UInt8(ascii: "-")) }
        append(value.magnitude, to: &output)
    }

    @inline(__always)
    private static func append(_ value: UInt64, to output: inout [UInt8]) {
        if value < 10 { return output.append(48 + UInt8(value)) }
        var digits = (UInt64(0), UInt64(0))
        var rest = value
        var count = 0
        // Twenty digits in two words, the last digit lowest.
        while rest > 0 {
            if count < 10 {
                digits.0 |= (rest % 10) << UInt64(4 * count)
            } else {
                digits.1 |= (rest % 10) << UInt64(4 * (count - 10))
            }
            rest /= 10
            count += 1
        }
        for index in (0..<count).reversed() {
            let word = index < 10 ? digits.0 >> UInt64(4 * index) : digits.1 >> UInt64(4 * (index - 10))
            output.append(48 + UInt8(word & 15))
        }
    }
}
