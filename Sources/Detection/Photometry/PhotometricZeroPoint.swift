// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What one ADU is worth.
public struct PhotometricZeroPoint: Sendable, Hashable {
    /// Magnitude of a star that gives one ADU a second, at the altitude of the target.
    public var magnitude: Magnitude
    /// Band in which it was determined.
    public var band: PhotometricBand

    /// A zero point from its parts.
    public init(magnitude: Magnitude, band: PhotometricBand) {
        self.magnitude = magnitude
        self.band = band
    }

    /// The magnitude of a flux: m = ZP − 2.5 log₁₀(flux / seconds).
    ///
    /// - Parameters:
    ///   - fluxADU: flux in one frame and its standard error.
    ///   - exposureSeconds: exposure of the frame.
    /// - Returns: the magnitude, its error from those of flux and zero point; nil for a flux that is not positive.
    public func magnitude(fluxADU: Double, fluxErrorADU: Double, exposureSeconds: Double) -> Magnitude? {
        guard fluxADU > 0, exposureSeconds > 0 else { return nil }
        let fromFlux = 2.5 / log(10) * fluxErrorADU / fluxADU
        return Magnitude(
            value: magnitude.value - 2.5 * log10(fluxADU / exposureSeconds),
            standardError: (fromFlux * fromFlux + magnitude.standardError * magnitude.standardError).squareRoot())
    }
}

/// Ten to a power.
func powerOfTen(_ exponent: Double) -> Double { pow(10, exponent) }
