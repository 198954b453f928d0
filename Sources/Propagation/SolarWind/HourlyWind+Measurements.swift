// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension HourlyWind {
    /// A usual wind, where nothing at all is known: that of the ecliptic near the Earth.
    private static func usual(_ quantity: Quantity) -> Double {
        switch quantity {
        case .speed: 420
        case .logDensity: log(6)
        case .logTemperature: log(80_000)
        // The size of the usual tangential field, which presses whatever its sign.
        case .bt: 3.5
        case .ut, .un, .br, .bn: 0
        }
    }

    /// The smallest scale of real variations from hour to hour: 3 % of the speed, 30 % of density and temperature
    /// (such is the scatter of calm hours of OMNI), 1 nT of the field; nil for what is not looked through for spikes.
    private static func leastScale(_ quantity: Quantity) -> Double? {
        switch quantity {
        case .speed: 12
        case .logDensity, .logTemperature: 0.3
        case .br, .bt, .bn: 1.5
        case .ut, .un: nil
        }
    }

    /// The wind of a range of hours from measurements: cleaned, by the hour, without gaps.
    ///
    /// - Throws: `noData` if there is not one hour with speed and density.
    init(
        _ measurements: [SolarWindMeasurement], hours: Range<Int>, report: inout InputReport
    ) throws(PropagationError) {
        var bins = HourlyBins(measurements, hours: hours, report: &report)
        for quantity in Quantity.allCases {
            guard let scale = HourlyWind.leastScale(quantity) else { continue }
            report.spikes += SpikeFilter.clean(&bins.means[quantity.rawValue], leastScale: scale)
        }
        let speeds = bins.means[Quantity.speed.rawValue]
        let densities = bins.means[Quantity.logDensity.rawValue]
        guard zip(speeds, densities).contains(where: { !$0.isNaN && !$1.isNaN }) else {
            throw PropagationError(
                .noData, place: "the input", message: "no hour near the time asked for has speed and density",
                remedy: "give files that cover the time, or change --from and --to")
        }
        hasField = !bins.means[Quantity.bt.rawValue].allSatisfy(\.isNaN)
        var quality = [Double](repeating: HourlyWind.measured, count: hours.count)
        var worst = [GapFiller.Origin](repeating: .measured, count: hours.count)
        var filler = GapFiller()
        var values = bins.means
        for quantity in Quantity.allCases {
            filler.fill(&values[quantity.rawValue], usual: HourlyWind.usual(quantity))
            // The dynamic pressure hangs on these two; what temperature and field lack changes it little.
            let counts = quantity == .speed || quantity == .logDensity
            for hour in quality.indices {
                let value = counts ? filler.quality[hour] : max(filler.quality[hour], 0.9)
                if value < quality[hour] { quality[hour] = value }
                if counts, filler.origins[hour].rank > worst[hour].rank { worst[hour] = filler.origins[hour] }
            }
        }
        for origin in worst {
            switch origin {
            case .measured: report.measuredHours += 1
            case .interpolated: report.interpolatedHours += 1
            case .blended: report.blendedHours += 1
            case .recurrent: report.recurrentHours += 1
            case .unknown: report.unknownHours += 1
            }
        }
        firstHour = hours.lowerBound
        self.values = values
        self.quality = quality
    }
}

extension GapFiller.Origin {
    /// The greater, the less is known.
    fileprivate var rank: Int {
        switch self {
        case .measured: 0
        case .interpolated: 1
        case .blended: 2
        case .recurrent: 3
        case .unknown: 4
        }
    }
}
