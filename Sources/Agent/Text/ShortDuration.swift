// SPDX-License-Identifier: Apache-2.0

/// A short time for a person: `12 ms`, `0.4 ms`, `35 µs`, `300 ns`.
func shortDuration(_ seconds: Double) -> String {
    let nanoseconds = Int((min(1e9, max(0, seconds)) * 1e9).rounded())
    if (1..<1000).contains(nanoseconds) { return "\(nanoseconds) ns" }
    let microseconds = (nanoseconds + 500) / 1000
    if microseconds < 100 { return "\(microseconds) µs" }
    let tenths = (microseconds + 50) / 100
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10) ms" : "\((microseconds + 500) / 1000) ms"
}
