// SPDX-License-Identifier: Apache-2.0

/// What one part of a bench has measured.
struct BenchSection {
    /// Tables of the results.
    var tables: [BenchTable] = []
    /// Pictures of the results, by the name of their file without its ending.
    var plots: [(name: String, plot: SVGPlot)] = []
}
