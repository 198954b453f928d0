// SPDX-License-Identifier: Apache-2.0

/// A decimal as it is written: digits times a power of ten.
struct Decimal {
    /// All digits as one number.
    private(set) var digits: UInt64 = 0
    /// The power of ten that they are multiplied with.
    private(set) var power = 0
    /// Whether a minus stands in front.
    private(set) var isNegative = false
    /// Whether there were more digits than the number holds.
    private var isCut = false

    /// 1, 10, 100 …: all powers that a number of 64 bits holds exactly.
    static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
    /// Powers of five that fit in 64 bits.
    private static let powersOfFive: [UInt64] = (0...27).map { exponent in
        (0..<exponent).reduce(1) { product, _ in product * 5 }
    }

    /// The decimal in a range of text, which has no white space; nil if it is none.
    @inline(__always)
    init?(_ text: Span<UInt8>, _ range: Range<Int>) {
        var index = range.lowerBound
        let end = range.upperBound
        guard index < end else { return nil }
        if text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
            isNegative = text[index] == UInt8(ascii: "-")
            index += 1
        }
        var hasDigits = false
        var hasPoint = false
        var decimals = 0
        scan: while index < end {
            let byte = text[index]
            let digit = byte &- 48
            if digit < 10 {
                hasDigits = true
                if digits < 1_000_000_000_000_000_000 {
                    digits = digits &* 10 &+ UInt64(digit)
                    if hasPoint { decimals += 1 }
                } else {
                    isCut = true
                }
            } else if byte == UInt8(ascii: "."), !hasPoint {
                hasPoint = true
            } else {
                break scan
            }
            index += 1
        }
        guard hasDigits else { return nil }
        power = -decimals
        guard index < end else { return }
        guard text[index] | 0x20 == UInt8(ascii: "e"), let exponent = Decimal.exponent(text, (index + 1)..<end) else {
            return nil
        }
        power += exponent
    }

    private static func exponent(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var index = range.lowerBound
        guard index < range.upperBound else { return nil }
        let isNegative = text[index] == UInt8(ascii: "-")
        if isNegative || text[index] == UInt8(ascii: "+") { index += 1 }
        guard index < range.upperBound else { return nil }
        var value = 0
        while index < range.upperBound {
            let digit = text[index] &- 48
            guard digit < 10 else { return nil }
            // Beyond this all is nought or infinite.
            value = min(value * 10 + Int(digit), 100_000)
            index += 1
        }
        return isNegative ? -value : value
    }

    /// The number nearest to the decimal without its sign; nil where that takes more than 128 bits to find.
    ///
    /// - Reference: for few digits W. D. Clinger 1990, How to read floating point numbers accurately, section 2.
    @inline(__always)
    var exactDouble: Double? {
        guard !isCut else { return nil }
        if digits == 0 { return 0 }
        if digits <= 1 << 53, power >= -22, power <= 22 {
            // Digits and power are both exact, so that one operation rounds once.
            let factor = Decimal.powersOfTen[power < 0 ? -power : power]
            return power < 0 ? Double(digits) / factor : Double(digits) * factor
        }
        guard power < 0, power >= -27 else { return nil }
        return quotient
    }

    /// Digits over a power of ten: 64 bits of the quotient and whether there is more decide how to round.
    private var quotient: Double {
        let divisor = Decimal.powersOfFive[-power]
        // Both with their highest bit set; the quotient is then between 2^63 and 2^65.
        let lift = digits.leadingZeroBitCount
        let fall = divisor.leadingZeroBitCount
        let high = (digits << UInt64(lift)) >> 1
        let low = (digits << UInt64(lift)) << 63
        let (result, rest) = (divisor << UInt64(fall)).dividingFullWidth((high, low))
        // One bit more than the number has, and a last one for all that follows.
        let normal = result.leadingZeroBitCount
        let bits = result << UInt64(normal)
        let sticky: UInt64 = rest == 0 ? 0 : 1
        var mantissa = bits >> 11
        let below = (bits & 0x7FF) | sticky
        if below > 0x400 || (below == 0x400 && mantissa & 1 == 1) { mantissa += 1 }
        let exponent = 11 - normal - 63 - lift + fall + power
        // A mantissa that was rounded up to 2^53 raises the exponent by itself.
        return Double(bitPattern: UInt64(exponent + 52 + 1023) << 52 &+ (mantissa &- 1 << 52))
    }
}
