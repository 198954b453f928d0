// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Numbers as people read them in a table.
enum BenchText {
    /// A number with a fixed number of decimals; very small ones as a power of ten.
    static func decimal(_ value: Double, _ decimals: Int) -> String {
        guard value.isFinite else { return "–" }
        if value != 0, abs(value) < 0.5 * pow(10, -Double(decimals)) || abs(value) >= 1e6 {
            let power = Int(log10(abs(value)).rounded(.down))
            return "\((value / pow(10, Double(power)) * 10).rounded() / 10)e\(power)"
        }
        let scale = pow(10, Double(decimals))
        let whole = Int64((abs(value) * scale).rounded())
        let digits = String(whole)
        let sign = value < 0 && whole != 0 ? "-" : ""
        guard decimals > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}
