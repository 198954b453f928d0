// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

@Suite struct DecimalsTests {
    @Test(arguments: [
        (67_612.3, "68000.0"), (4.5123e7, "45000000.0"), (0.31234, "0.31"), (2.2e15, "2200000000000000.0"),
        (9.96, "10.0"),
        (-0.00456789, "-0.0046"), (0, "0.0"), (.infinity, "0.0"), (1, "1.0"),
    ])
    func `Two digits count`(value: Double, text: String) {
        #expect(value.rounded(digits: 2).description == text)
    }

    @Test(arguments: [(0.013, 3), (0.4, 2), (1.2, 1), (25.0, 0), (0.00001, 4), (0, 0)])
    func `A value has the decimals of its error's two digits`(error: Double, decimals: Int) {
        #expect(error.decimalsThatCount() == decimals)
    }
}
