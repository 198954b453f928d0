// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Propagation

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct `Waves` {
    @Test(arguments: LinearWave.allCases, Reconstruction.allCases)
    func `A weak wave comes back as it left, to second order`(wave: LinearWave, reconstruction: Reconstruction) {
        // From 128 cells on WENO is more exact than the theory of weak waves, which ends at the square of 1e-6.
        let counts = reconstruction == .linear ? [64, 128, 256] : [32, 64]
        let errors = counts.map { wave.error(cells: $0, direction: 1, reconstruction: reconstruction) }
        let order = log2(errors[errors.count - 2] / errors[errors.count - 1])
        print("\(wave) \(reconstruction): \(errors), order \(order)")
        #expect(errors[counts.firstIndex(of: 64) ?? 0] < wave.gate && order >= 1.9)
    }

    @Test(arguments: [LinearWave.fast, .alfven, .slow])
    func `Waves to the left are those to the right`(wave: LinearWave) {
        let right = wave.error(cells: 64, direction: 1, reconstruction: .linear)
        let left = wave.error(cells: 64, direction: -1, reconstruction: .linear)
        // What differs is of the order of the square of the amplitude.
        #expect(abs(right - left) < 3e-3 * right)
    }

    @Test(arguments: Reconstruction.allCases)
    func `A strong circular Alfvén wave keeps its shape`(reconstruction: Reconstruction) {
        let errors = [128, 256].map { CircularWave.error(cells: $0, reconstruction: reconstruction) }
        print("CPAW \(reconstruction): \(errors), ratio \(errors[1] / errors[0])")
        #expect(errors[1] < 2e-4 && errors[1] / errors[0] < 0.3)
    }
}
