// SPDX-License-Identifier: Apache-2.0

/// Numbers as people read them.
enum DecimalText {
    /// A number with a fixed count of decimals; `–` for what is not a number.
    static func fixed(_ value: Double, decimals: Int) -> String { value.isFinite ? value.fixed(decimals) : "–" }

    /// A number with as many decimals as its error has, at least two digits of the error: `812.4 ± 7.1`.
    static func withError(_ value: Double, _ error: Double) -> String {
        let decimals = error.isFinite && error > 0 ? error.decimalsThatCount(atMost: 6) : 1
        return fixed(value, decimals: decimals) + " ± " + fixed(error, decimals: decimals)
    }

    /// A signal-to-noise ratio: `12.3`, and from 100 on without decimals.
    static func significance(_ ratio: Double) -> String { fixed(ratio, decimals: abs(ratio) < 99.95 ? 1 : 0) }
}
