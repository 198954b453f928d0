// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Propagation

@Suite struct `Shock tubes` {
    @Test(arguments: Reconstruction.allCases)
    func `The seven waves of Ryu and Jones 2a stand where they must`(reconstruction: Reconstruction) throws {
        let errors = [256, 512].map { RyuJones2a.error(cells: $0, reconstruction: reconstruction) }
        print("RJ2a \(reconstruction): \(errors), ratio \(errors[1] / errors[0])")
        #expect(errors[1] / errors[0] < 0.6)
        if reconstruction == .weno5z { #expect(errors[1] < 0.01) }
    }
}
