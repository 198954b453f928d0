// SPDX-License-Identifier: Apache-2.0

/// Numbers as people read them.
enum DecimalText {
    /// A number with a fixed count of decimals, 0...9; `–` for what is not a number, `1.2e15` for the very large.
    static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return "–" }
        let digits = decimals.clamped(to: 0...9)
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = (abs(value) * scale).rounded()
        guard scaled < 1e15 else { return "\(value)" }
        let whole = String(Int(scaled) / Int(scale))
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard digits > 0 else { return sign + whole }
        let fraction = String(Int(scaled) % Int(scale))
        return sign + whole + "." + String(repeating: "0", count: digits - fraction.count) + fraction
    }

    /// A number with as many decimals as its error has, at least two digits of the error: `812.4 ± 7.1`.
    static func withError(_ value: Double, _ error: Double) -> String {
        let decimals = error.isFinite && error > 0 ? decimals(of: error) : 1
        return fixed(value, decimals: decimals) + " ± " + fixed(error, decimals: decimals)
    }

    /// A signal-to-noise ratio: `12.3`, and from 100 on without decimals.
    static func significance(_ ratio: Double) -> String { fixed(ratio, decimals: abs(ratio) < 99.95 ? 1 : 0) }

    private static func decimals(of error: Double) -> Int {
        var decimals = 0
        var scaled = error
        while scaled < 10, decimals < 6 {
            scaled *= 10
            decimals += 1
        }
        return decimals
    }
}
