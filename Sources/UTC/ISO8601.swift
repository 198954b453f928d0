// SPDX-License-Identifier: Apache-2.0

extension UTCInstant: CustomStringConvertible {
    /// Reads an ISO 8601 date and time as astronomers write them.
    ///
    /// Accepted: `YYYY-MM-DD`, `YYYY-MM-DDThh:mm`, `YYYY-MM-DDThh:mm:ss` with any number of decimals, each time
    /// followed by nothing (taken as UTC, as FITS and VOEvent do), `Z` or an offset `±hh:mm`. A space may stand
    /// for the `T`. Anything else, and any date that does not exist, gives nil.
    public init?(iso8601 text: some StringProtocol) {
        var scanner = DigitScanner(text.utf8)
        guard let year = scanner.number(digits: 4), scanner.take("-"), let month = scanner.number(digits: 2),
            scanner.take("-"), let day = scanner.number(digits: 2)
        else { return nil }
        var date = CivilDate(year: year, month: month, day: day)
        var offsetSeconds = 0
        if !scanner.isAtEnd {
            guard scanner.take("T") || scanner.take(" "), let hour = scanner.number(digits: 2), scanner.take(":"),
                let minute = scanner.number(digits: 2)
            else { return nil }
            date.hour = hour
            date.minute = minute
            if scanner.take(":") {
                guard let second = scanner.number(digits: 2) else { return nil }
                date.second = second
                if scanner.take(".") {
                    guard let nanosecond = scanner.nanoseconds() else { return nil }
                    date.nanosecond = nanosecond
                }
            }
            guard let offset = scanner.zoneOffsetSeconds(), scanner.isAtEnd else { return nil }
            offsetSeconds = offset
        }
        guard let local = UTCInstant(date) else { return nil }
        self.init(nanosecondsSince1970: local.nanosecondsSince1970 - Int64(offsetSeconds) * 1_000_000_000)
    }

    /// ISO 8601 with `Z`, for example `2026-03-01T21:14:05.250Z`; decimals are truncated, never rounded up.
    ///
    /// - Parameter fractionDigits: decimals of the second, 0...9.
    public func iso8601(fractionDigits: Int = 3) -> String {
        let date = civilDate
        var text = padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2)
        text += "T" + padded(date.hour, 2) + ":" + padded(date.minute, 2) + ":" + padded(date.second, 2)
        let digits = min(max(fractionDigits, 0), 9)
        if digits > 0 { text += "." + padded(date.nanosecond, 9).prefix(digits) }
        return text + "Z"
    }

    /// The same in the basic form of ISO 8601, for names of files and events: `20260301T211405.250Z`.
    ///
    /// - Parameter fractionDigits: decimals of the second, 0...9.
    public func basicISO8601(fractionDigits: Int = 3) -> String {
        iso8601(fractionDigits: fractionDigits).filter { $0 != "-" && $0 != ":" }
    }

    /// The instant in ISO 8601 with microseconds.
    public var description: String { iso8601(fractionDigits: 6) }
}

private func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

/// Walks over the bytes of a date; every method either takes what it names or leaves the position alone.
private struct DigitScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: some Sequence<UInt8>) { bytes = Array(text) }

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
        position += 1
        return true
    }

    mutating func number(digits: Int) -> Int? {
        guard position + digits <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[position..<position + digits] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        position += digits
        return value
    }

    /// Decimals of a second; digits beyond the ninth are read and dropped.
    mutating func nanoseconds() -> Int? {
        var value = 0
        var count = 0
        while let digit = number(digits: 1) {
            if count < 9 { value = value * 10 + digit }
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in min(count, 9)..<9 { value *= 10 }
        return value
    }

    mutating func zoneOffsetSeconds() -> Int? {
        if isAtEnd || take("Z") || take("z") { return 0 }
        let sign: Int
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
        guard let hours = number(digits: 2), take(":"), let minutes = number(digits: 2), hours <= 14, minutes <= 59
        else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
