// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Detection

@Suite struct DeferredFilterTests {
    @Test(arguments: 1...4)
    func `Rows left out, and their neighbours, hold no peak`(_ passes: Int) {
        let rows = 3..<90
        let width = 70
        let depth = DeferredFilter.depth(passes: passes)
        let input = RowRing(width: width, rows: rows, depth: depth)
        let filter = DeferredFilter(passes: passes, input: input, kernels: .fastest)
        let all = RowRing(width: width, rows: rows, depth: depth)
        let full = BinomialPass.chain(passes, on: all, firstShift: 0, kernels: .fastest)
        let threshold: Int16 = 250
        var random = SyntheticFrames.Random(state: 5)
        var ran = 0
        var exceeded = 0
        for frame in 0..<20 {
            filter.begin()
            // What the filter must give, row by row, and its greatest element.
            var expected: [Int: [Int16]] = [:]
            var maxima: [Int: Int16] = [:]
            for y in rows.lowerBound..<(rows.upperBound + filter.delay) {
                if rows.contains(y) {
                    for x in 0..<width {
                        let spot = y == 10 + 4 * frame && x == 3 * frame ? 250 : 0.0
                        input[y].base[x] = Int16(4 * random.normal() + spot)
                        all[y].base[x] = input[y][x]
                    }
                    let greatest = (0..<width).map { input[y][$0] }.max() ?? 0
                    input.note(row: y, maximum: greatest)
                    all.note(row: y, maximum: greatest)
                }
                for (index, pass) in full.enumerated() where rows.contains(y - index - 1) {
                    pass.run(row: y - index - 1)
                }
                if rows.contains(y - passes), let output = full.last?.output {
                    expected[y - passes] = (0..<width).map { output[y - passes][$0] }
                    maxima[y - passes] = output.maximum(ofRow: y - passes)
                }
                let row = y - filter.delay
                guard rows.contains(row) else { continue }
                let isWanted = row % 29 == 0
                filter.run(row: row, threshold: threshold, isWanted: isWanted)
                let isRun = filter.output.maximum(ofRow: row) > .min
                ran += isRun ? 1 : 0
                #expect(isRun || !isWanted)
                if isRun {
                    #expect((0..<width).map { filter.output[row][$0] } == expected[row], "row \(row)")
                }
                for near in (row - 1)...(row + 1) where maxima[near] ?? 0 >= threshold {
                    #expect(isRun, "row \(row) beside a peak in row \(near)")
                    exceeded += 1
                }
            }
        }
        #expect(exceeded > 20)
        #expect(ran < 20 * rows.count * 3 / 4, "\(ran) rows")
    }
}
