// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How many still spots there are, and how fast their number falls with their strength: it tells what threshold they
/// pass as seldom as the noise of a faultless camera passes the threshold of theory.
///
/// The squares of what Gaussian noise gives above a threshold u₀ are distributed as exp(-(u² - u₀²) / 2). Other noise
/// (blocks of compressed video that jump, bad air) is taken as exp(-(u² - u₀²) / 2 s) with a measured slope s, which
/// is 1 for Gaussian noise and greater for a heavier tail. The slope follows from the median of the excesses, so that
/// a few events among the spots, however strong, hardly matter.
///
/// Reference: Pickands, J. (1975), *Statistical inference using extreme order statistics*, Ann. Statist. 3, 119, for
/// the exponential excess over a high threshold.
struct SpotTail {
    /// Frames to which the number of spots goes back, and the frames of Gaussian noise that it begins with.
    private static let memory = 2000.0
    private static let priorFrames = 100.0
    /// Spots whose median is taken, and how many of Gaussian noise it begins with.
    private static let capacity = 255
    private static let priorSpots = 15
    /// Spots within so many frames and pixels of each other are one.
    private static let sameFrames = 16
    private static let samePixels = 4.0

    /// The threshold that is passed as seldom as wanted: in theory at first.
    private(set) var threshold: Double

    private let field: Double
    private let floor: Double
    /// Spots a frame that Gaussian noise gives above the floor.
    private let expected: Double
    private var found: Double
    private var exposure = SpotTail.priorFrames
    private var excesses: [Float]
    private var oldest = 0
    private var scratch: [Float]
    private var slope = 1.0
    private var recent: [(place: SIMD2<Double>, frame: Int)] = []

    /// - Parameters:
    ///   - field: signal to noise that Gaussian noise exceeds as seldom as wanted.
    ///   - floor: lower signal to noise from which on spots are noticed.
    ///   - expected: number of spots of Gaussian noise a frame above the floor.
    init(field: Double, floor: Double, expected: Double) {
        self.field = field
        self.floor = floor
        self.expected = expected
        threshold = field
        found = expected * SpotTail.priorFrames
        let count = SpotTail.priorSpots
        excesses = (0..<count).map { Float(-log((Double($0) + 0.5) / Double(count))) }
        excesses.reserveCapacity(SpotTail.capacity)
        scratch = [Float](repeating: 0, count: SpotTail.capacity)
    }

    /// Takes the still spots of a frame.
    ///
    /// - Parameter threshold: signal to noise from which on all spots of the frame are given.
    mutating func update(_ candidates: [Candidate], frame: Int, threshold least: Double) {
        let least = max(least, floor)
        let keep = 1 - 1 / SpotTail.memory
        found *= keep
        exposure = keep * exposure + exp(-half(least) / slope)
        recent.removeAll { frame - $0.frame > SpotTail.sameFrames }
        for candidate in candidates where candidate.statistic >= least {
            let same = recent.firstIndex { MovingTrack.distance($0.place, candidate.place) < SpotTail.samePixels }
            if let same {
                recent[same].frame = frame
                continue
            }
            recent.append((candidate.place, frame))
            found += 1
            note(excess: Float(half(candidate.statistic) - half(least)))
        }
        updateThreshold()
    }

    private mutating func note(excess: Float) {
        if excesses.count < SpotTail.capacity {
            excesses.append(excess)
        } else {
            excesses[oldest] = excess
            oldest = (oldest + 1) % SpotTail.capacity
        }
        let count = excesses.count
        for index in 0..<count { scratch[index] = excesses[index] }
        // The median of n exponentially distributed numbers of mean s is s ln 2 and errs by s / √n; luck must not
        // raise the threshold.
        let median = Double(RobustScale.median(&scratch, count: count)) / log(2)
        slope = max(1, median * (1 - 1 / (log(2) * Double(count).squareRoot())))
    }

    private mutating func updateThreshold() {
        let surplus = max(found - found.squareRoot(), 0) / (expected * exposure)
        let more = log(max(surplus, 1))
        threshold = (floor * floor + 2 * slope * (half(field) + more)).squareRoot()
    }

    /// (u² - u₀²) / 2.
    private func half(_ statistic: Double) -> Double { (statistic * statistic - floor * floor) / 2 }
}
