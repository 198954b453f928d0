// SPDX-License-Identifier: Apache-2.0

extension Double {
    /// Rounded to so many decimals; what is not finite becomes 0, because neither JSON nor a VOEvent can hold it.
    func rounded(decimals: Int) -> Double {
        guard isFinite else { return 0 }
        var scale = 1.0
        for _ in 0..<max(0, decimals) { scale *= 10 }
        let scaled = (self * scale).rounded()
        return scaled.isFinite ? scaled / scale : self
    }

    /// Rounded to so many digits that count; 0 for what is not finite.
    func rounded(digits: Int) -> Double {
        guard isFinite, self != 0 else { return 0 }
        var unit = 1.0
        var isFraction = false
        var limit = 1.0
        for _ in 0..<max(1, digits) { limit *= 10 }
        // A whole power of ten, or one over it: both are exact, so that the result is the nearest number to its text.
        while abs(self) / unit >= limit, unit < 1e22 { unit *= 10 }
        if abs(self) < limit / 10 {
            isFraction = true
            while abs(self) * unit < limit / 10, unit < 1e22 { unit *= 10 }
        }
        return isFraction ? (self * unit).rounded() / unit : (self / unit).rounded() * unit
    }

    /// Decimals that count in a value with this error: the error's first two digits, none for an error of ten and more.
    func decimalsThatCount(atMost most: Int = 4) -> Int {
        guard isFinite, self > 0 else { return 0 }
        var decimals = 0
        var scaled = self
        while scaled < 10, decimals < most {
            scaled *= 10
            decimals += 1
        }
        return decimals
    }

    /// Plain decimal notation with exactly so many decimals, for example `14.20`.
    func fixed(_ decimals: Int) -> String {
        guard isFinite else { return "nan" }
        var scale = 1.0
        for _ in 0..<max(0, decimals) { scale *= 10 }
        guard abs(self) * scale < 9e15 else { return "\(self)" }
        let whole = Int64((abs(self) * scale).rounded())
        let divisor = Int64(scale)
        let sign = self < 0 && whole != 0 ? "-" : ""
        guard decimals > 0 else { return sign + String(whole) }
        let fraction = String(whole % divisor)
        return sign + String(whole / divisor) + "."
            + String(repeating: "0", count: max(0, decimals - fraction.count)) + fraction
    }
}
