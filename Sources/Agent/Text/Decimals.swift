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
