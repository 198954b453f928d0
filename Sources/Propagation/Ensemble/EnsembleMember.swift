// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How one member of an ensemble differs from the others: by what is not known of the wind and of the model.
struct EnsembleMember: Sendable {
    /// Number of the member; the first is not changed at all.
    let index: Int
    /// Days that the Sun takes to turn.
    var rotationDays = SourceWind.siderealDays
    /// Hours by which all comes later.
    var delayHours = 0.0
    /// Pressure in terms of that of the mode: 2 where electrons are as hot as protons.
    var pressureFactor = 1.0
    /// Ratio of the specific heats.
    var gamma = 5.0 / 3
    private var numbers: SeededNormal

    /// Uncertainty of the rotation in days: streams come from latitudes that turn at other rates.
    private static let rotationSigma = 0.5
    /// Uncertainty of the time of arrival in hours, and how much a degree from the Earth adds: an assumption, of the size
    /// of the errors that Tao et al. 2005 and Zieger and Hansen 2008 found.
    private static let delaySigma = (hours: 4.0, perDegree: 0.25)
    /// Part of a random change that is left after an hour, with a memory of six.
    private static let hourlyMemory = exp(-1.0 / 6)

    /// A member; the same number gives the same member.
    ///
    /// - Parameter angle: between target and Earth in degrees.
    init(index: Int, angle: Double) {
        self.index = index
        numbers = SeededNormal(seed: UInt64(index))
        guard index > 0 else { return }
        rotationDays += EnsembleMember.rotationSigma * numbers.next()
        delayHours =
            (EnsembleMember.delaySigma.hours + EnsembleMember.delaySigma.perDegree * abs(angle)) * numbers.next()
        pressureFactor = index % 2 == 1 ? 2 : 1
        gamma = index / 2 % 2 == 1 ? 1.5 : 5.0 / 3
    }

    /// The source of the member: another rotation and delay, and gusts of the size of those within an hour.
    func source(_ source: SourceWind, gusts: GustSize) -> SourceWind {
        guard index > 0 else { return source }
        var numbers = numbers
        var result = source
        result.rotationDays = rotationDays
        result.delayHours = delayHours
        var wind = source.wind
        let fresh = (1 - EnsembleMember.hourlyMemory * EnsembleMember.hourlyMemory).squareRoot()
        func disturb(_ quantity: HourlyWind.Quantity, _ size: Double, _ limits: ClosedRange<Double>) {
            var gust = numbers.next()
            for hour in 0..<wind.count {
                let value = wind.values[quantity.rawValue][hour] + size * gust
                wind.values[quantity.rawValue][hour] = min(max(value, limits.lowerBound), limits.upperBound)
                gust = EnsembleMember.hourlyMemory * gust + fresh * numbers.next()
            }
        }
        // The limits are those of measurements.
        disturb(.speed, gusts.speed, 200...1500)
        disturb(.logDensity, gusts.density, log(0.05)...log(150))
        disturb(.logTemperature, gusts.temperature, log(1e3)...log(1e7))
        result.wind = wind
        return result
    }
}

/// How much the wind varies within an hour: what an hourly mean leaves open.
struct GustSize: Sendable, Hashable {
    /// In km/s.
    var speed: Double
    /// As a part of the value.
    var density: Double, temperature: Double

    /// Means of the standard deviations of measurements; without any, those of OMNI in 2016.
    init(of measurements: [SolarWindMeasurement]) {
        func mean(_ values: [Double], usual: Double) -> Double {
            values.isEmpty ? usual : values.reduce(0, +) / Double(values.count)
        }
        speed = mean(measurements.compactMap(\.speedSigma), usual: 7.9)
        density = mean(
            measurements.compactMap { item in
                guard let sigma = item.densitySigma, let value = item.density, value > 0 else { return nil }
                return min(sigma / value, 1)
            }, usual: 0.10)
        temperature = mean(
            measurements.compactMap { item in
                guard let sigma = item.temperatureSigma, let value = item.temperature, value > 0 else { return nil }
                return min(sigma / value, 1)
            }, usual: 0.16)
    }
}

/// Numbers of the normal distribution that depend on their seed alone.
struct SeededNormal: Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0xD134_2543_DE82_EF95 &+ 1 }

    /// The next number, of mean 0 and variance 1 (Box and Muller 1958).
    mutating func next() -> Double {
        let size = (-2 * log(1 - uniform())).squareRoot()
        return size * cos(2 * .pi * uniform())
    }

    /// From 0 up to 1 (SplitMix64, Steele, Lea and Flood 2014).
    private mutating func uniform() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return Double((z ^ z >> 31) >> 11) / 9_007_199_254_740_992
    }
}
